"""Compare the kept numbers with the needs themselves (``hamafza verify``)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from hamafza.core.scope import counties, everywhere
from hamafza.needs.models import Need
from hamafza.reports.models import NeedSummary
from hamafza.reports.queries.live import live_numbers
from hamafza.reports.queries.summaries import county_summary, is_stale


@dataclass(frozen=True)
class SummaryFinding:
    """A kept number that is not the live one; both as (standing, met)."""

    county: str
    dimension: str
    key: str
    domain: str
    kept: tuple[int, int]
    live: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.county} {self.dimension} {self.key} {self.domain}: kept {self.kept}, live {self.live}"


def verify_summaries() -> list[SummaryFinding]:
    """What differs. Counties whose refresh is still to come are not compared."""
    findings: list[SummaryFinding] = []
    for county in _counties():
        with counties([county]):
            if is_stale(county):
                continue
            kept, live = county_summary(county).numbers, live_numbers(county, on=timezone.localdate())
        findings += [
            SummaryFinding(county, *place, kept=kept.get(place, (0, 0)), live=live.get(place, (0, 0)))
            for place in sorted({*kept, *live})
            if kept.get(place, (0, 0)) != live.get(place, (0, 0))
        ]
    return findings


def _counties() -> list[str]:
    with everywhere(reason="verify summaries"):
        needing = Need.objects.order_by().values_list("county_id", flat=True).distinct()
        kept = NeedSummary.objects.order_by().values_list("county_id", flat=True).distinct()
        return sorted({*needing, *kept})
