"""Rights of which any one is enough for a step of a gift, and who sees which page of them."""

from __future__ import annotations

from django.http import HttpRequest

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of

#: Who may bring in bank statements and make gifts of their lines; another one confirms them.
BOOKKEEPERS = (Permission.CONFIRM_GIFTS, Permission.RECEIVE_GIFTS)
#: Who has to do with refunds: who sees gifts, and who pays.
REFUND_READERS = (Permission.SEE_GIVING, Permission.PAY)


def may_confirm(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.CONFIRM_GIFTS)


def may_keep_bank(request: HttpRequest) -> bool:
    return any(actor_of(request).may(one) for one in BOOKKEEPERS)


def may_see_refunds(request: HttpRequest) -> bool:
    return any(actor_of(request).may(one) for one in REFUND_READERS)


def may_see_share(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.SEE_LEDGER)
