"""Compare staged rows with what is on file, and write them; group by group, cursor and chunk in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.db import gather_statistics
from hamafza.core.errors import Refusal
from hamafza.core.scope import counties
from hamafza.intake.choices import BatchState, Outcome
from hamafza.intake.commands.map_columns import mapping_of
from hamafza.intake.commands.stage import Progress
from hamafza.intake.events import import_done
from hamafza.intake.models import ImportBatch, ImportRow
from hamafza.intake.planning.decide import plan_rows
from hamafza.intake.planning.headers import Headers
from hamafza.intake.planning.on_file import read_on_file
from hamafza.intake.planning.plan import Plan, Setting
from hamafza.intake.queries.report import counts_of
from hamafza.intake.sheets.client_row import ClientRow
from hamafza.intake.stored import put_faults
from hamafza.needs.commands.import_needs import state_needs
from hamafza.needs.models import Need
from hamafza.places.queries.places import districts_by_key
from hamafza.registry.commands.find_duplicates import find_duplicates
from hamafza.registry.commands.register_persons import register_households, register_persons
from hamafza.registry.commands.update_files import update_files
from hamafza.registry.models import Disability, HardshipCause, Household, IdentityClaim, Person, TargetGroupMembership

ROWS_A_CHUNK = 500
#: What an import fills.
FILLED = (Household, Person, IdentityClaim, TargetGroupMembership, Disability, HardshipCause, Need)


def plan_batch(batch: ImportBatch, *, progress: Progress = lambda _batch: None) -> None:
    """Preview: decide what every row would do, writing nothing but the staged rows' outcomes."""
    with counties([batch.county_id]):
        _walk(batch, BatchState.PLANNING, None, progress=progress)
        with transaction.atomic():
            batch.state, batch.done_group, batch.done_count = BatchState.STAGED, 0, 0
            batch.save(update_fields=["state", "done_group", "done_count"])


def apply_batch(batch: ImportBatch, *, by: Actor, progress: Progress = lambda _batch: None) -> None:
    """Write the rows. Killed at any moment it goes on where it was: every chunk is whole or not there."""
    require(by, Permission.IMPORT_CLIENTS, place=batch.county_id)
    with counties([batch.county_id]):
        if batch.state in {BatchState.STAGED, BatchState.PLANNING}:
            with transaction.atomic():
                batch.state, batch.done_group, batch.done_count = BatchState.APPLYING, 0, 0
                batch.entered_at = batch.moved_at = timezone.now()
                batch.save(update_fields=["state", "done_group", "done_count", "entered_at", "moved_at"])
        _walk(batch, BatchState.APPLYING, by, progress=progress)
        find_duplicates(batch.county_id)
        with transaction.atomic():
            batch.state, batch.finished_at, batch.result = BatchState.DONE, timezone.now(), asdict(counts_of(batch))
            batch.failure = ""
            batch.save(update_fields=["state", "finished_at", "result", "failure"])
            import_done.send(sender=None, batch=batch)


def _walk(batch: ImportBatch, state: BatchState, writer: Actor | None, *, progress: Progress) -> None:
    setting = setting_of(batch)
    chunk = partial(_do_chunk, batch.pk, state, setting, writer)
    while chunk():
        if writer:
            gather_statistics(connection, [model._meta.db_table for model in FILLED])
        batch.refresh_from_db(fields=["state", "done_group", "done_count"])
        progress(batch)


def setting_of(batch: ImportBatch) -> Setting:
    """What is the same for all rows of the batch."""
    return Setting(
        county=batch.county_id,
        batch=batch.pk,
        headers=Headers.from_mapping(mapping_of(batch)),
        districts=districts_by_key(batch.county_id),
        today=timezone.localdate(),
        created_by=batch.created_by_id,
    )


@transaction.atomic
def _do_chunk(batch_id: UUID, state: BatchState, setting: Setting, writer: Actor | None) -> bool:
    """The next whole groups of rows, compared, and written if there is a writer; False when none is left."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != state:
        raise Refusal("another process has moved this import on", code="moved_on")
    staged = _next_rows(batch)
    if not staged:
        return False
    rows = [ClientRow.from_json(row.payload) for row in staged]
    plan = plan_rows(rows, read_on_file(batch.county_id, rows), setting)
    if writer:
        _write(plan, batch.county_id, writer)
    _keep_outcomes(batch, staged, plan)
    batch.done_group = staged[-1].group_row
    batch.done_count += len(staged)
    batch.moved_at = timezone.now()
    batch.save(update_fields=["done_group", "done_count", "moved_at"])
    return True


def _next_rows(batch: ImportBatch) -> list[ImportRow]:
    """About `ROWS_A_CHUNK` rows in whole groups, groups in the order of their first row."""
    waiting = batch.rows.filter(group_row__gt=batch.done_group).order_by("group_row", "row")
    last = waiting.values_list("group_row", flat=True)[ROWS_A_CHUNK - 1 : ROWS_A_CHUNK].first()
    chunk = waiting.filter(group_row__lte=last) if last else waiting
    return list(chunk.only("id", "row", "group_row", "outcome", "payload", "faults", "county_id", "batch_id"))


def _write(plan: Plan, county: str, by: Actor) -> None:
    register_households(plan.households, by=by)
    register_persons(
        plan.persons, memberships=plan.memberships, disabilities=plan.disabilities, causes=plan.causes, by=by
    )
    update_files(plan.changed, county=county, by=by)
    state_needs(county, plan.needs)


def _keep_outcomes(batch: ImportBatch, staged: Sequence[ImportRow], plan: Plan) -> None:
    moved: dict[Outcome, list[int]] = {}
    for row in staged:
        decided = plan.rows[row.row]
        faults = [[fault.column, fault.code] for fault in decided.faults]
        if faults != row.faults:
            put_faults(row, decided.faults)
            row.outcome = decided.outcome
            row.save(update_fields=["faults", "fault_values", "outcome"])
        elif decided.outcome != row.outcome:
            moved.setdefault(decided.outcome, []).append(row.row)
    for outcome, rows in moved.items():
        batch.rows.filter(row__in=rows).update(outcome=outcome)
