"""Who may do what with needs; each answers one question."""

from __future__ import annotations

from django.http import HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.registry.choices import SPECIAL_GROUPS


def may_see_lists(request: HttpRequest) -> bool:
    """Lists of needs, with names or without."""
    actor = actor_of(request)
    return actor.may(Permission.SEE_CLIENTS) or actor.may(Permission.SEE_ANONYMOUS_LISTS)


def may_assess(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.EDIT_NEEDS)


def may_approve(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.APPROVE_NEEDS)


def sees_no_names(actor: Actor) -> bool:
    """Plans with lists that name nobody: the governor's office."""
    return actor.may(Permission.SEE_ANONYMOUS_LISTS) and not actor.may(Permission.SEE_CLIENTS)


def is_special_reading(group: str) -> bool:
    """Whether a list filtered by this target group tells something of the special class about everybody in it."""
    return group in SPECIAL_GROUPS
