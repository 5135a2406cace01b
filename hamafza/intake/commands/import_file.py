"""The whole way of a file in one call, as the command line and the worker walk it."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.core.scope import counties
from hamafza.documents import store
from hamafza.intake.choices import BatchState
from hamafza.intake.commands.apply import apply_batch, plan_batch
from hamafza.intake.commands.map_columns import confirm_mapping, propose_for
from hamafza.intake.commands.open_batch import open_batch
from hamafza.intake.commands.stage import Progress, stage
from hamafza.intake.models import ImportBatch
from hamafza.intake.sheets.workbook import ClientSheet, SheetError, open_sheet


def silent(_batch: ImportBatch) -> None:
    """No progress wanted."""


def import_file(county: str, *, path: Path, by: Actor, dry_run: bool, progress: Progress = silent) -> ImportBatch:
    """Import the file as the program understands it; with ``dry_run`` only decide what each row would do.

    Goes on with an unfinished import of the same file. Raises `Refusal` when the file is no client list.
    """
    sheet = readable_sheet(path)
    batch = open_batch(county, path=path, file_name=path.name, by=by)
    with counties([county]):
        if batch.state == BatchState.UPLOADED:
            mapping = propose_for(batch, sheet)
            confirm_mapping(batch, mapping, header_row=sheet.header.row, by=by, remember=False)
        stage_if_needed(batch, sheet, progress=progress)
        if dry_run:
            plan_batch(batch, progress=progress)
        else:
            apply_batch(batch, by=by, progress=progress)
    return batch


def readable_sheet(path: Path) -> ClientSheet:
    """The client list in the file, or a `Refusal` with the reason."""
    if not path.is_file():
        raise Refusal(_("There is no file %(path)s.") % {"path": path}, code="no_file")
    try:
        return open_sheet(path)
    except SheetError as fault:
        raise Refusal(str(fault), code="not_a_client_list") from fault


def stage_if_needed(batch: ImportBatch, sheet: ClientSheet, *, progress: Progress = silent) -> None:
    if batch.state in {BatchState.MAPPED, BatchState.STAGING}:
        stage(batch, sheet, progress=progress)


#: States in which nothing is written and nobody works on it.
DROPPABLE = (BatchState.UPLOADED, BatchState.STAGED, BatchState.FAILED)


@transaction.atomic
def drop_batch(batch: ImportBatch, *, by: Actor) -> None:
    """Forget an import that was not applied: its staged rows and its sealed file."""
    require(by, Permission.IMPORT_CLIENTS, place=batch.county_id)
    state = ImportBatch.objects.select_for_update().values_list("state", flat=True).get(pk=batch.pk)
    if state in {BatchState.APPLYING, BatchState.DONE}:
        raise Refusal(_("This import has been written already and cannot be dropped."), code="already_written")
    if state not in DROPPABLE:
        raise Refusal(_("This import is being worked on. Wait for the preview, then drop it."), code="in_hand")
    batch.rows.all().delete()
    file_key, batch.file_key, batch.state = batch.file_key, "", BatchState.DROPPED
    batch.save(update_fields=["file_key", "state"])
    if file_key:
        transaction.on_commit(lambda: store.remove(file_key))
