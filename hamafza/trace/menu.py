"""What trace puts into the shell."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hamafza.core.navigation import NavItem, register
from hamafza.trace.rules import may_write_thanks


def register_all() -> None:
    """Called once, when the app is ready."""
    register(NavItem(_("Letters of thanks"), "trace:letter-list", icon="mail", key="l", may=may_write_thanks, order=78))
