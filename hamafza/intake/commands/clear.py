"""Uploaded workbooks and staged rows go after 30 days (invariant Q7); the counts of the import stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hamafza.core.scope import everywhere
from hamafza.documents import store
from hamafza.intake.models import ImportBatch, ImportRow

ROWS_AT_ONCE = 5000


def clear_old_imports(*, before: datetime) -> int:
    """Clear imports begun before a moment; gives how many."""
    with everywhere(reason="remove old imports"):
        old = list(ImportBatch.objects.filter(created_at__lt=before, cleared_at__isnull=True))
        for batch in old:
            _clear(batch)
    return len(old)


def _clear(batch: ImportBatch) -> None:
    """Rows first, a bounded number at once; the file last, so that a killed run begins again with it."""
    while ids := list(batch.rows.values_list("id", flat=True)[:ROWS_AT_ONCE]):
        with transaction.atomic():
            ImportRow.objects.filter(id__in=ids).delete()
    if batch.file_key:
        store.remove(batch.file_key)
    batch.file_key, batch.cleared_at = "", timezone.now()
    batch.save(update_fields=["file_key", "cleared_at"])
