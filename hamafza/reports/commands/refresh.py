"""Compute a county's numbers anew. Derived from recorded rows alone, so it asks nobody for permission."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from hamafza.core.scope import counties
from hamafza.places.models import Place
from hamafza.reports.models import NeedSummary, SummaryMark
from hamafza.reports.queries.live import live_numbers
from hamafza.reports.queries.summaries import is_stale

AT_ONCE = 500


def refresh_summaries(county: str) -> int:
    """Take the marks there are, count anew, write the numbers, remove only those marks; gives how many there were.

    What is committed after the marks were read leaves a mark of its own, which stays.
    """
    with transaction.atomic(), counties([county]):
        # Two refreshes of one county follow each other; the lock does not stop rows that point at the place.
        Place.objects.select_for_update(no_key=True).get(pk=county)
        seen = list(SummaryMark.objects.filter(county_id=county).values_list("pk", flat=True))
        numbers, now = live_numbers(county, on=timezone.localdate()), timezone.now()
        NeedSummary.objects.filter(county_id=county).delete()
        NeedSummary.objects.bulk_create(
            [
                NeedSummary(
                    county_id=county,
                    dimension=dimension,
                    key=key,
                    domain=domain,
                    standing=standing,
                    met=met,
                    computed_at=now,
                )
                for (dimension, key, domain), (standing, met) in numbers.items()
            ],
            batch_size=AT_ONCE,
        )
        for start in range(0, len(seen), AT_ONCE):
            SummaryMark.objects.filter(pk__in=seen[start : start + AT_ONCE]).delete()
    return len(seen)


def refresh_if_stale(county: str) -> None:
    """What a board does when it is opened: one county's work at most."""
    with counties([county]):
        stale = is_stale(county)
    if stale:
        refresh_summaries(county)
