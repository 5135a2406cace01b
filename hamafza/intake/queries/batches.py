"""Imports of a county, and what the page of one needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hamafza.core.scope import counties
from hamafza.intake.choices import IN_HAND, BatchState
from hamafza.intake.models import ImportBatch

PAGE = 30
#: An import in hand that has not moved for so long has nobody who works on it.
STILL = timedelta(seconds=20)
#: Joining households and looking for duplicates move nothing while they last.
STILL_AT_THE_END = timedelta(minutes=10)


@dataclass(frozen=True)
class BatchPage:
    """One page of imports, the newest first; ``after`` is the place of the next page, or empty."""

    batches: list[ImportBatch]
    after: str
    count: int


def batches_of(county: str, *, after: str = "") -> BatchPage:
    """Imports that were not dropped; keys rise with time, so they are the order."""
    found = ImportBatch.objects.filter(county_id=county).exclude(state=BatchState.DROPPED)
    count = found.count()
    place = _uuid(after)
    ordered = found.filter(pk__lt=place) if place else found
    shown = list(ordered.select_related("created_by").order_by("-pk")[: PAGE + 1])
    return BatchPage(shown[:PAGE], str(shown[PAGE - 1].pk) if len(shown) > PAGE else "", count)


def imported_before(batch: ImportBatch) -> ImportBatch | None:
    """The last finished import of the very same file."""
    with counties([batch.county_id]):
        same = ImportBatch.objects.filter(file_hash=batch.file_hash, state=BatchState.DONE).exclude(pk=batch.pk)
        return same.select_related("created_by").order_by("-finished_at").first()


@dataclass(frozen=True, slots=True)
class HowFar:
    """Rows done of all rows in the present state; ``seconds_left`` is empty until there is something to reckon by."""

    done: int
    total: int
    seconds_left: float | None
    still: bool


def how_far(batch: ImportBatch, *, now: datetime) -> HowFar:
    """How far the import has come in its present state, and whether it stands still."""
    done, total = _done_of(batch)
    passed = (batch.moved_at - batch.entered_at).total_seconds()
    left = passed / done * (total - done) if done and passed > 1 else None
    patience = STILL_AT_THE_END if total and done >= total else STILL
    return HowFar(done, total, left, batch.state in IN_HAND and now - batch.moved_at > patience)


def _done_of(batch: ImportBatch) -> tuple[int, int]:
    if batch.state in {BatchState.MAPPED, BatchState.STAGING}:
        total = batch.expected_rows or 0
        return min(max(0, batch.staged_row - (batch.header_row or 0)), total), total
    return min(batch.done_count, batch.row_count), batch.row_count


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
