"""Seals: each closes a stretch of the trail and the seal before it, so that nothing behind it can be altered unseen."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from hamafza.audit.choices import Trail


class Seal(models.Model):
    """``digest`` is SHA-256 over ``previous`` and the rows from ``from_id`` to ``to_id``, in order."""

    id: models.BigAutoField[int, int] = models.BigAutoField(primary_key=True)
    trail = models.CharField(max_length=7, choices=Trail.choices)
    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trail", "from_id"], name="seal_once"),
            models.CheckConstraint(condition=models.Q(to_id__gte=models.F("from_id")), name="seal_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.trail} {self.from_id}..{self.to_id}"
