"""The audit trail, for the auditor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hamafza.audit.choices import Trail
from hamafza.audit.forms import TrailFilterForm
from hamafza.audit.guard import admit
from hamafza.audit.queries.trail import PAGE, TrailFilter, trail_lines
from hamafza.core.parts import active_filters, clear_url, more_url


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    with_national = admit(request)
    form = TrailFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    after = request.GET.get("after", "")
    lines = trail_lines(
        TrailFilter(
            trail=Trail(asked.get("trail") or Trail.CHANGES),
            actor=asked.get("actor", ""),
            model=asked.get("record", ""),
            day=asked.get("day"),
            below=int(after) if after.isdecimal() else 0,
        ),
        with_national=with_national,
    )
    context = {
        "rows": lines[:PAGE],
        "more_url": more_url(request.GET, lines[PAGE - 1].id) if len(lines) > PAGE else "",
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
    }
    return render(request, "audit/trail.html", context)
