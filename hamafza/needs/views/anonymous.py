"""Lists that name nobody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
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
from hamafza.needs.queries.counties import districts_within, place_name
from hamafza.needs.row_links import RowLink, row_link_for
from hamafza.places.models import Place

PAGE_SIZE = 50


@require_safe
def need_list_anonymous(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    actor, county, form = asked.actor, asked.county, asked.form
    rows = asked.rows()
    query = without(request.GET, [])
    start = int(after) if (after := request.GET.get("after", "")).isdecimal() else 0
    link = row_link_for(actor, county)
    shown = rows[start : start + PAGE_SIZE]
    context = {
        "county_name": asked.place_name(),
        "rows": [_with_link(row, link, asked) for row in shown] if link else shown,
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
    asked = _asked(request)
    filtered = line_of(active_filters(asked.form, request))
    sheet = anonymous_sheet(asked.rows(), county=asked.place_name(), filtered=filtered, by=asked.actor.name)
    content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which list is asked for. ``only``: the districts to which her duty is narrowed; None: the whole county."""

    actor: Actor
    county: str
    only: frozenset[str] | None
    districts: list[Place]
    form: AnonymousFilterForm

    def place_name(self) -> str:
        return place_name(self.county, self.districts if self.only is not None else [])

    def rows(self) -> list[AnonymousRow]:
        """Chosen among the rows that are shown to everybody, so that a filter shows nothing that the whole list hides."""
        lines = anonymous_lines(
            self.county, on=timezone.localdate(), domain=self.form.chosen_domain(), districts=self.only
        )
        district = self.form.chosen_district()
        names = {place.code: place.name for place in self.districts}
        return in_words([line for line in lines if district in ("", line.cell.district)], names)


def _asked(request: HttpRequest) -> _Asked:
    """404 where she has no duty, and for a district that is not hers."""
    actor, county = admit_county(request, Permission.SEE_ANONYMOUS_LISTS)
    only = actor.districts_with(Permission.SEE_ANONYMOUS_LISTS, county)
    if only is not None and request.GET.get("district", "") not in {"", *only}:
        raise Http404
    districts = districts_within(county, only)
    offered = [(place.code, place.name) for place in districts]
    data = request.GET.copy()
    data["county"] = county
    counties = actor.counties_with(Permission.SEE_ANONYMOUS_LISTS)
    one_alone = only is not None and len(offered) == 1
    form = AnonymousFilterForm(data, counties=counties, districts=None if one_alone else offered)
    return _Asked(actor, county, only, districts, form)


def _with_link(row: AnonymousRow, link: RowLink, asked: _Asked) -> AnonymousRow:
    """A way on from the row, where she may go it."""
    if not asked.actor.reaches(link.permission, asked.county, row.cell.district):
        return row
    return replace(row, url=link.url(asked.county, row.cell))
