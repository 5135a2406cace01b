"""Who may do what with goods; each answers one question."""

from __future__ import annotations

from django.http import HttpRequest

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of


def may_see_stock(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.SEE_STOCK)


def may_keep_stock(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.KEEP_STOCK)


def may_confirm(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.CONFIRM_COUNT)
