"""Staged rows for the pages: a page of rows by outcome, a page of faults, and how many of each kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast

from hamafza.core.scope import counties
from hamafza.intake.choices import Outcome
from hamafza.intake.models import ImportBatch, ImportRow
from hamafza.intake.queries.report import RowFault, faults_of
from hamafza.intake.sheets.client_row import ClientRow
from hamafza.registry.models import Person

PAGE = 50


@dataclass(frozen=True, slots=True)
class FaultCounts:
    """Faults by code: of refused rows, and warnings of rows that were taken (with how many rows have one)."""

    refused: Counter[str] = field(default_factory=Counter)
    warned: Counter[str] = field(default_factory=Counter)
    warned_rows: int = 0


def fault_counts(batch: ImportBatch) -> FaultCounts:
    """One query, however many rows: there are few different lists of faults."""
    refused: Counter[str] = Counter()
    warned: Counter[str] = Counter()
    warned_rows = 0
    with counties([batch.county_id]):
        lists = batch.rows.exclude(faults=[]).order_by().values_list("outcome", "faults").annotate(rows=Count("id"))
        for outcome, faults, rows in lists:
            counter = refused if outcome == Outcome.REFUSED else warned
            warned_rows += 0 if outcome == Outcome.REFUSED else rows
            for _column, code in faults:
                counter[code] += rows
    return FaultCounts(refused, warned, warned_rows)


@dataclass(frozen=True)
class FaultPage:
    """The faults of one page of rows; ``after`` is the last row's number, or 0 when there are no more."""

    faults: list[RowFault]
    after: int


def fault_page(batch: ImportBatch, *, refused: bool, code: str = "", after: int = 0) -> FaultPage:
    """The next rows with faults, in the order of the sheet; with ``code`` only faults of that kind."""
    with counties([batch.county_id]):
        rows = batch.rows.exclude(faults=[]).filter(row__gt=after)
        rows = rows.filter(outcome=Outcome.REFUSED) if refused else rows.exclude(outcome=Outcome.REFUSED)
        if code:
            rows = rows.annotate(written=Cast("faults", TextField())).filter(written__contains=f'"{code}"')
        shown = _page(rows)
    faults = [fault for row in shown[:PAGE] for fault in faults_of(row) if code in ("", fault.code)]
    return FaultPage(faults, shown[PAGE - 1].row if len(shown) > PAGE else 0)


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One row of the sheet as it was understood; ``person`` is the file it made, once it is written."""

    row: int
    name: str
    father_name: str
    file_number: str
    born_on: date | None
    outcome: str
    person: UUID | None


@dataclass(frozen=True)
class RowPage:
    """One page of rows; ``after`` is the last row's number, or 0 when there are no more."""

    rows: list[StagedRow]
    after: int


def row_page(batch: ImportBatch, *, outcomes: tuple[str, ...], after: int = 0) -> RowPage:
    """The next rows with one of these outcomes, in the order of the sheet; two queries."""
    with counties([batch.county_id]):
        shown = _page(batch.rows.filter(outcome__in=outcomes, row__gt=after))
        page = shown[:PAGE]
        made = Person.objects.filter(origin_batch=batch.pk, origin_row__in=[row.person_row for row in page])
        persons = dict(made.values_list("origin_row", "id"))
    rows = [_staged_row(row, persons.get(row.person_row)) for row in page]
    return RowPage(rows, shown[PAGE - 1].row if len(shown) > PAGE else 0)


def _page(rows: QuerySet[ImportRow]) -> list[ImportRow]:
    wanted = rows.only(
        "id", "row", "person_row", "outcome", "payload", "faults", "fault_values", "county_id", "batch_id"
    )
    return list(wanted.order_by("row")[: PAGE + 1])


def _staged_row(row: ImportRow, person: UUID | None) -> StagedRow:
    said = ClientRow.from_json(row.payload)
    name = f"{said.first_name} {said.last_name}".strip()
    return StagedRow(row.row, name, said.father_name, said.file_number, said.born_on, row.outcome, person)
