"""What the desk puts into the shell."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.core.navigation import NavItem, register
from hamafza.desk.row import written
from hamafza.needs.row_links import RowLink, register_row_link


def may_see(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.SEE_DESK) and not sees_as_district(request)


def sees_as_district(request: HttpRequest) -> bool:
    """Whether every desk of hers is a district governor's."""
    actor = actor_of(request)
    places = actor.places_with(Permission.SEE_DESK)
    return bool(places) and all(actor.districts_with(Permission.SEE_DESK, place) for place in places)


def may_ask(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.ASK_ABOUT_NEEDS)


def may_answer(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.ANSWER_ABOUT_NEEDS)


def register_all() -> None:
    """Called once, when the app is ready."""
    register(NavItem(_("Governor's desk"), "desk:board", icon="building-bank", may=may_see, order=14))
    register(NavItem(_("District governor's desk"), "desk:board", icon="building-bank", may=sees_as_district, order=14))
    register(NavItem(_("Questions about needs"), "desk:question-list", icon="help-circle", may=may_ask, order=31))
    register(NavItem(_("Questions to answer"), "desk:asked-list", icon="help-circle", may=may_answer, order=35))
    register_row_link(
        RowLink(_("Ask about it"), "desk:question-create", permission=Permission.ASK_ABOUT_NEEDS, written=written)
    )
