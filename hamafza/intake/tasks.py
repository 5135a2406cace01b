"""Work of the background worker."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from django_tasks import task

from hamafza.core.scope import everywhere
from hamafza.intake.choices import IN_HAND
from hamafza.intake.commands.advance import advance
from hamafza.intake.models import ImportBatch


@task()
def advance_import(batch_id: str, county: str) -> None:
    advance(UUID(batch_id), county=county)


def send_to_worker(batch: ImportBatch) -> None:
    """Let the worker go on with this import as soon as what is written here stands."""
    transaction.on_commit(partial(advance_import.enqueue, str(batch.pk), batch.county_id))


def resume_imports() -> int:
    """Put imports that a stopped worker left in the middle back into its queue; gives how many."""
    with everywhere(reason="resume imports"):
        left = list(ImportBatch.objects.filter(state__in=IN_HAND).values_list("id", "county_id"))
    for batch_id, county in left:
        advance_import.enqueue(str(batch_id), county)
    return len(left)
