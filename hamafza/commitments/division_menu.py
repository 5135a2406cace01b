"""What the division of labour and the programmes put into the shell."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.accounts.menu import may_anywhere
from hamafza.commitments.division_admission import places_together
from hamafza.core.navigation import NavItem, register


def takes_part(request: HttpRequest) -> bool:
    return bool(places_together(actor_of(request)))


def register_all() -> None:
    """Called once, when the app is ready."""
    register(NavItem(_("Division of labour"), "commitments:division", icon="table", may=takes_part, order=43))
    register(NavItem(_("Programmes"), "commitments:programme-board", icon="calendar-event", may=takes_part, order=44))
    keeps = partial(may_anywhere, Permission.MANAGE_ORGANIZATIONS)
    register(NavItem(_("Fields of support"), "commitments:field-list", icon="list", may=keeps, order=83))
