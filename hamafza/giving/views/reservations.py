"""What benefactors have taken up: the social worker's queue and each step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.parts import Fact, Tab, active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.giving.choices import GivingMode, ReservationState
from hamafza.giving.commands.disclosures import consent_for, disclose
from hamafza.giving.commands.reservations import accept, confirm, deliver, release
from hamafza.giving.forms.card import FIELD_LABELS, ConfirmForm, DiscloseForm, ReservationFilterForm
from hamafza.giving.forms.spending import WhyForm
from hamafza.giving.models import Disclosure, Reservation
from hamafza.giving.queries.reservations import disclosures_of, is_bound, parts_of, reservations_of
from hamafza.giving.views.allocations import step_page
from hamafza.giving.views.spending_rows import HOLD_TONES, hold_row, page_after
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.lists import count_capped

WRONG = 422
R = ReservationState


@require_safe
def reservation_list(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, Permission.CONFIRM_DIRECT)
    form = ReservationFilterForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    waits = not state and not request.GET.get("all")
    found = reservations_of(county, state=state, waiting=waits)
    count, capped = count_capped(found)
    page, place = page_after(found, request.GET.get("after", ""))
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [hold_row(one) for one in page],
        "count": count,
        "capped": capped,
        "waits": waits,
        "filter_form": None if waits else form,
        "filters": [] if waits else active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, place) if place else "",
    }
    return render(request, "giving/reservation_list.html", context)


@require_safe
def reservation_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Reservation, pk, may=Permission.CONFIRM_DIRECT)
    return _record(request, held)


@require_safe
def reservation_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Reservation, pk, may=Permission.CONFIRM_DIRECT)
    told = list(disclosures_of(held).values_list("pk", flat=True))
    lines = history_of(held, related=[(Disclosure, told)])
    return render(request, "giving/reservation_history.html", {**head_of(held, tab="history"), "lines": lines})


@require_POST
def reservation_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    accept(load(request, Reservation, pk, may=Permission.CONFIRM_DIRECT), by=actor_of(request))
    messages.success(request, _("It is accepted. Next: it is handed over, by the giver or by the office."))
    return redirect("giving:reservation-record", pk=pk)


@require_POST
def reservation_deliver(request: HttpRequest, pk: UUID) -> HttpResponse:
    deliver(load(request, Reservation, pk, may=Permission.CONFIRM_DIRECT), by=actor_of(request))
    messages.success(request, _("It is handed over. Next: somebody else asks the household and confirms."))
    return redirect("giving:reservation-record", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def reservation_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Reservation, pk, may=Permission.CONFIRM_DIRECT)
    unit = held.card.unit_rial
    form = ConfirmForm(request.POST or None, initial={"value_rial": unit * held.units if unit else None})
    return step_page(
        request,
        form,
        act=lambda: confirm(held, by=actor_of(request), **form.cleaned_data),
        back=reverse("giving:reservation-record", args=[pk]),
        words={
            "heading": _("Confirm that the household has it"),
            "what": held.card.title,
            "verb": _("Confirm"),
            "text": _(
                "You have seen it or asked the household. The need is met with it, and the giver gets a receipt."
            ),
            "done": _("It is confirmed: the need is met, the gift is on record and its receipt is ready."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reservation_release(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Reservation, pk, may=Permission.CONFIRM_DIRECT)
    form = WhyForm(request.POST or None)
    return step_page(
        request,
        form,
        act=lambda: release(held, reason=form.cleaned_data["reason"], by=actor_of(request)),
        back=reverse("giving:reservation-record", args=[pk]),
        words={
            "heading": _("Give the hold up"),
            "what": held.card.title,
            "verb": _("Give up"),
            "text": _("Somebody else can take the need up then."),
            "done": _("The need is free again."),
        },
    )


@require_POST
def reservation_disclose(request: HttpRequest, pk: UUID) -> HttpResponse:
    held = load(request, Reservation, pk, may=Permission.CONFIRM_DIRECT)
    form = DiscloseForm(request.POST)
    told: dict[str, str] = {}
    if form.is_valid():
        try:
            _row, told = disclose(held, fields=form.cleaned_data["fields_told"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
    return _record(request, held, disclose_form=form, told=told)


def _record(
    request: HttpRequest,
    held: Reservation,
    *,
    disclose_form: DiscloseForm | None = None,
    told: dict[str, str] | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    has_consent = _has_consent(held)
    context = {
        **head_of(held, tab="record"),
        "facts": _facts(held),
        "parts": parts_of(held) if actor.may(Permission.SEE_CLIENTS, held.county_id) else [],
        "disclosures": [
            {
                "at": one.at,
                "by": str(one.social_worker),
                "fields": "، ".join(str(FIELD_LABELS[name]) for name in one.fields),
            }
            for one in disclosures_of(held)
        ],
        "told": [Fact(FIELD_LABELS[name], value) for name, value in (told or {}).items()],
        "has_consent": has_consent,
        "may_meet": _may_meet(held),
        "disclose_form": (disclose_form or DiscloseForm()) if has_consent and not told else None,
        "next": _next_step(held, actor),
        "may_accept": held.state == R.HELD,
        "may_deliver": held.state == R.ACCEPTED and held.mode != GivingMode.THROUGH_FUND,
        "may_confirm": held.state == R.DELIVERED and held.delivered_by_id != actor.user_id,
        "may_release": held.state in {R.HELD, R.ACCEPTED, R.DELIVERED} and not is_bound(held),
    }
    wrong = disclose_form is not None and disclose_form.errors
    return render(request, "giving/reservation_record.html", context, status=WRONG if wrong else None)


def head_of(held: Reservation, *, tab: str) -> dict[str, Any]:
    """What the head of each page of a hold shows."""
    pages = (("record", _("Hold"), "hand-stop"), ("history", _("History"), "history"))
    return {
        "held": held,
        "card": held.card,
        "giver": held.benefactor,
        "state": R(held.state).label,
        "tone": HOLD_TONES[held.state],
        "tabs": [
            Tab(label, reverse(f"giving:reservation-{name}", args=[held.pk]), current=name == tab, icon=icon)
            for name, label, icon in pages
        ],
    }


def _may_meet(held: Reservation) -> bool:
    return held.mode == GivingMode.ESCORTED and not held.card.is_group and held.state in {R.ACCEPTED, R.DELIVERED}


def _has_consent(held: Reservation) -> bool:
    need = held.card.need
    if need is None or not _may_meet(held):
        return False
    person = need.person or need.household.head
    return person is not None and consent_for(held, person) is not None


def _facts(held: Reservation) -> list[Fact]:
    waits = held.state in {R.HELD, R.ACCEPTED}
    return [
        Fact(_("Benefactor"), held.benefactor.name),
        Fact(_("How"), GivingMode(held.mode).label),
        Fact(_("How many"), wording.number(held.units)),
        *([Fact(_("Held until"), wording.long_date(wording.day_of(held.held_until)))] if waits else []),
        *([Fact(_("Handed over by"), str(held.delivered_by))] if held.delivered_by else []),
        *([Fact(_("Confirmed by"), str(held.confirmed_by))] if held.confirmed_by else []),
        *([Fact(_("Reason"), held.ended_reason)] if held.ended_reason else []),
    ]


def _next_step(held: Reservation, actor: Actor) -> str:
    if held.state == R.HELD:
        return _("Next: call the giver, then accept it or give it up.")
    if held.state == R.ACCEPTED and held.mode == GivingMode.THROUGH_FUND:
        return _("Next: the money is received for this need and allocated to it.")
    if held.state == R.ACCEPTED:
        return _("Next: it is handed over.")
    if held.state == R.DELIVERED and held.delivered_by_id == actor.user_id:
        return _("Next: somebody else asks the household and confirms.")
    if held.state == R.DELIVERED:
        return _("Next: ask the household and confirm.")
    return ""
