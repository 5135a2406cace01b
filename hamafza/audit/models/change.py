"""The trail of changes, written by database triggers alone (`audit.triggers`)."""

from __future__ import annotations

from django.db import models

from hamafza.audit.choices import Operation
from hamafza.audit.models.owned import TrailRow


class Change(TrailRow):
    """One row of one table was added, changed or removed.

    ``before`` and ``after`` are JSON objects of columns: all of them for an addition or removal, only those that differ
    for a change. Sealed columns stand there as the hexadecimal ciphertext that lay in the row; nothing is opened.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    table = models.CharField(max_length=63)
    row_id = models.CharField(max_length=64)
    op = models.CharField(max_length=6, choices=Operation.choices)
    before = models.TextField(null=True)
    after = models.TextField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["table", "row_id", "id"], name="change_history"),
            models.Index(fields=["county", "id"], name="change_county"),
            # What was removed from a record is found by the record it hung on; removals are few.
            models.Index(fields=["table", "county"], condition=models.Q(op=Operation.DELETE), name="change_removed"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.op} {self.table}"
