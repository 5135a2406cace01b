"""What councils put into the shell."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.core.navigation import NavItem, register


def may_see(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.SEE_COUNCILS)


def register_all() -> None:
    """Called once, when the app is ready."""
    register(NavItem(_("Councils"), "councils:council-list", icon="building-community", may=may_see, order=44))
