"""What the public never learns of a gift; who thanks."""

from __future__ import annotations

from django.http import HttpRequest

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of

#: Numbers of families below it are not told (S-A11); of days behind so few only the month is.
SMALLEST_CELL = 11


def may_write_thanks(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.WRITE_THANKS)
