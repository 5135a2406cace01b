"""What lies in the stores, by item."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.choices import Permission
from hamafza.core import clock
from hamafza.core.parts import Export, active_filters, clear_url, in_words, without
from hamafza.distribution.exports.stock import stock_sheet
from hamafza.distribution.forms.stock import StockFilterForm
from hamafza.distribution.queries.stock_lists import ItemStock, stock_by_item, stores_of
from hamafza.distribution.stock_words import expiry_warning
from hamafza.needs.exports.sheet import Kind, Sheet, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name


@require_safe
def stock_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_STOCK)
    form = StockFilterForm(request.GET, stores=stores_of(county))
    found = _found(county, form)
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [_row(one, county) for one in found],
        "count": len(found),
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "exports": exports(request, "distribution:stock-export"),
        "may_keep": actor.may(Permission.KEEP_STOCK, county),
    }
    return render(request, "distribution/stock_list.html", context)


@require_safe
def stock_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_STOCK)
    form = StockFilterForm(request.GET, stores=stores_of(county))
    filtered = in_words(active_filters(form, request))
    return download(
        stock_sheet(_found(county, form), county=county_name(county), filtered=filtered, by=actor.name), kind
    )


def exports(request: HttpRequest, name: str) -> list[Export]:
    """The two files of a list, filtered as the list is."""
    query = without(request.GET, [])
    return [
        Export(_("Excel"), reverse(name, args=["xlsx"]) + query),
        Export(_("CSV"), reverse(name, args=["csv"]) + query, "file-type-csv"),
    ]


def download(sheet: Sheet, kind: str) -> HttpResponse:
    """The sheet as a file."""
    content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))


def _found(county: str, form: StockFilterForm) -> list[ItemStock]:
    asked = form.cleaned_data if form.is_valid() else {}
    return stock_by_item(county, on=clock.today(), store=asked.get("store"), text=asked.get("q") or "")


def _row(one: ItemStock, county: str) -> dict[str, Any]:
    return {
        "stock": one,
        "url": f"{reverse('distribution:lot-list')}?county={county}&item={one.item.pk}",
        "warned": expiry_warning(one.next_expiry, clock.today()),
    }
