"""Lists of allocations, payments and need cards, taken out as files by who sees them."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.guard import actor_of
from hamafza.core.parts import Export, active_filters, in_words, without
from hamafza.giving.exports.spending import allocations_sheet, cards_sheet, payments_sheet
from hamafza.giving.forms.card import CardFilterForm
from hamafza.giving.forms.spending import AllocationFilterForm, PaymentFilterForm
from hamafza.giving.queries.allocations import allocations_of, disbursements_of
from hamafza.giving.queries.cards import cards_of
from hamafza.giving.rules import permission_among
from hamafza.giving.spending_rights import CARD_WORKERS, SPENDING_READERS
from hamafza.needs.exports.sheet import Kind, Sheet, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name


@require_safe
def allocation_list_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = admit_county(request, permission_among(actor_of(request), SPENDING_READERS))
    form = AllocationFilterForm(request.GET)
    found = allocations_of(county, state=form.cleaned_data["state"] if form.is_valid() else "")
    filtered = in_words(active_filters(form, request))
    return _file(allocations_sheet(found, county=county_name(county), filtered=filtered, by=actor.name), kind)


@require_safe
def payment_list_export(request: HttpRequest, kind: str) -> HttpResponse:
    """All payments of the county by state, whoever they wait for."""
    actor, county = admit_county(request, permission_among(actor_of(request), SPENDING_READERS))
    form = PaymentFilterForm(request.GET)
    found = disbursements_of(county, state=form.cleaned_data["state"] if form.is_valid() else "")
    filtered = in_words(active_filters(form, request))
    return _file(payments_sheet(found, county=county_name(county), filtered=filtered, by=actor.name), kind)


@require_safe
def card_list_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = admit_county(request, permission_among(actor_of(request), CARD_WORKERS))
    form = CardFilterForm(request.GET)
    found = cards_of(county, state=form.cleaned_data["state"] if form.is_valid() else "")
    filtered = in_words(active_filters(form, request))
    return _file(cards_sheet(found, county=county_name(county), filtered=filtered, by=actor.name), kind)


def exports_of(request: HttpRequest, name: str) -> list[Export]:
    """The menu of a list: the same rows as files, with its filters."""
    query = without(request.GET, ["all"])
    return [
        Export(_("Excel"), f"{reverse(f'giving:{name}-export', args=['xlsx'])}{query}"),
        Export(_("CSV"), f"{reverse(f'giving:{name}-export', args=['csv'])}{query}", "file-type-csv"),
    ]


def _file(sheet: Sheet, kind: str) -> HttpResponse:
    content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))
