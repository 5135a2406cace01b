"""The numbers as they are kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from hamafza.reports.choices import Dimension
from hamafza.reports.models import NeedSummary, SummaryMark
from hamafza.reports.queries.live import Numbers


@dataclass(frozen=True)
class CountySummary:
    """The kept numbers of one county."""

    numbers: Numbers = field(default_factory=dict)
    computed_at: datetime | None = None

    def standing(self, dimension: str = Dimension.TOTAL, key: str = "", domain: str = "") -> int:
        return self.numbers.get((dimension, key, domain), (0, 0))[0]

    def met(self, dimension: str = Dimension.TOTAL, key: str = "", domain: str = "") -> int:
        return self.numbers.get((dimension, key, domain), (0, 0))[1]

    def keys(self, dimension: str) -> list[str]:
        """Keys of a dimension under which something stands or is met."""
        return sorted({key for one, key, domain in self.numbers if one == dimension and not domain})

    def waiting_between(self, on: date, low: int, high: int | None) -> int:
        """Needs that on this day have waited at least ``low`` and less than ``high`` days."""
        first = None if high is None else on - timedelta(days=high)
        last = on - timedelta(days=low)
        days = (
            (date.fromisoformat(key), numbers[0])
            for (one, key, _), numbers in self.numbers.items()
            if one == Dimension.SINCE
        )
        return sum(count for day, count in days if (day <= last or low == 0) and (first is None or day > first))


def county_summary(county: str) -> CountySummary:
    """One county, which must be open; one query."""
    rows = NeedSummary.objects.filter(county_id=county)
    numbers: Numbers = {}
    computed_at = None
    for dimension, key, domain, standing, met, at in rows.values_list(
        "dimension", "key", "domain", "standing", "met", "computed_at"
    ):
        numbers[dimension, key, domain] = (standing, met)
        computed_at = max(computed_at, at) if computed_at else at
    return CountySummary(numbers, computed_at)


def is_stale(county: str) -> bool:
    """Whether marks wait, or the numbers are of another day (groups end and ages turn by the calendar alone)."""
    if SummaryMark.objects.filter(county_id=county).exists():
        return True
    at = (
        NeedSummary.objects.filter(county_id=county)
        .order_by("-computed_at")
        .values_list("computed_at", flat=True)
        .first()
    )
    return at is not None and timezone.localdate(at) != timezone.localdate()


@dataclass(frozen=True)
class CountyLine:
    """A county in the table of its province."""

    code: str
    name: str
    standing: int
    severe: int
    met: int
    households: int


def county_lines(counties: Collection[tuple[str, str]]) -> list[CountyLine]:
    """Counties (code and name) side by side; one query for all of them."""
    asked = (Dimension.TOTAL, Dimension.SEVERITY, Dimension.HOUSEHOLDS)
    rows = NeedSummary.objects.filter(county_id__in=[code for code, _ in counties], domain="", dimension__in=asked)
    found = {(row.county_id, row.dimension, row.key): row for row in rows}

    def standing(code: str, dimension: str, key: str = "") -> int:
        row = found.get((code, dimension, key))
        return row.standing if row else 0

    return [
        CountyLine(
            code=code,
            name=name,
            standing=standing(code, Dimension.TOTAL),
            severe=standing(code, Dimension.SEVERITY, "4") + standing(code, Dimension.SEVERITY, "5"),
            met=found[code, Dimension.TOTAL, ""].met if (code, Dimension.TOTAL, "") in found else 0,
            households=standing(code, Dimension.HOUSEHOLDS),
        )
        for code, name in counties
    ]
