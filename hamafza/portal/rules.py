"""The figures of the public pages."""

from __future__ import annotations

from django.http import HttpRequest

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of

#: Wrong codes from one address in a quarter of an hour, after which every code is answered alike.
WRONG_CODES = 20
QUARTER = 900
#: Seconds for which a browser or a proxy may keep a page that is the same for everybody.
KEEP_CARDS = 60
KEEP_TRANSFERS = 600


def may_give(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.GIVE)
