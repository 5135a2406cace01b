"""The journal: entries by number, one entry with its lines and its place in the chain, and its reversal."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.actors import names_of
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.parts import Export, Fact, active_filters, clear_url, in_words, more_url, without
from hamafza.core.refusals import show_refusal
from hamafza.ledger.choices import Account, EntryKind
from hamafza.ledger.commands.reversals import reverse_by_hand
from hamafza.ledger.exports.journal import journal_sheet
from hamafza.ledger.forms.books import EntryFilterForm, ReasonForm
from hamafza.ledger.models import JournalEntry
from hamafza.ledger.queries.lists import count_capped, entries_in, entry_before, lines_of, reversal_of, with_amounts
from hamafza.ledger.sources import may_reverse_by_hand, source_of
from hamafza.ledger.views.parts import parts_of
from hamafza.ledger.views.rows import KIND_TONES, entry_rows
from hamafza.needs.exports.sheet import Kind, as_download
from hamafza.needs.exports.text import csv_bytes
from hamafza.needs.exports.workbook import xlsx_bytes
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

PAGE = 50
UNPROCESSABLE = 422
#: No number of an entry has more digits.
NUMBER_DIGITS = 18


@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, Permission.SEE_LEDGER)
    form = EntryFilterForm(request.GET, county=county)
    found = entries_in(county, form.filters())
    count, capped = count_capped(found)
    place = request.GET.get("after", "")
    behind = found.filter(number__lt=int(place)) if _is_number(place) else found
    shown = list(with_amounts(behind)[: PAGE + 1])
    page = shown[:PAGE]
    context = {
        "county": county,
        "county_name": county_name(county),
        "tabs": parts_of(county, "entry-list"),
        "rows": entry_rows(page),
        "count": count,
        "capped": capped,
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, page[-1].number) if len(shown) > PAGE else "",
        "exports": _exports(request),
    }
    return render(request, "ledger/entry_list.html", context)


@require_safe
def entry_list_export(request: HttpRequest, kind: str) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_LEDGER)
    form = EntryFilterForm(request.GET, county=county)
    found = entries_in(county, form.filters())
    filtered = in_words(active_filters(form, request))
    with transaction.atomic():
        sheet = journal_sheet(found, county=county_name(county), filtered=filtered, by=actor.name)
        content = xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)
    return as_download(content, name=sheet.name, kind=cast("Kind", kind))


@require_safe
def entry_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _record(request, load(request, JournalEntry, pk, may=Permission.SEE_LEDGER))


@require_POST
def entry_reverse(request: HttpRequest, pk: UUID) -> HttpResponse:
    entry = load(request, JournalEntry, pk, may=Permission.KEEP_LEDGER)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _record(request, entry, form=form)
    try:
        back = reverse_by_hand(entry, reason=form.cleaned_data["reason"], by=actor_of(request))
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _record(request, entry, form=form)
    messages.success(request, _("The entry is undone by its mirror image."))
    return redirect("ledger:entry-record", pk=back.pk)


def _record(request: HttpRequest, entry: JournalEntry, *, form: ReasonForm | None = None) -> HttpResponse:
    lines, back, source = lines_of(entry), reversal_of(entry), source_of(entry)
    may_keep = actor_of(request).may(Permission.KEEP_LEDGER, entry.county_id)
    may_reverse = may_keep and entry.posted_at is not None and back is None
    context: dict[str, Any] = {
        "entry": entry,
        "county_name": county_name(entry.county_id),
        "kind": EntryKind(entry.kind).label,
        "tone": KIND_TONES.get(entry.kind, "teal"),
        "lines": [(line, Account(line.account).label, max(line.amount, 0), max(-line.amount, 0)) for line in lines],
        "total": sum(line.amount for line in lines if line.amount > 0),
        "back": back,
        "facts": _facts(entry),
        "chain": _chain(entry),
        "source_label": source.label if source else "",
        "source_url": source.address_of(entry.source_id) if source else "",
        "reverse_form": (form or ReasonForm()) if may_reverse and may_reverse_by_hand(entry) else None,
        "undo_elsewhere": may_reverse and not may_reverse_by_hand(entry) and entry.kind != EntryKind.REVERSAL,
    }
    return render(request, "ledger/entry_record.html", context, status=UNPROCESSABLE if form else None)


def _facts(entry: JournalEntry) -> list[Fact]:
    by = f"user:{entry.created_by_id}" if entry.created_by_id else ""
    return [
        Fact(_("Date"), wording.long_date(entry.on)),
        Fact(_("Description"), entry.description),
        Fact(_("Sealed"), wording.long_date(entry.posted_at) if entry.posted_at else ""),
        Fact(_("By"), names_of([by])[by] if by else _("the system")),
    ]


def _chain(entry: JournalEntry) -> list[tuple[str, str, str]]:
    """What it points back to, and itself: words, hash, address."""
    before = entry_before(entry)
    url = reverse("ledger:entry-record", args=[before.pk]) if before else ""
    return [(_("The entry before"), entry.prev_hash, url), (_("This entry"), entry.hash, "")]


def _exports(request: HttpRequest) -> list[Export]:
    query = without(request.GET, [])
    return [
        Export(_("Excel"), reverse("ledger:entry-list-export", args=["xlsx"]) + query),
        Export(_("CSV"), reverse("ledger:entry-list-export", args=["csv"]) + query, "file-type-csv"),
    ]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS
