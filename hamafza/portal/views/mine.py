"""A benefactor's own pages: her promises, gifts and offers, and nobody else's."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.documents.pdf import pdf_download
from hamafza.giving.commands.capacities import offer_capacity
from hamafza.giving.commands.pledges import make_pledge
from hamafza.giving.models import Benefactor, Receipt
from hamafza.giving.queries.annual import years_with_gifts
from hamafza.giving.queries.items import items_of
from hamafza.giving.queries.receipts import receipt_pdf
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name, named_counties
from hamafza.portal.commands.attribution import choose_attribution
from hamafza.portal.forms.own import AttributionForm, OwnCapacityForm, OwnPledgeForm
from hamafza.portal.queries.own import (
    GIFTS,
    next_instalments,
    own_benefactor,
    own_capacities,
    own_gifts,
    own_pledges,
    own_reservations,
)
from hamafza.portal.statement import statement_pdf
from hamafza.portal.views.rows import capacity_row, gift_row, instalment_row, pledge_row, reservation_row

WRONG = 422
FORM = ["GET", "HEAD", "POST"]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.GIVE)
    benefactor = own_benefactor(actor, county)
    counties = actor.counties_with(Permission.GIVE)
    context: dict[str, Any] = {
        "county": county,
        "county_name": benefactor.county.name if benefactor else county_name(county),
        "counties": named_counties(counties) if len(counties) > 1 else [],
        "benefactor": benefactor,
    }
    if benefactor is not None:
        on = clock.today()
        gifts = own_gifts(benefactor, after=_place(request), limit=GIFTS + 1)
        context |= {
            "gifts": [gift_row(gift) for gift in gifts[:GIFTS]],
            "more_url": f"?county={county}&after={gifts[GIFTS - 1].donation.pk}" if len(gifts) > GIFTS else "",
            "instalments": [instalment_row(one) for one in next_instalments(benefactor, on=on)],
            "pledges": [pledge_row(one, on=on) for one in own_pledges(benefactor, on=on)],
            "reservations": [reservation_row(one) for one in own_reservations(benefactor)],
            "capacities": [capacity_row(one) for one in own_capacities(benefactor)],
            "years": years_with_gifts(benefactor),
        }
    return render(request, "portal/mine.html", context)


@require_safe
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load(request, Receipt, pk, may=Permission.GIVE)
    if found.benefactor is None or found.benefactor.user_id != actor_of(request).user_id:
        raise Http404
    return pdf_download(receipt_pdf(found), name=f"receipt-{found.jalali_year}-{found.number}")


@require_safe
def statement(request: HttpRequest, year: int) -> HttpResponse:
    _actor, benefactor = _mine(request)
    paper = statement_pdf(benefactor, year)
    if paper is None:
        raise Http404
    return pdf_download(paper, name=f"gifts-{year}")


@require_http_methods(FORM)
def attribution(request: HttpRequest) -> HttpResponse:
    actor, benefactor = _mine(request)
    said = {"attribution": benefactor.attribution, "nickname": benefactor.nickname}
    form = AttributionForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            choose_attribution(benefactor, **form.cleaned_data, by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved. Gifts that stand keep what was said on their day."))
            return redirect(_home(benefactor))
    return _form(request, "portal/attribution.html", form, benefactor)


@require_http_methods(FORM)
def capacity_create(request: HttpRequest) -> HttpResponse:
    actor, benefactor = _mine(request)
    form = OwnCapacityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            offer_capacity(benefactor, details=form.details(), by=actor, key=form.cleaned_data["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Thank you. The office reads it and gets in touch."))
            return redirect(_home(benefactor))
    return _form(request, "portal/capacity_create.html", form, benefactor)


@require_http_methods(FORM)
def pledge_create(request: HttpRequest) -> HttpResponse:
    actor, benefactor = _mine(request)
    form = OwnPledgeForm(request.POST or None, items=items_of(benefactor.county_id))
    if request.method == "POST" and form.is_valid():
        try:
            made = make_pledge(
                benefactor,
                promise=form.promise(),
                schedule=form.schedule(),
                by=actor,
                key=form.cleaned_data["key"],
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            days = own_pledges(benefactor, on=clock.today())
            first = next((one.next_on for one in days if one.pk == made.pk), None)  # type: ignore[attr-defined]  # annotated
            messages.success(request, _promised(first))
            return redirect(_home(benefactor))
    return _form(request, "portal/pledge_create.html", form, benefactor)


def _promised(first: date | None) -> str:
    if first is None:
        return _("Your promise is written down.")
    return _("Your promise is written down. Its next day is %(day)s.") % {"day": wording.weekday_date(first)}


def _mine(request: HttpRequest) -> tuple[Actor, Benefactor]:
    """The actor as a benefactor of the county asked for; 404 when she is none there."""
    actor, county = admit_county(request, Permission.GIVE)
    benefactor = own_benefactor(actor, county)
    if benefactor is None:
        raise Http404
    return actor, benefactor


def _form(request: HttpRequest, template: str, form: Any, benefactor: Benefactor) -> HttpResponse:
    context = {"form": form, "cancel_url": _home(benefactor)}
    return render(request, template, context, status=WRONG if form.errors else None)


def _home(benefactor: Benefactor) -> str:
    return f"{reverse('portal:mine')}?county={benefactor.county_id}"


def _place(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None
