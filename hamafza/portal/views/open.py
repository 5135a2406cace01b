"""What every page without sign-in has in common: no cookie, not found by search engines, wrong codes are counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hamafza.core.visitor import neighbourhood_of
from hamafza.portal.commands.knock import knock_wrong, knocks_too_often

View = Callable[..., HttpResponse]
MISSING, TOO_MANY = 404, 429


def public_page(*, keep: int = 0) -> Callable[[View], View]:
    """A page for everybody, by GET alone; caches may keep it for ``keep`` seconds, and not at all unless said."""

    def wrap(view: View) -> View:
        @login_not_required
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response["X-Robots-Tag"] = "noindex, nofollow"
            good = response.status_code < MISSING
            response["Cache-Control"] = f"public, max-age={keep}" if keep and good else "no-store"
            return response

        return answer

    return wrap


def draw(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page without a form that posts, so without the token that would need a cookie."""
    return render(request, template, {**(context or {}), "csrf_token": ""}, status=status)


def is_knocking_too_often(request: HttpRequest) -> bool:
    return knocks_too_often(neighbourhood_of(request))


def wrong_code(request: HttpRequest, template: str, context: dict[str, Any] | None = None) -> HttpResponse:
    """The one answer to every code that leads nowhere, whatever the reason; it is counted."""
    knock_wrong(neighbourhood_of(request))
    return draw(request, template, {**(context or {}), "wrong": True}, status=MISSING)


def too_many(request: HttpRequest) -> HttpResponse:
    """The answer to every code, right or wrong, after too many wrong ones."""
    return draw(request, "portal/too_many.html", status=TOO_MANY)
