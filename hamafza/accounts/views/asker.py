"""The signed-in user behind a request (`accounts.middleware` lets nobody else in)."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from hamafza.accounts.models import User


def asker(request: HttpRequest) -> User:
    """The user herself."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
