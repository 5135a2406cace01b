"""What accounts puts into the shell, and the one page of Django that needs no sign-in."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from hamafza.accounts.choices import Permission
from hamafza.accounts.middleware import before_password_change
from hamafza.core.navigation import NavItem, is_signed_in, register, register_user_item


def may_anywhere(permission: Permission, request: HttpRequest) -> bool:
    """Whether a duty of the asker grants it somewhere; for what the shell shows."""
    actor = getattr(request, "actor", None)
    return is_signed_in(request) and actor is not None and actor.may(permission)


def register_pages() -> None:
    """Called when the app is ready."""
    login_not_required(set_language)
    before_password_change(set_language)
    users, bodies, places = (
        partial(may_anywhere, permission)
        for permission in (Permission.MANAGE_USERS, Permission.MANAGE_ORGANIZATIONS, Permission.MANAGE_PLACES)
    )
    register(NavItem(_("Users"), "accounts:user-list", icon="users", key="u", may=users, order=80))
    register(NavItem(_("Organisations"), "accounts:organization-list", icon="building", key="o", may=bodies, order=82))
    register(NavItem(_("Places"), "accounts:place-list", icon="map-pin", key="p", may=places, order=84))
    register(NavItem(_("Occasions"), "accounts:occasion-list", icon="calendar-event", may=places, order=85))
    register_user_item(NavItem(_("My sessions"), "accounts:sessions", icon="device-desktop", order=80))
    register_user_item(NavItem(_("Change password"), "accounts:password-change", icon="key", order=81))
    register_user_item(NavItem(_("Sign out"), "accounts:sign-out", icon="logout", order=99, post=True))
