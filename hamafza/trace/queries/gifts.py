"""The gift behind a code."""

from __future__ import annotations

from hamafza.giving.choices import DonationState
from hamafza.giving.models import Donation
from hamafza.trace.queries.codes import Found


def traced_gift(found: Found) -> Donation | None:
    """The gift, whose county must be open; none when it was taken back, as if there were no such code."""
    return Donation.objects.filter(county_id=found.county, pk=found.donation, state=DonationState.CONFIRMED).first()
