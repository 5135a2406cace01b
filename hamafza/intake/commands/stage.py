"""Read the sheet into staged rows: cleaned, keyed, sealed; in chunks, so that a killed import goes on.

Nothing of the registry is written here. Afterwards rows that must be decided together share one ``group_row``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone

from hamafza.core.bulk import insert_all
from hamafza.core.scope import counties
from hamafza.intake import keys
from hamafza.intake.choices import BatchState, Outcome
from hamafza.intake.commands.map_columns import mapping_of
from hamafza.intake.models import ImportBatch, ImportRow
from hamafza.intake.sheets.client_row import ClientRow
from hamafza.intake.sheets.rows import RowCleaner
from hamafza.intake.sheets.workbook import ClientSheet
from hamafza.intake.stored import put_faults
from hamafza.places.queries.places import county_names

ROWS_A_CHUNK = 1000

Progress = Callable[[ImportBatch], None]


def stage(batch: ImportBatch, sheet: ClientSheet, *, progress: Progress = lambda _batch: None) -> None:
    """Stage every row of ``sheet`` that is not staged yet, then join the groups of rows that share a person."""
    with counties([batch.county_id]):
        if batch.state == BatchState.MAPPED:
            _enter(batch, BatchState.STAGING)
        cleaner = RowCleaner(mapping_of(batch), today=timezone.localdate(), county_names=county_names(batch.county_id))
        for chunk in _chunks(_rows_after(batch.staged_row, sheet, cleaner)):
            _stage_chunk(batch, chunk)
            progress(batch)
        _join_groups(batch)
        batch.done_group = batch.done_count = 0
        _enter(batch, BatchState.PLANNING)


def _enter(batch: ImportBatch, state: BatchState) -> None:
    batch.state = state
    batch.entered_at = batch.moved_at = timezone.now()
    batch.save(update_fields=["state", "done_group", "done_count", "entered_at", "moved_at"])


def _rows_after(staged: int, sheet: ClientSheet, cleaner: RowCleaner) -> Iterator[ClientRow]:
    for number, cells in sheet.rows():
        if number > staged and (row := cleaner.clean(number, cells)) is not None:
            yield row


def _chunks(rows: Iterator[ClientRow]) -> Iterator[list[ClientRow]]:
    while chunk := list(islice(rows, ROWS_A_CHUNK)):
        yield chunk


def _stage_chunk(batch: ImportBatch, rows: Sequence[ClientRow]) -> None:
    """Rows and cursor in one transaction."""
    with transaction.atomic():
        staged = [_staged(batch, row) for row in rows]
        _find_firsts(batch, [row for row in staged if row.outcome != Outcome.REFUSED])
        insert_all(staged)
        batch.staged_row = rows[-1].row
        batch.row_count += len(rows)
        batch.moved_at = timezone.now()
        batch.save(update_fields=["staged_row", "row_count", "moved_at"])


def _staged(batch: ImportBatch, row: ClientRow) -> ImportRow:
    staged = ImportRow(batch=batch, county_id=batch.county_id, row=row.row, payload=row.to_json().decode())
    put_faults(staged, row.refusals or row.warnings)
    if row.refusals:
        staged.outcome = Outcome.REFUSED
        return staged
    staged.outcome = Outcome.CREATED
    staged.group_key = keys.group_key(row)
    staged.identity_key = keys.identity_key(row)
    staged.names_key = keys.names_key(row)
    return staged


def _find_firsts(batch: ImportBatch, staged: Sequence[ImportRow]) -> None:
    """Set the first row of each row's household and person, looking at what was staged before."""
    groups = _first_rows(batch, "group_key", {row.group_key for row in staged}, "group_row")
    identities = _first_rows(batch, "identity_key", {row.identity_key for row in staged}, "row")
    names = _first_rows(batch, "names_key", {row.names_key for row in staged}, "row")
    for row in staged:
        row.group_row = groups.setdefault(row.group_key, row.row) if row.group_key else row.row
        if row.identity_key:
            row.person_row = identities.setdefault(row.identity_key, row.row)
            names.setdefault(row.names_key, row.row)
        else:
            row.person_row = names.setdefault(row.names_key, row.row)
        if row.person_row != row.row:
            row.outcome = Outcome.MATCHED


def _first_rows(batch: ImportBatch, field: str, values: set[str], wanted: str) -> dict[str, int]:
    found = batch.rows.filter(**{f"{field}__in": values - {""}}).values(field).annotate(first=Min(wanted))
    return dict(found.values_list(field, "first"))


def _join_groups(batch: ImportBatch) -> None:
    """Households of the sheet that share a person are decided together, under the first row of them all."""
    leaders: dict[int, int] = {}

    def leader(group: int) -> int:
        while leaders.get(group, group) != group:
            group = leaders[group]
        return group

    again = (
        batch.rows.exclude(person_row=F("row"))
        .filter(person_row__gt=0)
        .values_list("person_row", "group_row")
        .order_by("row")
    )
    pairs = again.iterator(chunk_size=ROWS_A_CHUNK)
    while chunk := list(islice(pairs, ROWS_A_CHUNK)):
        homes = dict(batch.rows.filter(row__in={person for person, _group in chunk}).values_list("row", "group_row"))
        for person, group in chunk:
            first, second = sorted((leader(homes[person]), leader(group)))
            leaders[second] = first
    with transaction.atomic():
        for group in sorted(leaders):
            if leader(group) != group:
                batch.rows.filter(group_row=group).update(group_row=leader(group))
