"""What imports put into the shell."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.core.navigation import NavItem, register


def register_all() -> None:
    """Called once, when the app is ready."""
    register(NavItem(_("Spreadsheets"), "intake:batch-list", icon="table-import", key="i", may=may_import, order=40))


def may_import(request: HttpRequest) -> bool:
    """Whether the asker may bring in a spreadsheet anywhere."""
    return actor_of(request).may(Permission.IMPORT_CLIENTS)
