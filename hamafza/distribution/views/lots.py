"""Lots: the list, the record, the label."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import clock, wording
from hamafza.core.parts import Fact, active_filters, clear_url, in_words, more_url
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.exports.labels import lot_label
from hamafza.distribution.exports.stock import CAP, lots_sheet
from hamafza.distribution.forms.stock import LotFilterForm
from hamafza.distribution.models import Lot, LotSource, Movement
from hamafza.distribution.queries.stock_lists import (
    balances_of,
    kits_of,
    lot_with_origin,
    lots_in,
    movements_of,
    sources_of,
    stores_of,
)
from hamafza.distribution.stock_words import SOON_DAYS, expiry_warning, origin_of
from hamafza.distribution.views.stock import download, exports
from hamafza.documents.pdf import make_pdf, pdf_download
from hamafza.giving.queries.items import items_of
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.lists import count_capped
from hamafza.registry.queries.keyset import cursor_of, rows_after

PAGE = 50
MOVEMENTS_SHOWN = 200


@require_safe
def lot_list(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, Permission.SEE_STOCK)
    form = _form(request, county)
    found = _found(county, form)
    shown = list(rows_after(found, field="pk", falling=True, cursor=request.GET.get("after", ""))[: PAGE + 1])
    page = shown[:PAGE]
    count, capped = count_capped(found)
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [_row(lot) for lot in page],
        "count": count,
        "capped": capped,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, cursor_of("", page[-1].pk)) if len(shown) > PAGE else "",
        "exports": exports(request, "distribution:lot-export"),
    }
    return render(request, "distribution/lot_list.html", context)


@require_safe
def lot_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_STOCK)
    form = _form(request, county)
    lots = _found(county, form).order_by("-pk")[:CAP]
    filtered = in_words(active_filters(form, request))
    return download(lots_sheet(lots, county=county_name(county), filtered=filtered, by=actor.name), kind)


@require_safe
def lot_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    county = load(request, Lot, pk, may=Permission.SEE_STOCK).county_id
    actor = actor_of(request)
    lot = lot_with_origin(pk)
    named = actor.may(Permission.SEE_GIVING, county)
    balances = list(balances_of(lot))
    moved = list(movements_of(lot)[: MOVEMENTS_SHOWN + 1])
    context = {
        "lot": lot,
        "county": county,
        "county_name": county_name(county),
        "warned": expiry_warning(lot.expires_on, clock.today()),
        "facts": _facts(lot, named=named),
        "balances": balances,
        "free": sum(one.on_hand - one.reserved for one in balances),
        "sources": [_source(one, named=named) for one in sources_of(lot)] if lot.kit_version_id else [],
        "kits": list(kits_of(lot)),
        "movements": [_moved(one) for one in moved[:MOVEMENTS_SHOWN]],
        "more_movements": len(moved) > MOVEMENTS_SHOWN,
        "may_keep": actor.may(Permission.KEEP_STOCK, county),
    }
    return render(request, "distribution/lot_record.html", context)


@require_safe
def lot_label_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A label to stick on the goods: code, item, expiry, and a QR that opens the lot's page."""
    lot = load(request, Lot, pk, may=Permission.SEE_STOCK)
    url = request.build_absolute_uri(reverse("distribution:lot-record", args=[lot.pk]))
    return pdf_download(make_pdf("distribution/lot_label", lot_label(lot, url=url)), name=f"lot-{lot.code}")


def _form(request: HttpRequest, county: str) -> LotFilterForm:
    return LotFilterForm(request.GET, stores=stores_of(county), items=items_of(county, with_old=True))


def _found(county: str, form: LotFilterForm) -> QuerySet[Lot]:
    return lots_in(county, on=clock.today(), soon_days=SOON_DAYS, **form.asked())


def _row(lot: Lot) -> dict[str, Any]:
    return {
        "lot": lot,
        "url": reverse("distribution:lot-record", args=[lot.pk]),
        "warned": expiry_warning(lot.expires_on, clock.today()),
        "origin": origin_of(lot, named=False),
    }


def _facts(lot: Lot, *, named: bool) -> list[Fact]:
    value = _("%(amount)s rials") % {"amount": wording.number(lot.unit_value_rial)} if lot.unit_value_rial else ""
    return [
        Fact(_("Item"), lot.item.name),
        Fact(_("Where it came from"), origin_of(lot, named=named)),
        Fact(_("Fund"), lot.fund.name),
        Fact(_("Expiry date"), wording.long_date(lot.expires_on) if lot.expires_on else _("does not expire")),
        Fact(_("Value of one"), value),
        Fact(_("In the store since"), wording.long_date(timezone.localtime(lot.created_at).date())),
    ]


def _source(one: LotSource, *, named: bool) -> dict[str, Any]:
    return {"lot": one.source_lot, "quantity": one.quantity, "origin": origin_of(one.source_lot, named=named)}


def _moved(one: Movement) -> dict[str, Any]:
    return {"movement": one, "kind": MovementKind(one.kind).label, "units": one.quantity or one.reserved}
