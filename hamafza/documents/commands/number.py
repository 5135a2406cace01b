"""The next number of a series, without gap and without double."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import transaction

from hamafza.core.jalali import to_jalali
from hamafza.documents.models import NumberSeries


class Number(NamedTuple):
    """A number of a series in a Jalali year: 1405, 123."""

    jalali_year: int
    number: int


@transaction.atomic
def next_number(county: str, series: str, *, on: date) -> Number:
    """Take the next number. It is given back when the caller's transaction fails, so there is no gap (F7)."""
    year = to_jalali(on).year
    NumberSeries.objects.bulk_create(
        [NumberSeries(county_id=county, series=series, jalali_year=year)], ignore_conflicts=True
    )
    kept = NumberSeries.objects.select_for_update().get(county_id=county, series=series, jalali_year=year)
    kept.last += 1
    kept.save(update_fields=["last"])
    return Number(year, kept.last)
