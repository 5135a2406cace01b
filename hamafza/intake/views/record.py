"""Steps 3 and 4: one address that shows where an import stands, from reading to its result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core.parts import Progress
from hamafza.intake.choices import FAULT_NAMES, IN_HAND, BatchState
from hamafza.intake.commands.advance import may_go_on
from hamafza.intake.models import ImportBatch
from hamafza.intake.queries.batches import how_far
from hamafza.intake.queries.report import counts_of
from hamafza.intake.queries.staged import fault_counts
from hamafza.intake.views.batches import state_of, who_of
from hamafza.intake.views.wizard import wizard_steps
from hamafza.registry.queries.duplicates import undecided


@require_safe
def batch_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = load(request, ImportBatch, pk, may=Permission.IMPORT_CLIENTS)
    if batch.state == BatchState.UPLOADED and batch.file_key:
        return redirect("intake:columns", batch.pk)
    if batch.state in IN_HAND and not batch.failure:
        return _in_hand(request, batch)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRefresh()  # what was polled has come to an end: the whole page is another one now
    if batch.state == BatchState.STAGED:
        return render(request, "intake/batch_preview.html", _preview(batch))
    if batch.state == BatchState.DONE:
        return render(request, "intake/batch_result.html", _result(request, batch))
    return render(request, "intake/batch_stopped.html", _stopped(batch))


def _in_hand(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    far = how_far(batch, now=timezone.now())
    writing = batch.state == BatchState.APPLYING
    progress = Progress(
        _label(batch, ended=far.done >= far.total),
        far.done,
        max(far.total, 1),
        request.path,
        running=True,
        seconds_left=None if far.still else far.seconds_left,
        note=_still() if far.still else "",
    )
    context = {
        "batch": batch,
        "progress": progress,
        "steps": wizard_steps("result" if writing else "preview", batch),
        "writing": writing,
    }
    return render(request, "intake/batch_progress.html", context)


def _label(batch: ImportBatch, *, ended: bool) -> str:
    labels = {
        BatchState.MAPPED: _("The file waits for its turn"),
        BatchState.STAGING: _("Finding the households") if ended else _("Reading the rows"),
        BatchState.PLANNING: _("Comparing with the files of the county"),
        BatchState.APPLYING: _("Looking for people who may be on file twice") if ended else _("Writing the rows"),
    }
    return labels[BatchState(batch.state)]


def _still() -> str:
    return _(
        "For a while nothing has moved. Nothing is lost: the import goes on as soon as the program's worker runs again. If this stays, tell whoever looks after the program."
    )


def _preview(batch: ImportBatch) -> dict[str, Any]:
    counts, faults = counts_of(batch), fault_counts(batch)
    return {
        "batch": batch,
        "steps": wizard_steps("preview", batch),
        "counts": counts,
        "taken": counts.created + counts.matched,
        "faults": faults,
        "refused_kinds": _kinds(faults.refused),
        "warned_kinds": _kinds(faults.warned),
    }


def _result(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    reviews = actor_of(request).may(Permission.REVIEW_DUPLICATES, batch.county_id)
    return {
        **_preview(batch),
        "steps": wizard_steps("result", batch),
        "duplicates": undecided(batch.county_id) if reviews else 0,
        "who": who_of(batch),
        "kept": batch.cleared_at is None,
    }


def _stopped(batch: ImportBatch) -> dict[str, Any]:
    writing = batch.state == BatchState.APPLYING
    return {
        "batch": batch,
        "steps": wizard_steps("result" if writing else "preview", batch),
        "state": state_of(batch),
        "may_go_on": may_go_on(batch),
        "may_drop": batch.state == BatchState.FAILED,
        "dropped": batch.state == BatchState.DROPPED,
        "cleared": batch.cleared_at is not None,
        "writing": writing,
    }


def _kinds(counts: Any) -> list[tuple[str, str, int]]:
    return [(code, str(FAULT_NAMES[code]), count) for code, count in counts.most_common()]
