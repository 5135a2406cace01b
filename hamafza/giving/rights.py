"""Rights of which any one is enough for a step of a gift."""

from __future__ import annotations

from hamafza.accounts.choices import Permission

#: Who may bring in bank statements and make gifts of their lines; another one confirms them.
BOOKKEEPERS = (Permission.CONFIRM_GIFTS, Permission.RECEIVE_GIFTS)
