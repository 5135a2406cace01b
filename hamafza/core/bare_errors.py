"""Answers that Django leaves empty become pages that say what happened and what to do."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

PAGES: dict[int, str] = {HTTPStatus.METHOD_NOT_ALLOWED: "405.html", HTTPStatus.TOO_MANY_REQUESTS: "429.html"}


class BareErrorMiddleware:
    """Fills an empty 405 or 429 for a browser; headers such as `Allow` stay as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        page = PAGES.get(response.status_code)
        if page and isinstance(response, HttpResponse) and not response.content and request.accepts("text/html"):
            response.content = render_to_string(page, request=request).encode()
        return response
