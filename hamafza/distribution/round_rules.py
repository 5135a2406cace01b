"""Who may do what with rounds; each answers one question."""

from __future__ import annotations

from django.http import HttpRequest

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of


def may_see_rounds(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.SEE_STOCK)


def may_deliver(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.DELIVER)


def may_call_back(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.AUDIT_DELIVERIES)
