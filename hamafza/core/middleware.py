"""Small rules for every answer: refusals become a page, nothing personal is kept by browsers."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hamafza.core.errors import Refusal

CONFLICT = 409
log = logging.getLogger(__name__)
#: How our own guards begin: "councils: final minutes are never rewritten". A key or a constraint says it otherwise.
_OUR_RULE = re.compile(r"[a-z]+: .*")


class RefusalMiddleware:
    """A refusal no form has shown becomes a page that says what happened; a missing right becomes 404.

    What only a guard of the database has refused becomes such a page too, with a line in the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, PermissionDenied):
            raise Http404 from fault
        if isinstance(fault, IntegrityError) and (found := _OUR_RULE.match(str(fault))):
            log.warning("%s %s: the database refused: %s", request.method, request.path, found.group())
            fault = _against_the_record()
        if isinstance(fault, Refusal):
            return render(request, "errors/refusal.html", {"refusal": fault}, status=CONFLICT)
        return None


def _against_the_record() -> Refusal:
    """Commands refuse before the database has to; this is somebody who was quicker, or a fault of ours."""
    return Refusal(
        _("This does not go together with what is on record; perhaps somebody has changed it at this moment. Nothing was written. Open the page anew and look how it stands."),
        code="against_the_record",
    )  # fmt: skip


class NoStoreMiddleware:
    """Pages are not kept in caches of shared computers; versioned static files say otherwise themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        return response
