"""Rounds and their lists as files: sheets, and papers to print."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load, require
from hamafza.audit.commands.record_read import record_reads
from hamafza.core.parts import active_filters, in_words
from hamafza.distribution.choices import RoundState
from hamafza.distribution.exports.papers import list_paper, packing_paper, report_paper, token_sheets
from hamafza.distribution.exports.rounds import entries_sheet, rounds_sheet
from hamafza.distribution.forms.round import EntryFilterForm, RoundFilterForm
from hamafza.distribution.models import Round
from hamafza.distribution.queries.rounds import entries_of, entries_on_paper, items_of_rounds, rounds_of
from hamafza.distribution.views.rounds import log_special
from hamafza.documents.pdf import make_pdf, pdf_download
from hamafza.needs.exports.sheet import Kind, Sheet, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name


@require_safe
def round_list_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_STOCK)
    require(actor, Permission.EXPORT_LISTS, place=county)
    form = RoundFilterForm(request.GET, items=items_of_rounds(county))
    asked = form.cleaned_data if form.is_valid() else {}
    found = rounds_of(county, state=asked.get("state") or "", item=asked.get("item"))
    filtered = in_words(active_filters(form, request))
    return _download(rounds_sheet(found, county=county_name(county), filtered=filtered, by=actor.name), kind)


@require_safe
def round_entries_export(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    found = load(request, Round, pk, may=Permission.EXPORT_LISTS)
    if kind not in ("csv", "xlsx"):
        raise Http404
    form = EntryFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    filtered = in_words(active_filters(form, request))
    entries = entries_of(found, state=asked.get("state") or "")
    with transaction.atomic():
        log_special(found, list(entries))
        return _download(entries_sheet(found, entries, filtered=filtered, by=actor_of(request).name), kind)


@require_safe
def round_paper_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list with names and a column to sign; every household on it is recorded as read."""
    found = _approved(load(request, Round, pk, may=Permission.EXPORT_LISTS))
    entries = list(entries_on_paper(found))
    with transaction.atomic():
        log_special(found, entries)
        record_reads([entry.household for entry in entries], fields=["list_print", "address", "mobile"])
        content = make_pdf("distribution/round_list", list_paper(found, entries, by=actor_of(request).name))
    return pdf_download(content, name=f"round-{found.jalali_year}-{found.number}-list")


@require_safe
def round_paper_tokens(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Slips to cut out: a code and its QR, nobody's name."""
    found = _approved(load(request, Round, pk, may=Permission.PLAN_ROUNDS))
    base = request.build_absolute_uri(reverse("distribution:token-open", args=["-"])).removesuffix("-/")
    content = make_pdf("distribution/token_sheet", token_sheets(found, list(entries_on_paper(found)), base=base))
    return pdf_download(content, name=f"round-{found.jalali_year}-{found.number}-tokens")


@require_safe
def round_paper_packing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What to take from which lot; nobody is named."""
    found = load(request, Round, pk, may=Permission.SEE_STOCK)
    content = make_pdf("distribution/packing_list", packing_paper(found, by=actor_of(request).name))
    return pdf_download(content, name=f"round-{found.jalali_year}-{found.number}-packing")


@require_safe
def round_paper_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The figures of the round to sign; nobody is named."""
    found = load(request, Round, pk, may=Permission.SEE_STOCK)
    content = make_pdf("distribution/round_report", report_paper(found, by=actor_of(request).name))
    return pdf_download(content, name=f"round-{found.jalali_year}-{found.number}-report")


def _approved(found: Round) -> Round:
    """Nothing is carried from door to door that nobody has approved."""
    if found.state in (RoundState.PLANNED, RoundState.CANCELLED):
        raise Http404
    return found


def _download(sheet: Sheet, kind: str) -> HttpResponse:
    content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))
