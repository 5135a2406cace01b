"""The day on which somebody wanted to look at a commitment: on it, whoever asked is told, once."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from hamafza.commitments.commands.tell import tell_issuer
from hamafza.commitments.models import Commitment
from hamafza.commitments.queries.commitments import reviews_untold


@transaction.atomic
def remind_reviews(place: str, *, on: date) -> int:
    """For the housekeeping of an open place: how many came up. Done again, it does nothing."""
    held = list(reviews_untold(on=on).filter(place_id=place).select_for_update(of=("self",)).order_by("pk"))
    for one in held:
        tell_issuer(one, "commitments.review")
        # No save of the record: whoever has it open does not find it changed.
        Commitment.objects.filter(pk=one.pk).update(review_told_on=one.review_on)
    return len(held)
