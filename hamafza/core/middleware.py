"""Small rules for every answer: refusals become a page, nothing personal is kept by browsers."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hamafza.core.errors import Refusal

CONFLICT = 409


class RefusalMiddleware:
    """A refusal no form has shown becomes a page that says what happened; a missing right becomes 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, PermissionDenied):
            raise Http404 from fault
        if isinstance(fault, Refusal):
            return render(request, "errors/refusal.html", {"refusal": fault}, status=CONFLICT)
        return None


class NoStoreMiddleware:
    """Pages are not kept in caches of shared computers; versioned static files say otherwise themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        return response
