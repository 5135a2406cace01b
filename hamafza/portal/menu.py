"""What the portal puts into the shell: a benefactor's own pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hamafza.core.navigation import NavItem, register
from hamafza.portal.rules import may_give


def register_all() -> None:
    """Called once, when the app is ready."""
    register(NavItem(_("My giving"), "portal:mine", icon="heart-handshake", key="g", may=may_give, order=5))
    register(NavItem(_("Needs you can meet"), "portal:card-list", icon="heart", key="k", may=may_give, order=6))
