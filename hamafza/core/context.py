"""What every page is given: language, direction and the shell."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from hamafza.core import navigation
from hamafza.core.navigation import Link, Switch

LANGUAGES = (("fa", "فارسی"), ("en", "English"))


@dataclass
class Shell:
    """The shell of one request; worked out only when a template draws it."""

    request: HttpRequest

    @cached_property
    def navigation(self) -> Sequence[Link]:
        return navigation.links(navigation.registry.items, self.request)

    @cached_property
    def user_menu(self) -> Sequence[Link]:
        return navigation.links(navigation.registry.user_items, self.request)

    @cached_property
    def switch(self) -> Switch | None:
        return navigation.registry.switch(self.request) if self.signed_in else None

    @cached_property
    def search_url(self) -> str:
        search = navigation.registry.search
        found = navigation.links([search], self.request) if search and self.signed_in else []
        return found[0].url if found else ""

    @cached_property
    def signed_in(self) -> bool:
        return navigation.is_signed_in(self.request)

    @cached_property
    def user_name(self) -> str:
        user = getattr(self.request, "user", None)
        return (user.get_full_name() or user.get_username()) if self.signed_in and user is not None else ""

    @cached_property
    def languages(self) -> Sequence[tuple[str, str]]:
        """The other languages, each in its own name."""
        return [(code, name) for code, name in LANGUAGES if code != language()]


def language() -> str:
    """The active language without its region: `fa` or `en`."""
    return (get_language() or "fa").split("-")[0]


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `language`, `dir` (rtl or ltr) and `shell`."""
    return {"language": language(), "dir": "rtl" if get_language_bidi() else "ltr", "shell": Shell(request)}
