"""Matches: who of the clients may have what is offered. Pages name nobody; who may see clients can open the client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.core.errors import Refusal
from hamafza.core.parts import active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.giving.choices import MatchState
from hamafza.giving.commands.matches import accept_match, begin_match, decline_match, finish_match, propose_match
from hamafza.giving.forms.capacity import AcceptForm, CandidateFilterForm, FinishForm, MatchFilterForm, ReasonForm
from hamafza.giving.models import Capacity, CapacityMatch
from hamafza.giving.queries.benefactors import count_capped
from hamafza.giving.queries.matches import before, candidates_for, matches_in
from hamafza.giving.rules import MATCH_FLOW, MATCH_PROPOSERS, MATCH_READERS, permission_among
from hamafza.giving.views.capacities import place_in
from hamafza.giving.views.rows import candidate_row, capacity_row, match_row
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

PAGE = 50
WRONG = 422
HISTORY_SHOWN = 20


@require_safe
def match_list(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, permission_among(actor_of(request), MATCH_READERS))
    form = MatchFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = matches_in(county, state=asked.get("state", ""))
    count, capped = count_capped(found)
    shown = list(before(found, place_in(request))[: PAGE + 1])
    page = shown[:PAGE]
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [match_row(one) for one in page],
        "count": count,
        "capped": capped,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, page[-1].pk) if len(shown) > PAGE else "",
    }
    return render(request, "giving/match_list.html", context)


@require_safe
def candidate_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Those who may need what is offered, the most urgent first; nobody is named."""
    capacity = load(request, Capacity, pk, may=permission_among(actor_of(request), MATCH_PROPOSERS))
    form = CandidateFilterForm(request.GET, capacity=capacity)
    context = {
        "capacity": capacity,
        "capacity_row": capacity_row(capacity),
        "rows": [candidate_row(one) for one in candidates_for(capacity, form.filters())],
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
    }
    return render(request, "giving/candidate_list.html", context)


@require_POST
def match_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    capacity = load(request, Capacity, pk, may=permission_among(actor_of(request), MATCH_PROPOSERS))
    match = propose_match(capacity, code=request.POST.get("code", ""), by=actor_of(request))
    messages.success(request, _("The candidate is proposed. Next: a social worker asks her."))
    return redirect("giving:match-record", pk=match.pk)


@require_safe
def match_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    match = load(request, CapacityMatch, pk, may=permission_among(actor_of(request), MATCH_READERS))
    return _record(request, match)


@require_http_methods(["POST"])
def match_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    match = load(request, CapacityMatch, pk, may=Permission.EDIT_NEEDS)
    form = AcceptForm(request.POST)
    if form.is_valid():
        try:
            accept_match(match, **form.cleaned_data, by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Both sides agree: the need is promised to this offer."))
            return redirect(_url(match))
    return _record(request, match, accept_form=form)


@require_POST
def match_begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    match = load(request, CapacityMatch, pk, may=Permission.EDIT_NEEDS)
    begin_match(match, by=actor_of(request))
    messages.success(request, _("It is under way."))
    return redirect(_url(match))


@require_POST
def match_finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    match = load(request, CapacityMatch, pk, may=Permission.EDIT_NEEDS)
    form = FinishForm(request.POST)
    if form.is_valid():
        try:
            finish_match(match, **form.cleaned_data, by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is done, and the help is on the household's record."))
            return redirect(_url(match))
    return _record(request, match, finish_form=form)


@require_POST
def match_decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    match = load(request, CapacityMatch, pk, may=permission_among(actor_of(request), MATCH_PROPOSERS))
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            decline_match(match, reason=form.cleaned_data["reason"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The match is declined; the need is free again."))
            return redirect(_url(match))
    return _record(request, match, decline_form=form)


def _record(
    request: HttpRequest,
    match: CapacityMatch,
    *,
    accept_form: Form | None = None,
    finish_form: Form | None = None,
    decline_form: Form | None = None,
) -> HttpResponse:
    actor, county = actor_of(request), match.county_id
    may_step = actor.may(Permission.EDIT_NEEDS, county)
    follow = MATCH_FLOW.get(match.state, frozenset())
    may_decline = MatchState.DECLINED in follow and any(actor.may(one, county) for one in MATCH_PROPOSERS)
    wrong = accept_form or finish_form or decline_form
    context: dict[str, Any] = {
        "match": match,
        "row": match_row(match),
        "next": _next_step(match.state),
        "sees_giving": actor.may(Permission.SEE_GIVING, county),
        "need_url": _need_url(match) if actor.may(Permission.SEE_CLIENTS, county) else "",
        "accept_form": (accept_form or AcceptForm()) if may_step and MatchState.ACCEPTED in follow else None,
        "may_begin": may_step and MatchState.UNDER_WAY in follow,
        "finish_form": (finish_form or FinishForm()) if may_step and MatchState.DONE in follow else None,
        "decline_form": (decline_form or ReasonForm()) if may_decline else None,
        "lines": history_of(match, limit=HISTORY_SHOWN),
    }
    return render(request, "giving/match_record.html", context, status=WRONG if wrong else None)


def _next_step(state: str) -> str:
    words = {
        MatchState.PROPOSED: _("Next: a social worker asks the client, and the office asks the giver."),
        MatchState.ACCEPTED: _("Next: it begins. The need is kept for this offer until then."),
        MatchState.UNDER_WAY: _("Next: when it is done, the help is written on the household's record."),
    }
    return words.get(MatchState(state), "")


def _need_url(match: CapacityMatch) -> str:
    return reverse("needs:need-record", args=[match.need_id])


def _url(match: CapacityMatch) -> str:
    return reverse("giving:match-record", args=[match.pk])
