"""Commitments of a place, what is asked of one's own body, and one commitment with its whole way."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.commitments.admission import admit_body, admit_place, load_commitment
from hamafza.commitments.exports.commitments import commitments_sheet
from hamafza.commitments.forms import FilterForm
from hamafza.commitments.queries.commitments import (
    DEFAULT_SORT,
    SORTS,
    behind,
    commitments_in,
    helped_by,
    owed_by,
    place_in_list,
)
from hamafza.commitments.queries.owners import body as body_of
from hamafza.commitments.views.record import record_page
from hamafza.commitments.words import commitment_row
from hamafza.core import clock
from hamafza.core.parts import Export, active_filters, clear_url, in_words, more_url, without
from hamafza.needs.exports.sheet import Kind, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.queries.lists import count_capped
from hamafza.places.queries.places import place_title

PAGE = 50
#: The place in the list of what a body helps with, beside that of what it owes.
HELPS_AFTER = "helps"


@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    actor, place = admit_place(request, Permission.SEE_COMMITMENTS)
    form = FilterForm(request.GET, place=place)
    filters = form.filters()
    found = commitments_in(place, filters, on=clock.today(), known_to=actor)
    count, capped = count_capped(found)
    shown = list(behind(found, filters.order, request.GET.get("after", ""))[: PAGE + 1])
    rows = shown[:PAGE]
    context = {
        "place": place,
        "place_name": place_title(place),
        "rows": [commitment_row(one) for one in rows],
        "count": count,
        "capped": capped,
        "sort": filters.sort or DEFAULT_SORT,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, place_in_list(rows[-1], filters.order)) if len(shown) > PAGE else "",
        "exports": _exports(request),
        "may_issue": actor.may(Permission.ISSUE_COMMITMENTS, place),
    }
    return render(request, "commitments/commitment_list.html", context)


@require_safe
def commitment_list_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, place = admit_place(request, Permission.SEE_COMMITMENTS)
    form = FilterForm(request.GET, place=place)
    found = commitments_in(place, form.filters(), on=clock.today(), known_to=actor)
    filtered = in_words(active_filters(form, request))
    sheet = commitments_sheet(found, place=place_title(place), filtered=filtered, by=actor.name)
    content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))


@require_safe
def commitment_mine(request: HttpRequest) -> HttpResponse:
    """My desk: what is asked of my body, and what it helps with."""
    _actor, body = admit_body(request)
    owed, order = owed_by(body), SORTS[DEFAULT_SORT]
    shown = list(behind(owed, order, request.GET.get("after", ""))[: PAGE + 1])
    rows = shown[:PAGE]
    helped = list(behind(helped_by(body), order, request.GET.get(HELPS_AFTER, ""))[: PAGE + 1])
    helps = helped[:PAGE]
    context = {
        "body": body_of(body),
        "rows": [commitment_row(one) for one in rows],
        "count": owed.count(),
        "more_url": more_url(request.GET, place_in_list(rows[-1], order)) if len(shown) > PAGE else "",
        "helps": [commitment_row(one) for one in helps],
        "helps_url": _more_helps(request, place_in_list(helps[-1], order)) if len(helped) > PAGE else "",
    }
    return render(request, "commitments/commitment_mine.html", context)


@require_safe
def commitment_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    return record_page(request, load_commitment(request, pk), actor=actor_of(request))


def _more_helps(request: HttpRequest, place: str) -> str:
    """The next page of it; the list above stays where it is."""
    query = request.GET.copy()
    query[HELPS_AFTER] = place
    return f"?{query.urlencode()}#helps"


def _exports(request: HttpRequest) -> list[Export]:
    query = without(request.GET, [])
    address = "commitments:commitment-list-export"
    return [
        Export(_("Excel"), f"{reverse(address, args=['xlsx'])}{query}"),
        Export(_("CSV"), f"{reverse(address, args=['csv'])}{query}", "file-type-csv"),
    ]
