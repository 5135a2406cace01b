"""What is done with a lot: brought to another store, written off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.distribution.commands.losses import is_for_one
from hamafza.distribution.commands.stock import ask_write_off, move_stock, waste
from hamafza.distribution.forms.stock import MoveForm, WasteForm
from hamafza.distribution.models import Lot, Warehouse
from hamafza.distribution.queries.stock_lists import balances_of, stores_of

WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
def lot_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    lot = load(request, Lot, pk, may=Permission.KEEP_STOCK)
    form = MoveForm(request.POST or None, sources=_where(lot), targets=stores_of(lot.county_id))
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "lost": form.cleaned_data["lost"] or 0}
        try:
            move_stock(lot, by=actor_of(request), **said)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Written down: the goods lie in the other store."))
            return redirect("distribution:lot-record", pk=lot.pk)
    return _page(request, lot, form, "distribution/lot_move.html")


@require_http_methods(["GET", "HEAD", "POST"])
def lot_waste(request: HttpRequest, pk: UUID) -> HttpResponse:
    lot = load(request, Lot, pk, may=Permission.KEEP_STOCK)
    form = WasteForm(request.POST or None, sources=_where(lot))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        alone = is_for_one(lot, more=said["quantity"])
        try:
            (waste if alone else ask_write_off)(lot, said.pop("source"), by=actor_of(request), **said)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            done = _("Written off, with the reason.")
            messages.success(
                request,
                done if alone else _("Reported. The goods leave the stock when somebody else has confirmed it."),
            )
            return redirect("distribution:lot-record", pk=lot.pk)
    return _page(request, lot, form, "distribution/lot_waste.html")


def _where(lot: Lot) -> QuerySet[Warehouse]:
    return stores_of(lot.county_id, with_old=True).filter(pk__in=balances_of(lot).values("warehouse"))


def _page(request: HttpRequest, lot: Lot, form: Form, template: str) -> HttpResponse:
    context = {
        "form": form,
        "lot": lot,
        "balances": list(balances_of(lot)),
        "cancel_url": reverse("distribution:lot-record", args=[lot.pk]),
    }
    return render(request, template, context, status=WRONG if form.errors else None)
