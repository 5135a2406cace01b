"""What reports put into the shell."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hamafza.core.navigation import NavItem, register
from hamafza.reports.rules import may_see_board, may_see_overlap, sees_several_counties


def register_all() -> None:
    """Called once, when the app is ready."""
    register(NavItem(_("County board"), "reports:board", icon="layout-dashboard", key="b", may=may_see_board, order=10))
    register(
        NavItem(
            _("Counties side by side"), "reports:counties", icon="table", key="y", may=sees_several_counties, order=12
        )
    )
    register(NavItem(_("Overlap and gap"), "reports:aid", icon="copy", key="v", may=may_see_overlap, order=36))
