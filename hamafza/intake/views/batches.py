"""The imports of a county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.choices import Permission
from hamafza.core.parts import Tone
from hamafza.intake.choices import BatchState
from hamafza.intake.forms import CountyForm
from hamafza.intake.models import ImportBatch
from hamafza.intake.queries.batches import batches_of
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name, named_counties

TONES: dict[str, Tone] = {
    BatchState.UPLOADED: "orange",
    BatchState.MAPPED: "blue",
    BatchState.STAGING: "blue",
    BatchState.PLANNING: "blue",
    BatchState.STAGED: "orange",
    BatchState.APPLYING: "blue",
    BatchState.DONE: "green",
    BatchState.FAILED: "red",
    BatchState.DROPPED: "grey",
}


@dataclass(frozen=True)
class BatchRow:
    """An import in words; the counts of outcomes are known when it is done."""

    url: str
    file_name: str
    at: datetime
    who: str
    state: str
    tone: Tone
    rows: int
    created: int | None
    refused: int | None


@require_safe
def batch_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.IMPORT_CLIENTS)
    allowed = actor.counties_with(Permission.IMPORT_CLIENTS)
    page = batches_of(county, after=request.GET.get("after", ""))
    several = len(allowed) > 1
    context = {
        "county_name": county_name(county),
        "filter_form": CountyForm({"county": county}, counties=named_counties(allowed)) if several else None,
        "rows": [batch_row(batch) for batch in page.batches],
        "count": page.count,
        "more_url": f"?county={county}&after={page.after}" if page.after else "",
    }
    return render(request, "intake/batch_list.html", context)


def batch_row(batch: ImportBatch) -> BatchRow:
    """From an import of `queries.batches.batches_of`."""
    result = batch.result or {}
    return BatchRow(
        url=reverse("intake:batch-record", args=[batch.pk]),
        file_name=batch.file_name,
        at=batch.created_at,
        who=who_of(batch),
        state=state_of(batch),
        tone="red" if batch.failure else TONES[batch.state],
        rows=result.get("rows", batch.row_count),
        created=result.get("created"),
        refused=result.get("refused"),
    )


def who_of(batch: ImportBatch) -> str:
    """Whoever sent the file."""
    return str(batch.created_by) if batch.created_by else _("Command line")


def state_of(batch: ImportBatch) -> str:
    """The state in words; writing that has stopped is no longer in hand."""
    stopped = batch.failure and batch.state == BatchState.APPLYING
    return _("Stopped") if stopped else str(BatchState(batch.state).label)
