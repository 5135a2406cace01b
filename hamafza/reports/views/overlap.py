"""Overlap and gap: who was helped by several bodies with the same thing, and who by nobody."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.parts import Chart, ChartRow, Export, active_filters, clear_url, in_words, more_url, without
from hamafza.needs.choices import Domain
from hamafza.needs.exports.needs import Reading, sheet_of
from hamafza.needs.exports.sheet import Kind, Sheet, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.filters import NeedFilters
from hamafza.needs.queries.lists import after, count_capped, place_of
from hamafza.needs.views.rows import need_row
from hamafza.reports.exports.overlap import overlap_sheet
from hamafza.reports.forms.overlap import AidFilterForm
from hamafza.reports.queries.overlap import BodyLine, OverlapRow, by_body, overlaps, summary, unhelped

PAGE, DEEPEST, CHARTED = 50, 5_000, 12
BY_PRIORITY = NeedFilters()


@require_safe
def aid(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_OVERLAP)
    on = clock.today()
    form = _form(request, actor, county, on, bodies=False)
    filters = form.filters()
    lines = by_body(county, filters, on=on)
    context = {
        **_frame(request, county, form),
        "numbers": summary(county, filters, on=on),
        "lines": [(line, line.name or _("The welfare office")) for line in lines],
        "chart": _chart(lines, on),
        "query": urlencode({key: value for key, value in request.GET.items() if value}),
    }
    return render(request, "reports/aid.html", context)


@require_safe
def overlap_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_OVERLAP)
    on = clock.today()
    form = _form(request, actor, county, on)
    filters, offset = form.filters(), _offset(request)
    found = overlaps(county, filters, on=on, offset=offset, limit=PAGE + 1)
    context = {
        **_frame(request, county, form),
        "rows": [_row(row) for row in found[:PAGE]],
        "more_url": more_url(request.GET, offset + PAGE) if len(found) > PAGE else "",
        "exports": _exports(request, "reports:overlap-export", actor, county),
    }
    return render(request, "reports/overlap_list.html", context)


@require_safe
def overlap_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = _exporting(request)
    on = clock.today()
    form = _form(request, actor, county, on)
    with transaction.atomic():
        sheet = overlap_sheet(
            county, form.filters(), on=on, name=county_name(county), filtered=_said(form, request), by=actor.name
        )
        return _file(sheet, kind)


@require_safe
def gap_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_OVERLAP)
    on = clock.today()
    form = _form(request, actor, county, on, bodies=False)
    needs = unhelped(county, form.filters(), on=on)
    count, capped = count_capped(needs)
    found = list(after(needs, BY_PRIORITY, request.GET.get("after", ""))[: PAGE + 1])
    page = found[:PAGE]
    context = {
        **_frame(request, county, form),
        "rows": [need_row(need, on=on) for need in page],
        "count": count,
        "capped": capped,
        "more_url": more_url(request.GET, place_of(page[-1], BY_PRIORITY)) if len(found) > PAGE else "",
        "exports": _exports(request, "reports:gap-export", actor, county),
    }
    return render(request, "reports/gap_list.html", context)


@require_safe
def gap_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = _exporting(request)
    form = _form(request, actor, county, clock.today(), bodies=False)
    needs = unhelped(county, form.filters(), on=clock.today())
    with transaction.atomic():
        reading = Reading(["first_name", "last_name", "father_name"])
        sheet = sheet_of(
            needs, county=county_name(county), filtered=_said(form, request), by=actor.name, reading=reading
        )
        return _file(sheet, kind)


def _form(request: HttpRequest, actor: Actor, county: str, on: date, *, bodies: bool = True) -> AidFilterForm:
    counties = actor.counties_with(Permission.SEE_OVERLAP)
    return AidFilterForm(request.GET, county=county, counties=counties, on=on, bodies=bodies)


def _frame(request: HttpRequest, county: str, form: AidFilterForm) -> dict[str, Any]:
    return {
        "county": county,
        "county_name": county_name(county),
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
    }


def _exporting(request: HttpRequest) -> tuple[Actor, str]:
    actor, county = admit_county(request, Permission.SEE_OVERLAP)
    require(actor, Permission.EXPORT_LISTS, place=county)
    return actor, county


def _file(sheet: Sheet, kind: str) -> HttpResponse:
    content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))


def _said(form: AidFilterForm, request: HttpRequest) -> str:
    return in_words(active_filters(form, request))


def _exports(request: HttpRequest, name: str, actor: Actor, county: str) -> list[Export]:
    if not actor.may(Permission.EXPORT_LISTS, county):
        return []
    query = without(request.GET, [])
    return [
        Export(_("Excel"), f"{reverse(name, args=['xlsx'])}{query}"),
        Export(_("CSV"), f"{reverse(name, args=['csv'])}{query}", "file-type-csv"),
    ]


def _offset(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return min(int(text), DEEPEST) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _row(row: OverlapRow) -> dict[str, Any]:
    return {
        "url": reverse("registry:household-record", args=[row.household]),
        "name": row.name,
        "file_number": row.file_number,
        "domain": Domain(row.domain).label,
        "item": row.item,
        "bodies": row.bodies,
        "times": row.times,
        "value_rial": row.value_rial,
        "by": [(one.body or _("The welfare office"), one.times, one.last) for one in row.by],
    }


def _chart(lines: list[BodyLine], on: date) -> Chart:
    rows = [
        ChartRow(line.name or _("The welfare office"), [line.families, line.shared], _body_url(line))
        for line in lines[:CHARTED]
    ]
    most = max(lines, key=lambda line: line.shared, default=None)
    title = _("Families helped, by body")
    if most and most.shared:
        title = _("%(body)s shares the most families with others") % {"body": most.name or _("The welfare office")}
    return Chart(
        "bodies", title, _("Body"), [_("Families helped"), _("of them helped by others with the same")], rows,
        _("From the record of aid received"), on,
    )  # fmt: skip


def _body_url(line: BodyLine) -> str:
    return f"{reverse('reports:overlap-list')}?{urlencode({'body': line.body})}"
