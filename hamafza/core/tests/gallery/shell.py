"""Somebody at work in a county, for the gallery: no database behind it."""

from collections.abc import Callable
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from hamafza.core import navigation
from hamafza.core.navigation import NavItem, Registry, Switch, SwitchOption

GALLERY = Registry(
    items=[
        NavItem("میز کار", "board", icon="layout-dashboard", key="b", order=1),
        NavItem("مددجویان", "list", icon="users", key="c", order=2),
        NavItem("نیازها", "list-empty", icon="list-check", key="n", order=3),
        NavItem("ورود از صفحه‌گسترده", "wizard", icon="table-import", key="i", order=4),
        NavItem("گزارش‌ها", "document", icon="report-analytics", key="r", order=5),
    ],
    user_items=[
        NavItem("نشست‌ها", "record", icon="device-desktop", order=1),
        NavItem("خروج", "list", icon="logout", order=9, post=True),
    ],
    search=NavItem(_("Search"), "list", icon="search"),
    switch=lambda request: Switch(
        "پاکدشت، مددکار اجتماعی",
        "board",
        [SwitchOption("پاکدشت، مددکار اجتماعی", "1", current=True), SwitchOption("ورامین، رئیس اداره", "2")],
    ),
)


class GalleryShell:
    """Signs somebody in who exists nowhere, and hangs up the gallery's navigation."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        navigation.registry = GALLERY
        signed_in = request.path != "/bare/"
        request.user = SimpleNamespace(  # type: ignore[assignment]
            is_authenticated=signed_in, get_full_name=lambda: "مریم کاظمی‌نژاد", get_username=lambda: "maryam"
        )
        return self.get_response(request)
