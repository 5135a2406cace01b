"""What needs put into the shell: the lists, the queues, and the panels on the registry's pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.guard import actor_of
from hamafza.core.navigation import NavItem, register
from hamafza.needs import rules
from hamafza.needs.panels import aid_panel, household_panel, person_panel
from hamafza.registry.panels import register_panel


def register_all() -> None:
    """Called once, when the app is ready."""
    register(NavItem(_("Who needs what"), "needs:need-list", icon="target-arrow", key="n", may=_sees_names, order=30))
    register(
        NavItem(
            _("Needs without names"), "needs:need-list-anonymous", icon="shield-lock", key="n", may=_sees_none, order=30
        )
    )
    register(
        NavItem(
            _("Due for assessment"), "needs:due-list", icon="clipboard-check", key="d", may=rules.may_assess, order=32
        )
    )
    register(
        NavItem(_("Needs to approve"), "needs:approval-list", icon="checks", key="a", may=rules.may_approve, order=34)
    )
    register_panel("household", _("Needs"), "needs/_needs_panel.html", context=household_panel, order=10)
    register_panel("household", _("Aid received"), "needs/_aid_panel.html", context=aid_panel, order=30)
    register_panel("person", _("Needs"), "needs/_needs_panel.html", context=person_panel, order=10)


def _sees_names(request: HttpRequest) -> bool:
    return rules.may_see_lists(request) and not rules.sees_no_names(actor_of(request))


def _sees_none(request: HttpRequest) -> bool:
    return rules.sees_no_names(actor_of(request))
