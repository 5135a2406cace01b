"""Error pages: what happened and what to do (templates in ``core/templates``)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

FORBIDDEN = 403


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its token: usually an old page or cookies switched off."""
    return render(request, "403_csrf.html", status=FORBIDDEN)
