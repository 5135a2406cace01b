"""What an import did: counts, refused rows, warnings (the contract of an import)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from hamafza.intake.choices import Outcome
from hamafza.intake.models import ImportBatch, ImportRow
from hamafza.intake.sheets.faults import fault_message
from hamafza.intake.stored import fault_values

ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Counts:
    """``rows = created + matched + refused``; ``changed`` is part of ``matched``."""

    rows: int
    created: int
    matched: int
    changed: int
    refused: int


@dataclass(frozen=True, slots=True)
class RowFault:
    """One fault of one row: the sheet's row, the heading as written, the code, the value as written."""

    row: int
    column: str
    code: str
    value: str

    @property
    def message(self) -> str:
        return fault_message(self.code, self.value)


def counts_of(batch: ImportBatch) -> Counts:
    """Counted from the rows themselves, or kept from when the import was done."""
    if batch.result:
        return Counts(**batch.result)
    by_outcome = dict(batch.rows.values_list("outcome").annotate(count=Count("id")))
    changed = by_outcome.get(Outcome.CHANGED, 0)
    created, refused = by_outcome.get(Outcome.CREATED, 0), by_outcome.get(Outcome.REFUSED, 0)
    matched = by_outcome.get(Outcome.MATCHED, 0) + changed
    return Counts(rows=created + matched + refused, created=created, matched=matched, changed=changed, refused=refused)


def refused_rows(batch: ImportBatch) -> Iterator[RowFault]:
    """Every fault of every refused row, in the order of the sheet."""
    return _faults(batch, refused=True)


def warned_rows(batch: ImportBatch) -> Iterator[RowFault]:
    """Every warning of the rows that were taken, in the order of the sheet."""
    return _faults(batch, refused=False)


def _faults(batch: ImportBatch, *, refused: bool) -> Iterator[RowFault]:
    rows = batch.rows.exclude(faults=[])
    rows = rows.filter(outcome=Outcome.REFUSED) if refused else rows.exclude(outcome=Outcome.REFUSED)
    for row in rows.only("id", "row", "faults", "fault_values").order_by("row").iterator(chunk_size=ROWS_AT_ONCE):
        yield from faults_of(row)


def faults_of(row: ImportRow) -> list[RowFault]:
    """The faults of one staged row."""
    pairs = zip(row.faults, fault_values(row), strict=True)
    return [RowFault(row=row.row, column=column, code=code, value=value) for (column, code), value in pairs]
