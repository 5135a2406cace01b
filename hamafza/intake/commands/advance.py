"""Moves an import on, step by step; the worker does the long ones."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import actor_for, system_actor
from hamafza.core.errors import Refusal
from hamafza.core.scope import counties
from hamafza.core.session import acting_as
from hamafza.intake.choices import BatchState
from hamafza.intake.commands.apply import apply_batch, plan_batch
from hamafza.intake.commands.import_file import readable_sheet
from hamafza.intake.commands.stage import stage
from hamafza.intake.events import import_failed
from hamafza.intake.models import ImportBatch
from hamafza.intake.plain_file import plain_file
from hamafza.intake.sheets.workbook import SheetError

LONGEST_FAILURE = 300


def begin_writing(batch: ImportBatch, *, by: Actor) -> None:
    """The preview is confirmed: the worker may write."""
    require(by, Permission.IMPORT_CLIENTS, place=batch.county_id)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state != BatchState.STAGED:
            raise Refusal(
                _("This import is not waiting for your word. Reload the page and see its state."), code="not_staged"
            )
        locked.done_group = locked.done_count = 0
        _hand_over(locked, BatchState.APPLYING, by)


def go_on(batch: ImportBatch, *, by: Actor) -> None:
    """Try again what has failed, from where it stopped, now in the name of ``by``."""
    require(by, Permission.IMPORT_CLIENTS, place=batch.county_id)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if not may_go_on(locked):
            raise Refusal(
                _("There is nothing to try again here. Reload the page and see its state."), code="not_failed"
            )
        writing = locked.state == BatchState.APPLYING
        _hand_over(locked, BatchState.APPLYING if writing else BatchState.MAPPED, by)


def may_go_on(batch: ImportBatch) -> bool:
    """Whether it has failed and what it needs is still kept."""
    stopped = batch.state == BatchState.FAILED and batch.mapping is not None and bool(batch.file_key)
    return stopped or (batch.state == BatchState.APPLYING and bool(batch.failure))


def _hand_over(locked: ImportBatch, state: BatchState, by: Actor) -> None:
    locked.state, locked.failure, locked.created_by_id = state, "", by.user_id
    locked.entered_at = locked.moved_at = timezone.now()
    locked.save(update_fields=["state", "failure", "created_by", "done_group", "done_count", "entered_at", "moved_at"])


def advance(batch_id: UUID, *, county: str) -> None:
    """What the worker does: read and compare up to the preview, or write to the end. Goes on after a kill."""
    with counties([county]):
        batch = ImportBatch.objects.select_related("created_by").get(pk=batch_id)
        actor = _actor_of(batch.created_by)
        with acting_as(actor.label):
            try:
                _advance(batch, actor)
            except Refusal as refusal:
                if refusal.code != "moved_on":
                    _fail(batch, str(refusal))
            except SheetError as fault:
                _fail(batch, str(fault))
            except PermissionDenied:
                _fail(
                    batch,
                    _(
                        "Whoever sent the file may no longer bring in clients of this county. A colleague who may can go on with it."
                    ),
                )
            except Exception:
                _fail(
                    batch,
                    _(
                        "The program made a mistake while it worked on this file. Try again; if it happens again, tell the administrator."
                    ),
                )
                raise


def _advance(batch: ImportBatch, actor: Actor) -> None:
    if batch.state in {BatchState.MAPPED, BatchState.STAGING}:
        with plain_file(batch.file_key) as path:
            stage(batch, readable_sheet(path))
    if batch.state == BatchState.PLANNING:
        plan_batch(batch)
    elif batch.state == BatchState.APPLYING:
        apply_batch(batch, by=actor)


def _actor_of(user: User | None) -> Actor:
    """Whoever sent the file, with the duties of today; a duty that has ended stops the import."""
    return actor_for(user) if user else system_actor("import")


def _fail(batch: ImportBatch, reason: str) -> None:
    """Before anything was written the import ends here; afterwards it keeps its place, to go on when the reason is gone."""
    batch.failure = reason[:LONGEST_FAILURE]
    if batch.state != BatchState.APPLYING:
        batch.state = BatchState.FAILED
    with transaction.atomic():
        batch.save(update_fields=["failure", "state"])
        import_failed.send(sender=None, batch=batch)
