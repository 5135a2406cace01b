"""What the ledger puts into the shell."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.core.navigation import NavItem, register


def register_all() -> None:
    """Called once, when the app is ready."""
    register(NavItem(_("Funds and books"), "ledger:fund-list", icon="wallet", key="f", may=_sees_ledger, order=61))


def _sees_ledger(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.SEE_LEDGER)
