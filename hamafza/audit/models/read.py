"""Who read sensitive fields, and why."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from hamafza.audit.models.owned import TrailRow


class ReadEntry(TrailRow):
    """``actor`` was shown ``fields`` of one record; or all counties were opened at once (no subject)."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=120)
    subject_type = models.CharField(max_length=63, blank=True, default="")
    subject_id = models.CharField(max_length=64, blank=True, default="")
    fields = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="read_history"),
            models.Index(fields=["county", "id"], name="read_county"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.subject_type}"
