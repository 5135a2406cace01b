"""Numbers of a county, kept so that a board opens at once; recomputed from the needs, never counted up or down."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from hamafza.needs.choices import Domain
from hamafza.places.models import CountyOwned
from hamafza.reports.choices import Dimension


class NeedSummary(CountyOwned):
    """How many needs stand, and how many are met, for one key of one dimension; ``domain`` empty: of all domains.

    With dimension `HOUSEHOLDS` the numbers count households, elsewhere needs. Of `SINCE` only standing needs are kept.
    With `HELPED` they count families helped in the last year, and times.
    """

    dimension = models.CharField(max_length=10, choices=Dimension.choices)
    key = models.CharField(max_length=24, blank=True, default="")
    domain = models.CharField(max_length=16, choices=Domain.choices, blank=True, default="")
    standing = models.PositiveIntegerField(default=0)
    met = models.PositiveIntegerField(default=0)
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "dimension", "key", "domain"], name="needsummary_once"),
        ]

    def __str__(self) -> str:
        return f"{self.county_id} {self.dimension} {self.key} {self.domain}"


class SummaryMark(CountyOwned):
    """Something changed in the county since its numbers were computed. Written with the change, only ever inserted."""

    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["county", "at"], name="summarymark_county")]

    def __str__(self) -> str:
        return f"{self.county_id} {self.at}"
