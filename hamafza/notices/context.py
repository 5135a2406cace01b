"""The bell in the top bar; asks the database only when a template draws it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from hamafza.accounts.models import User
from hamafza.core.navigation import is_signed_in
from hamafza.notices.queries.notices import CAP, unread_count


@dataclass
class Bell:
    """Unread messages of the asker."""

    request: HttpRequest
    template = "notices/_bell.html"

    @cached_property
    def unread(self) -> int:
        """At most `CAP`."""
        return min(self._counted, CAP)

    @property
    def capped(self) -> bool:
        """Whether there are more than that."""
        return self._counted > CAP

    @property
    def url(self) -> str:
        return reverse("notices:notice-list")

    @cached_property
    def _counted(self) -> int:
        user = self.request.user
        return unread_count(user) if isinstance(user, User) else 0


def bell(request: HttpRequest) -> dict[str, Bell | None]:
    """Context processor: ``bell``, or None for somebody who is not signed in."""
    return {"bell": Bell(request) if is_signed_in(request) else None}
