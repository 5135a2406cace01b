"""Step 2: what the columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.identity import mask
from hamafza.intake.commands.import_file import readable_sheet
from hamafza.intake.commands.map_columns import CORRECTABLE, confirm_mapping, propose_for
from hamafza.intake.exports import as_text
from hamafza.intake.forms import ColumnsForm, meaning_name, unit_name
from hamafza.intake.models import ImportBatch
from hamafza.intake.plain_file import plain_file
from hamafza.intake.queries.batches import imported_before
from hamafza.intake.sheets.columns import SURE, ColumnUse, Mapping
from hamafza.intake.sheets.phrases import Meaning
from hamafza.intake.tasks import send_to_worker
from hamafza.intake.views.wizard import wizard_steps

UNPROCESSABLE = 422
SAMPLES = 3
LONGEST_SAMPLE = 40
#: Sealed on file, so masked in the samples too (S-A4); the end tells one from another.
SEALED = frozenset(
    {
        Meaning.IDENTITY_NUMBER,
        Meaning.HEAD_IDENTITY,
        Meaning.MOBILE,
        Meaning.IBAN,
        Meaning.POSTAL_CODE,
        Meaning.ADDRESS,
    }
)
LONG_NUMBER = re.compile(r"\d(?:-?\d){8,}")
SHOWN_END = 3


@dataclass(frozen=True)
class SheetFacts:
    """What the page says of the sheet: its name, the row of the headings, the rows below, the mapping, the samples."""

    name: str
    header_row: int
    rows: int
    mapping: Mapping
    samples: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Column:
    """One column on the page; ``number`` is its place in the sheet, from 1."""

    number: int
    heading: str
    samples: Sequence[str]
    meaning: BoundField
    unit: BoundField


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = load(request, ImportBatch, pk, may=Permission.IMPORT_CLIENTS)
    if batch.state not in CORRECTABLE or not batch.file_key:
        return redirect("intake:batch-record", batch.pk)
    sheet = _read(batch)
    form = ColumnsForm(request.POST if request.method == "POST" else None, mapping=sheet.mapping)
    if form.is_bound and form.is_valid():
        confirm_mapping(
            batch,
            form.mapping(),
            header_row=sheet.header_row,
            by=actor_of(request),
            remember=form.cleaned_data["remember"],
            expected_rows=sheet.rows,
        )
        send_to_worker(batch)
        return redirect("intake:batch-record", batch.pk)
    return render(
        request, "intake/columns.html", _context(batch, sheet, form), status=UNPROCESSABLE if form.errors else 200
    )


def _read(batch: ImportBatch) -> SheetFacts:
    with plain_file(batch.file_key) as path:
        sheet = readable_sheet(path)
        mapping = propose_for(batch, sheet)
        rows = sum(1 for _row in sheet.rows())
        cells = sheet.sample()
    samples = [
        _samples((row[use.index] for row in cells if use.index < len(row)), meaning=use.meaning)
        for use in mapping.columns
    ]
    return SheetFacts(sheet.name, sheet.header.row, rows, mapping, samples)


def _samples(cells: Iterable[Any], *, meaning: str) -> list[str]:
    """Enough to know the column by; what is masked everywhere is masked here, whatever the column is taken for."""
    texts = dict.fromkeys(text.strip()[:LONGEST_SAMPLE] for cell in cells if (text := as_text(cell)).strip())
    first = list(texts)[:SAMPLES]
    if meaning == Meaning.INCOME:
        return first
    if meaning in SEALED:
        return [mask(text, shown=0 if meaning == Meaning.ADDRESS else SHOWN_END) for text in first]
    return [LONG_NUMBER.sub(lambda number: mask(number[0], shown=SHOWN_END), text) for text in first]


def _context(batch: ImportBatch, sheet: SheetFacts, form: ColumnsForm) -> dict[str, Any]:
    shown = [
        (use, Column(place + 1, use.header, sheet.samples[place], form[meaning_name(use)], form[unit_name(use)]))
        for place, use in enumerate(sheet.mapping.columns)
        if use.header or sheet.samples[place]
    ]
    return {
        "batch": batch,
        "sheet": sheet,
        "form": form,
        "steps": wizard_steps("columns", batch),
        "unsure": [column for use, column in shown if _is_unsure(use)],
        "understood": [column for use, column in shown if not _is_unsure(use) and use.meaning],
        "left_out": [column for use, column in shown if not _is_unsure(use) and not use.meaning],
        "before": imported_before(batch),
        "back_url": reverse("intake:batch-list"),
    }


def _is_unsure(use: ColumnUse) -> bool:
    """A guess, or a column nothing is known about; what is known to be of no use here is left out without a question."""
    return use.confidence < SURE if use.meaning else use.confidence == 0
