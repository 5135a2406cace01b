"""Goods come in: gifts that are waited for, purchases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.distribution.commands.stock import buy_goods, receive_goods, reject_arrival
from hamafza.distribution.forms.stock import BuyForm, ReasonForm, ReceiveForm
from hamafza.distribution.queries.purchases import left_to_take_in, purchases_to_come
from hamafza.distribution.queries.stock_lists import goods_to_come, stores_of
from hamafza.giving.models import Disbursement, DonationLine
from hamafza.giving.queries.items import items_of
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

MOST_SHOWN = 200
WRONG = 422


@require_safe
def goods_waiting(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.KEEP_STOCK)
    named = actor.may(Permission.SEE_GIVING, county)
    rows = [{"line": line, "giver": _giver(line, named=named)} for line in goods_to_come(county)[:MOST_SHOWN]]
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": rows,
        "count": len(rows),
        "purchases": list(purchases_to_come(county)[:MOST_SHOWN]),
        "has_store": stores_of(county).exists(),
    }
    return render(request, "distribution/goods_waiting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def goods_receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    line = _line(request, pk)
    stores = stores_of(line.county_id)
    form = ReceiveForm(request.POST or None, stores=stores, item=line.item, left=line.left)
    if request.method == "POST" and form.is_valid():
        try:
            lot = receive_goods(line, by=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _taken_in(line, form.cleaned_data["quantity"]))
            return redirect("distribution:lot-record", pk=lot.pk)
    return _receive_page(request, line, form=form)


@require_POST
def goods_reject(request: HttpRequest, pk: UUID) -> HttpResponse:
    line = _line(request, pk)
    form = ReasonForm(request.POST, stores=stores_of(line.county_id), auto_id="reject_%s")
    if form.is_valid():
        try:
            reject_arrival(line, by=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is written down that these goods were not taken in, and why."))
            return redirect(f"{reverse('distribution:goods-waiting')}?county={line.county_id}")
    return _receive_page(request, line, reject=form)


@require_http_methods(["GET", "HEAD", "POST"])
def goods_buy(request: HttpRequest, pk: UUID) -> HttpResponse:
    payment = load(request, Disbursement, pk, may=Permission.KEEP_STOCK)
    stores, items = stores_of(payment.county_id), items_of(payment.county_id, kits=False)
    left = left_to_take_in(payment)
    form = BuyForm(request.POST or None, stores=stores, items=items, initial={"amount": left})
    if request.method == "POST" and form.is_valid():
        try:
            lot = buy_goods(payment, by=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The goods are in the store, and the purchase is in the books."))
            return redirect("distribution:lot-record", pk=lot.pk)
    context = {
        "form": form,
        "payment": payment,
        "left": left,
        "cancel_url": f"{reverse('distribution:goods-waiting')}?county={payment.county_id}",
    }
    return render(request, "distribution/goods_buy.html", context, status=WRONG if form.errors else None)


def _line(request: HttpRequest, pk: UUID) -> Any:
    """A gift that is waited for, with ``left``; else 404."""
    county = load(request, DonationLine, pk, may=Permission.KEEP_STOCK).county_id
    found = goods_to_come(county).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _receive_page(
    request: HttpRequest, line: Any, *, form: ReceiveForm | None = None, reject: ReasonForm | None = None
) -> HttpResponse:
    stores, wrong = stores_of(line.county_id), bool((form and form.errors) or (reject and reject.errors))
    named = actor_of(request).may(Permission.SEE_GIVING, line.county_id)
    context = {
        "line": line,
        "giver": _giver(line, named=named),
        "form": form or ReceiveForm(stores=stores, item=line.item, left=line.left),
        "reject_form": reject or ReasonForm(stores=stores, auto_id="reject_%s"),
        "reject_open": reject is not None,
        "cancel_url": f"{reverse('distribution:goods-waiting')}?county={line.county_id}",
    }
    return render(request, "distribution/goods_receive.html", context, status=WRONG if wrong else None)


def _giver(line: DonationLine, *, named: bool) -> str:
    giver = line.donation.benefactor
    return giver.name if named and giver is not None else ""


def _taken_in(line: Any, quantity: int) -> str:
    if quantity < line.left:
        return _("Taken in. %(left)s are still to come; they stay on the list.") % {
            "left": wording.number(line.left - quantity)
        }
    return _("Taken in. All of this gift is in the store now. Next: print the label and stick it on.")
