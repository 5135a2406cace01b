"""Seats of a council: a new one, who sits down, and the last day of one."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import clock
from hamafza.core.steps import WRONG, sent
from hamafza.councils.commands.seats import add_seat, end_seat, sit_down, stand_up
from hamafza.councils.forms.council import EndForm, HolderForm, SeatForm
from hamafza.councils.models import Council, Seat, SeatHolding


@require_http_methods(["GET", "HEAD", "POST"])
def seat_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    council = load(request, Council, pk, may=Permission.KEEP_COUNCILS)
    back = reverse("councils:council-record", args=[council.pk])
    initial = {"since": council.term_from or clock.today()}
    form = SeatForm(request.POST or None, place=council.place_id, initial=initial)

    def page() -> HttpResponse:
        context = {"form": form, "council": council, "cancel_url": back}
        return render(request, "councils/seat_form.html", context, status=WRONG if form.errors else None)

    if request.method != "POST":
        return page()
    made = _("The seat is there. Say who holds it.")
    return sent(
        request, form, lambda: add_seat(council, **form.seat(), by=actor_of(request)), made, back=back, again=page
    )


@require_http_methods(["GET", "HEAD", "POST"])
def seat_hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who holds it from when on; whoever held it before, and the end of the seat."""
    seat = load(request, Seat, pk, may=Permission.KEEP_COUNCILS)
    back = reverse("councils:council-record", args=[seat.council_id])
    initial = {"since": clock.today(), "organization": seat.organization_id}
    form = HolderForm(request.POST or None, place=seat.place_id, initial=initial)
    if request.method != "POST":
        return _page(request, seat, form)
    return sent(
        request, form, lambda: sit_down(seat, form.holder(), by=actor_of(request)), _("The seat is taken."), back=back,
        again=lambda: _page(request, seat, form),
    )  # fmt: skip


@require_POST
def seat_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    seat = load(request, Seat, pk, may=Permission.KEEP_COUNCILS)
    form = EndForm(request.POST, auto_id="end_%s")
    empty = HolderForm(place=seat.place_id, initial={"since": clock.today()})
    return sent(
        request, form, lambda: end_seat(seat, **form.cleaned_data, by=actor_of(request)), _("The seat has its last day."),
        back=reverse("councils:council-record", args=[seat.council_id]),
        again=lambda: _page(request, seat, empty, end_form=form),
    )  # fmt: skip


@require_POST
def holding_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The last day of a holder or a deputy."""
    holding = load(request, SeatHolding, pk, may=Permission.KEEP_COUNCILS)
    form = EndForm(request.POST, auto_id=f"holding_{holding.pk}_%s")
    empty = HolderForm(place=holding.place_id, initial={"since": clock.today()})
    return sent(
        request, form, lambda: stand_up(holding, **form.cleaned_data, by=actor_of(request)),
        _("Her last day is written down."), back=reverse("councils:seat-hold", args=[holding.seat_id]),
        again=lambda: _page(request, holding.seat, empty, holding_forms={holding.pk: form}),
    )  # fmt: skip


def _page(
    request: HttpRequest,
    seat: Seat,
    form: HolderForm,
    *,
    end_form: EndForm | None = None,
    holding_forms: Mapping[UUID, EndForm] | None = None,
) -> HttpResponse:
    bound = holding_forms or {}
    context = {
        "form": form,
        "end_form": end_form or EndForm(auto_id="end_%s"),
        "seat": seat,
        "holdings": [
            (
                one,
                bound.get(one.pk) or (None if one.until else EndForm(auto_id=f"holding_{one.pk}_%s")),
                one.pk in bound,
            )
            for one in seat.holdings.select_related("organization").order_by("-since", "-id")
        ],
        "cancel_url": reverse("councils:council-record", args=[seat.council_id]),
    }
    wrong = form.errors or (end_form and end_form.errors) or bound
    return render(request, "councils/seat_hold.html", context, status=WRONG if wrong else None)
