"""What benefactors can do: the list, the queue of what is to be read, one capacity with its candidates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import wording
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.core.parts import Fact, active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.giving.choices import CapacityKind, CapacityState, Moderation
from hamafza.giving.commands.capacities import (
    STATE_FLOW,
    approve_capacity,
    block_capacity,
    edit_capacity,
    offer_capacity,
    set_capacity_state,
)
from hamafza.giving.forms.capacity import CapacityFilterForm, CapacityForm, ReasonForm, initial_of
from hamafza.giving.models import Benefactor, Capacity
from hamafza.giving.queries.benefactors import count_capped
from hamafza.giving.queries.capacities import before, capacities_in, capacities_to_read, is_matchable
from hamafza.giving.queries.matches import matches_in
from hamafza.giving.rules import MATCH_PROPOSERS, MATCH_READERS, permission_among
from hamafza.giving.views.rows import capacity_row, match_row
from hamafza.needs.choices import Domain
from hamafza.needs.forms.conflict import differences
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

PAGE = 50
WRONG, CONFLICT = 422, 409
MATCHES_SHOWN = 50


@require_safe
def capacity_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, permission_among(actor_of(request), MATCH_READERS))
    form = CapacityFilterForm(request.GET)
    found = capacities_in(county, form.filters())
    count, capped = count_capped(found)
    shown = list(before(found, place_in(request))[: PAGE + 1])
    page = shown[:PAGE]
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [capacity_row(one) for one in page],
        "count": count,
        "capped": capped,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, page[-1].pk) if len(shown) > PAGE else "",
        "to_read": _to_read(actor, county),
    }
    return render(request, "giving/capacity_list.html", context)


@require_safe
def capacity_queue(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, Permission.KEEP_BENEFACTORS)
    found = capacities_to_read(county)
    count, capped = count_capped(found)
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [capacity_row(one) for one in found[:PAGE]],
        "count": count,
        "capped": capped,
    }
    return render(request, "giving/capacity_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def capacity_create(request: HttpRequest, benefactor: UUID) -> HttpResponse:
    giver = load(request, Benefactor, benefactor, may=Permission.KEEP_BENEFACTORS)
    form = CapacityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = offer_capacity(giver, details=form.details(), by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The offer is on file."))
            return redirect("giving:capacity-record", pk=kept.pk)
    back = reverse("giving:benefactor-tab", args=[giver.pk, "capacities"])
    context = {"form": form, "benefactor": giver, "cancel_url": back}
    return render(request, "giving/capacity_form.html", context, status=WRONG if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def capacity_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    capacity = load(request, Capacity, pk, may=Permission.KEEP_BENEFACTORS)
    form = CapacityForm(request.POST or None, initial=initial_of(capacity))
    context: dict[str, Any] = {
        "form": form,
        "benefactor": capacity.benefactor,
        "capacity": capacity,
        "cancel_url": _url(capacity),
    }
    status = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            edit_capacity(capacity, details=form.details(), by=actor_of(request), version=version)
        except StaleVersion as stale:
            form = _again(request, capacity)
            form.add_error(None, stale.message)
            context |= {"form": form, "differences": differences(form, initial_of(capacity))}
            status = CONFLICT
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The offer is saved."))
            return redirect(_url(capacity))
    return render(request, "giving/capacity_form.html", context, status=status or (WRONG if form.errors else None))


@require_safe
def capacity_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    capacity = load(request, Capacity, pk, may=permission_among(actor_of(request), MATCH_READERS))
    return _record(request, capacity, ReasonForm())


@require_POST
def capacity_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    capacity = load(request, Capacity, pk, may=Permission.KEEP_BENEFACTORS)
    approve_capacity(capacity, by=actor_of(request))
    messages.success(request, _("The offer is approved and may be matched."))
    return redirect(_url(capacity))


@require_POST
def capacity_block(request: HttpRequest, pk: UUID) -> HttpResponse:
    capacity = load(request, Capacity, pk, may=Permission.KEEP_BENEFACTORS)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            block_capacity(capacity, reason=form.cleaned_data["reason"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The offer is blocked; its benefactor reads why."))
            return redirect(_url(capacity))
    return _record(request, capacity, form, wrong=True)


@require_POST
def capacity_state(request: HttpRequest, pk: UUID, state: str) -> HttpResponse:
    capacity = load(request, Capacity, pk, may=Permission.KEEP_BENEFACTORS)
    if state not in CapacityState.values:
        raise Http404
    set_capacity_state(capacity, state=state, by=actor_of(request))
    messages.success(request, _("The state of the offer is saved."))
    return redirect(_url(capacity))


def place_in(request: HttpRequest) -> UUID | None:
    """The row after which the page begins; None for the first page and for nonsense."""
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _record(request: HttpRequest, capacity: Capacity, block_form: ReasonForm, *, wrong: bool = False) -> HttpResponse:
    actor = actor_of(request)
    may_keep = actor.may(Permission.KEEP_BENEFACTORS, capacity.county_id)
    may_propose = any(actor.may(one, capacity.county_id) for one in MATCH_PROPOSERS)
    matches = matches_in(capacity.county_id, capacity=capacity)[:MATCHES_SHOWN]
    context = {
        "capacity": capacity,
        "row": capacity_row(capacity),
        "facts": _facts(capacity),
        "may_keep": may_keep,
        "sees_giving": actor.may(Permission.SEE_GIVING, capacity.county_id),
        "may_approve": may_keep and capacity.moderation != Moderation.APPROVED,
        "block_form": block_form if may_keep and capacity.moderation != Moderation.BLOCKED else None,
        "states": _states(capacity) if may_keep else [],
        "matches": [match_row(one) for one in matches],
        "may_propose": may_propose and is_matchable(capacity),
    }
    return render(request, "giving/capacity_record.html", context, status=WRONG if wrong else None)


def _facts(capacity: Capacity) -> list[Fact]:
    quantity = "" if capacity.quantity is None else f"{wording.number(capacity.quantity)} {capacity.unit}".strip()
    return [
        Fact(_("What is offered"), CapacityKind(capacity.kind).label),
        Fact(_("Description"), capacity.description),
        Fact(_("Field of help"), Domain(capacity.domain).label if capacity.domain else _("Any field")),
        Fact(_("How many"), quantity),
        Fact(_("When"), capacity.when),
        Fact(_("Until"), wording.long_date(capacity.valid_to) if capacity.valid_to else _("until it is withdrawn")),
        Fact(_("Written by"), _("the benefactor herself") if capacity.own_entry else _("the office")),
    ]


def _states(capacity: Capacity) -> list[tuple[str, str, str]]:
    """Steps that may follow: the state, the words on its button, its icon."""
    words = {
        CapacityState.AVAILABLE: (_("Available again"), "check"),
        CapacityState.OCCUPIED: (_("Occupied"), "player-pause"),
        CapacityState.WITHDRAWN: (_("Withdraw"), "x"),
    }
    follow = STATE_FLOW[capacity.state]
    return [(state.value, *said) for state, said in words.items() if state in follow]


def _to_read(actor: Actor, county: str) -> int:
    """How many offers wait to be read by her; 0 for who does not read them."""
    if not actor.may(Permission.KEEP_BENEFACTORS, county):
        return 0
    return capacities_to_read(county).order_by()[: PAGE + 1].count()


def _again(request: HttpRequest, capacity: Capacity) -> CapacityForm:
    """What was typed, with the version as it is now: saving again then overwrites knowingly."""
    typed = request.POST.copy()
    typed["version"] = str(capacity.version)
    form = CapacityForm(typed, initial=initial_of(capacity))
    form.is_valid()
    return form


def _url(capacity: Capacity) -> str:
    return reverse("giving:capacity-record", args=[capacity.pk])
