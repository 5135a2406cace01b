"""Lists that name nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.core.parts import Export, active_filters, clear_url, in_words as line_of, more_url, without
from hamafza.needs.exports.anonymous import AnonymousRow, anonymous_sheet, in_words
from hamafza.needs.exports.sheet import Kind, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.forms.filters import AnonymousFilterForm
from hamafza.needs.place import admit_county
from hamafza.needs.queries.anonymous import anonymous_lines
from hamafza.needs.queries.counties import county_name
from hamafza.needs.row_links import row_link_for
from hamafza.places.queries.places import districts_of

PAGE_SIZE = 50


@require_safe
def need_list_anonymous(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_ANONYMOUS_LISTS)
    names = {place.code: place.name for place in districts_of(county)}
    form = _form(request, actor, county, names)
    rows = _rows(county, form, names)
    query = without(request.GET, [])
    start = int(after) if (after := request.GET.get("after", "")).isdecimal() else 0
    link = row_link_for(actor, county)
    shown = rows[start : start + PAGE_SIZE]
    context = {
        "county_name": county_name(county),
        "rows": [replace(row, url=link.url(county, row.cell)) for row in shown] if link else shown,
        "row_link": link.label if link else "",
        "more_url": more_url(request.GET, start + PAGE_SIZE) if len(rows) > start + PAGE_SIZE else "",
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "exports": [
            Export(_("Excel"), f"{reverse('needs:need-list-anonymous-export', args=['xlsx'])}{query}"),
            Export(_("CSV"), f"{reverse('needs:need-list-anonymous-export', args=['csv'])}{query}", "file-type-csv"),
        ],
    }
    return render(request, "needs/need_list_anonymous.html", context)


@require_safe
def need_list_anonymous_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_ANONYMOUS_LISTS)
    names = {place.code: place.name for place in districts_of(county)}
    form = _form(request, actor, county, names)
    filtered = line_of(active_filters(form, request))
    sheet = anonymous_sheet(_rows(county, form, names), county=county_name(county), filtered=filtered, by=actor.name)
    content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))


def _form(request: HttpRequest, actor: Actor, county: str, districts: dict[str, str]) -> AnonymousFilterForm:
    asked = request.GET.copy()
    asked["county"] = county
    counties = actor.counties_with(Permission.SEE_ANONYMOUS_LISTS)
    return AnonymousFilterForm(asked, counties=counties, districts=list(districts.items()))


def _rows(county: str, form: AnonymousFilterForm, districts: dict[str, str]) -> list[AnonymousRow]:
    """Chosen among the rows that are shown to everybody, so that a filter shows nothing that the whole list hides."""
    lines = anonymous_lines(county, on=timezone.localdate(), domain=form.chosen_domain())
    district = form.chosen_district()
    return in_words([line for line in lines if district in ("", line.cell.district)], districts)
