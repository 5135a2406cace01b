"""Assessments: the form, the page of one, and the household's that are due."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.parts import Fact, active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.needs.choices import Domain, Severity, Source
from hamafza.needs.commands.assess import assess
from hamafza.needs.commands.reveal import reveal_note
from hamafza.needs.flow import LIVE_STATES
from hamafza.needs.forms.assessment import AssessmentForm
from hamafza.needs.forms.due import DueFilterForm
from hamafza.needs.models import Assessment
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.due import due_after, due_households, due_place, with_reasons
from hamafza.needs.queries.lists import count_capped
from hamafza.needs.queries.needs import findings_of, needs_of_household, present_persons
from hamafza.needs.words import parts_shown
from hamafza.registry.models import Household

PAGE_SIZE = 50
NEXT_AFTER = timedelta(days=180)
WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_create(request: HttpRequest, household: UUID) -> HttpResponse:
    home = load(request, Household, household, may=Permission.EDIT_NEEDS)
    live = [need for need in needs_of_household(home) if need.state in LIVE_STATES]
    form = AssessmentForm(
        request.POST or None,
        persons=present_persons(home.pk),
        standing=Counter(need.domain for need in live),
        initial={
            "next_due_on": timezone.localdate() + NEXT_AFTER,
            **{need.domain: need.severity for need in reversed(live)},
            **{f"{need.domain}_person": need.person_id for need in reversed(live) if need.person_id},
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = assess(home, details=form.details(), findings=form.findings(), by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The assessment is recorded, and the needs follow it."))
            return redirect("needs:assessment-record", pk=done.pk)
    context = {"form": form, "household": home, "cancel_url": reverse("registry:household-record", args=[home.pk])}
    return render(request, "needs/assessment_create.html", context, status=WRONG if form.errors else None)


@require_safe
def assessment_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = load(request, Assessment, pk, may=Permission.SEE_CLIENTS)
    return _record(request, assessment)


@require_POST
def assessment_reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = load(request, Assessment, pk, may=Permission.REVEAL_IDENTITY)
    note = reveal_note(assessment, reason=request.POST.get("reason", ""), by=actor_of(request))
    if request.headers.get("HX-Request"):
        return render(request, "needs/_note_shown.html", {"id": "assessment-note", "value": note})
    return _record(request, assessment, note=note)


@require_safe
def due_list(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, Permission.EDIT_NEEDS)
    on = timezone.localdate()
    form = DueFilterForm(request.GET)
    due = due_households(county, on=on, why=form.why())
    count, capped = count_capped(due, cap=1000)
    shown = list(due_after(due, request.GET.get("after", ""))[: PAGE_SIZE + 1])
    page = shown[:PAGE_SIZE]
    context = {
        "county_name": county_name(county),
        "rows": with_reasons(page, on=on),
        "count": count,
        "capped": capped,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, due_place(page[-1])) if len(shown) > PAGE_SIZE else "",
    }
    return render(request, "needs/due_list.html", context)


def _record(request: HttpRequest, assessment: Assessment, *, note: str = "") -> HttpResponse:
    context = {
        "assessment": assessment,
        "household": assessment.household,
        "facts": [
            Fact(_("Date"), wording.long_date(assessment.assessed_on)),
            Fact(_("Assessed by"), str(assessment.assessor or _("the system"))),
            Fact(_("Source"), Source(assessment.source).label),
            Fact(_("Next assessment due"), wording.long_date(assessment.next_due_on) if assessment.next_due_on else ""),
        ],
        "findings": [
            (
                Domain(one.domain).label,
                one.severity,
                Severity(one.severity).label,
                one.person.full_name if one.person else "",
            )
            for one in findings_of(assessment)
        ],
        "parts": parts_shown(assessment.score_parts),
        "has_note": bool(assessment.__dict__.get("note")),
        "note": note,
        "may_reveal": actor_of(request).may(Permission.REVEAL_IDENTITY, assessment.county_id),
    }
    return render(request, "needs/assessment_record.html", context)
