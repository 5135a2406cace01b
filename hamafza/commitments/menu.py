"""What commitments put into the shell."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.core.navigation import NavItem, register


def may_see(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.SEE_COMMITMENTS)


def may_answer(request: HttpRequest) -> bool:
    actor = actor_of(request)
    return actor.organization is not None and actor.may(Permission.ANSWER_COMMITMENTS)


def register_all() -> None:
    """Called once, when the app is ready."""
    register(
        NavItem(_("Asked of us"), "commitments:commitment-mine", icon="inbox", may=may_answer, order=40)
    )  # fmt: skip
    register(NavItem(_("Commitments"), "commitments:commitment-list", icon="list-check", may=may_see, order=42))
