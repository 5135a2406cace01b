"""Numbers without gaps: of letters, receipts, gifts, rounds."""

from __future__ import annotations

from django.db import models

from hamafza.places.models import CountyOwned


class NumberSeries(CountyOwned):
    """The last number given in a series of a county in a Jalali year."""

    series = models.CharField(max_length=60)
    jalali_year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "series", "jalali_year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.jalali_year}"
