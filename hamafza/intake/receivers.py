"""Whoever sent a file learns how it ended."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from hamafza.intake.models import ImportBatch
from hamafza.intake.queries.report import counts_of
from hamafza.notices.commands.notify import notify


def tell_of_done_import(sender: Any, *, batch: ImportBatch, **_more: Any) -> None:
    """A message with the counts; none for the command line, which says them itself."""
    if batch.created_by is None:
        return
    counts = counts_of(batch)
    params: dict[str, str | int] = {
        "file": batch.file_name,
        "created": counts.created,
        "matched": counts.matched,
        "refused": counts.refused,
    }
    notify(
        batch.created_by, code="intake.batch.done", params=params, url=reverse("intake:batch-record", args=[batch.pk])
    )


def tell_of_failed_import(sender: Any, *, batch: ImportBatch, **_more: Any) -> None:
    """A message that leads to the reason."""
    if batch.created_by is None:
        return
    url = reverse("intake:batch-record", args=[batch.pk])
    notify(batch.created_by, code="intake.batch.failed", params={"file": batch.file_name}, url=url)
