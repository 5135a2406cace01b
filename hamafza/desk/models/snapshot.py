"""A report of a period as it was when it was written, for ever."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from hamafza.accounts.models import User
from hamafza.places.models import PlaceOwned


class Snapshot(PlaceOwned):
    """Figures of a place and a period with their letter (``text``: JSON, ``hash``: its sha256); written once.

    ``number`` is gapless in its place and Jalali year; ``period`` is the short text of `desk.periods`.
    """

    number = models.PositiveIntegerField()
    jalali_year = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=24)
    first = models.DateField()
    last = models.DateField()
    text = models.TextField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["place", "-id"], name="snapshot_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["place", "jalali_year", "number"], name="snapshot_number_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="snapshot_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.jalali_year}/{self.number}"

    @property
    def is_sound(self) -> bool:
        """Whether the text is the one that was written."""
        return sha256(self.text) == self.hash


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
