"""A promise is made or amended; before it is kept the page says what it really comes to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.giving.choices import Frequency, GiftKind, PledgeState
from hamafza.giving.commands.pledge_checks import check_quantity, check_schedule
from hamafza.giving.commands.pledges import amend_pledge, make_pledge
from hamafza.giving.forms.pledge import AmendForm, PledgeForm, RuleForm, initial_of
from hamafza.giving.models import Benefactor, Pledge
from hamafza.giving.pledge_figures import Figure, figures_of
from hamafza.giving.pledge_words import Thing, quantity_in_words, rule_in_words, span_in_words, thing_of
from hamafza.giving.queries.pledges import days_of, version_on, versions_of
from hamafza.giving.schedule import Schedule
from hamafza.giving.views.pledge_rows import number_of, page

UNPROCESSABLE = 422
#: How far a rule without an end is followed for its figures.
LOOKED_AHEAD = timedelta(days=6 * 366)


@require_http_methods(["GET", "HEAD", "POST"])
def pledge_make(request: HttpRequest, benefactor: UUID) -> HttpResponse:
    giver = load(request, Benefactor, benefactor, may=Permission.KEEP_BENEFACTORS)
    form = PledgeForm(request.POST or None, county=giver.county_id)
    if "look" in request.POST:
        form.is_valid()
    elif request.method == "POST" and form.is_valid():
        try:
            pledge = make_pledge(
                giver,
                promise=form.promise(),
                schedule=form.schedule(),
                by=actor_of(request),
                key=form.cleaned_data["key"],
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _made(pledge))
            return redirect("giving:pledge-record", pk=pledge.pk)
    context = {
        "form": form,
        "giver": giver,
        "preview_url": reverse("giving:pledge-preview", args=[giver.pk]),
        "items_url": page("giving:item-list"),
        "cancel_url": page("giving:benefactor-record", giver.pk) or reverse("giving:pledge-list"),
        **_preview(form, _thing(form), looked="look" in request.POST),
    }
    return render(request, "giving/pledge_make.html", context, status=_status(request, form))


@require_POST
def pledge_preview(request: HttpRequest, benefactor: UUID) -> HttpResponse:
    """The part of the form that says what the promise comes to, as it stands now; writes nothing."""
    giver = load(request, Benefactor, benefactor, may=Permission.KEEP_BENEFACTORS)
    form = PledgeForm(request.POST, county=giver.county_id)
    form.is_valid()
    return render(request, "giving/_pledge_figure.html", _preview(form, _thing(form)))


@require_http_methods(["GET", "HEAD", "POST"])
def pledge_amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    pledge = load(request, Pledge, pk, may=Permission.KEEP_BENEFACTORS)
    if pledge.state != PledgeState.ACTIVE:
        raise Http404
    on = clock.today()
    versions = list(versions_of(pledge))
    version = version_on(versions, on) or versions[-1]
    form = AmendForm(request.POST or None, kind=pledge.kind, initial=initial_of(pledge, version, on=on))
    if "look" in request.POST:
        form.is_valid()
    elif request.method == "POST" and form.is_valid():
        try:
            amend_pledge(
                pledge,
                quantity=form.how_much(pledge.kind),
                schedule=form.schedule(),
                effective_from=form.cleaned_data["starts_on"],
                reason=form.cleaned_data["reason"],
                by=actor_of(request),
                version=form.cleaned_data["version"],
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The pledge is amended. What is past stays as it was."))
            return redirect("giving:pledge-record", pk=pledge.pk)
    context = {
        "form": form,
        "pledge": pledge,
        "number": number_of(pledge),
        "giver": pledge.benefactor,
        "promise": quantity_in_words(thing_of(pledge), version.quantity),
        "preview_url": reverse("giving:pledge-amend-preview", args=[pledge.pk]),
        "cancel_url": reverse("giving:pledge-record", args=[pledge.pk]),
        **_preview(form, thing_of(pledge), looked="look" in request.POST),
    }
    return render(request, "giving/pledge_amend.html", context, status=_status(request, form))


@require_POST
def pledge_amend_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """As `pledge_preview`, for an amendment."""
    pledge = load(request, Pledge, pk, may=Permission.KEEP_BENEFACTORS)
    form = AmendForm(request.POST, kind=pledge.kind)
    form.is_valid()
    return render(request, "giving/_pledge_figure.html", _preview(form, thing_of(pledge)))


def _preview(form: RuleForm, thing: Thing, *, looked: bool = False) -> dict[str, Any]:
    """The rule in words and its real figures; why there are none yet."""
    if not form.is_bound:
        return {"rule": "", "why_not": ""}
    wrong = [name for name in form.errors if name in RuleForm.base_fields or name in {"kind", "item", "service"}]
    if wrong:
        return {"rule": "", "why_not": str(form.errors[wrong[0]][0]), "looked": looked}
    schedule, quantity = form.schedule(), form.how_much(thing.kind)
    try:
        check_quantity(thing.kind, quantity)
        check_schedule(schedule)
    except Refusal as refusal:
        return {"rule": "", "why_not": refusal.message, "looked": looked}
    return {
        "rule": rule_in_words(schedule, occasion=form.cleaned_data["occasion"]),
        "span": span_in_words(schedule),
        "each": quantity_in_words(thing, quantity),
        "figures": _figures(schedule, thing, quantity),
        "looked": looked,
    }


def _figures(schedule: Schedule, thing: Thing, quantity: int) -> list[Figure]:
    is_whole = schedule.count is not None or schedule.ends_on is not None or schedule.frequency == Frequency.ONCE
    until = schedule.ends_on or schedule.starts_on + (timedelta(days=60 * 366) if is_whole else LOOKED_AHEAD)
    return figures_of(days_of(schedule, until=until), thing=thing, quantity=quantity, is_whole=is_whole)


def _thing(form: PledgeForm) -> Thing:
    """What is promised, as far as the form says it."""
    said = getattr(form, "cleaned_data", {})
    kind, item = said.get("kind") or GiftKind.MONEY, said.get("item")
    if kind == GiftKind.GOODS and item is not None:
        return Thing(kind, unit=item.unit, name=item.name)
    return Thing(kind, name=said.get("service") or "" if kind == GiftKind.SERVICE else "")


def _made(pledge: Pledge) -> str:
    if pledge.state == PledgeState.DRAFT:
        return _("The vow is written down. It waits for its condition.")
    return _("The pledge is written down, with its next instalments.")


def _status(request: HttpRequest, form: RuleForm) -> int:
    return UNPROCESSABLE if form.errors and "look" not in request.POST else 200
