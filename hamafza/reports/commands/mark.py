"""Mark that a county's numbers are to be computed anew."""

from __future__ import annotations

from hamafza.core.scope import counties
from hamafza.reports.models import SummaryMark


def mark_changed(county: str) -> bool:
    """Leave a mark in the transaction of the change; gives whether it is the only one (nobody has been told yet)."""
    with counties([county]):
        is_first = not SummaryMark.objects.filter(county_id=county).exists()
        SummaryMark.objects.create(county_id=county)
    return is_first
