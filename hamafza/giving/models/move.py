"""Where a gift lies when it does not lie in the fund it was given to any more."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hamafza.giving.models.donation import DonationLine
from hamafza.ledger.models import CountyTransfer, Fund
from hamafza.places.models import CountyOwned


class GiftMove(CountyOwned):
    """So many rial of a donation line went from one fund to another, or to another county; a row is never changed.

    Within the county ``entry`` is the id of the entry that moved the money. Out of it ``transfer`` names the transfer that
    the giver agreed to: the part is held from the request on, and free again when the transfer is refused.
    """

    line = models.ForeignKey(DonationLine, on_delete=models.PROTECT, related_name="moves")
    source = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Fund, on_delete=models.PROTECT, null=True, related_name="+")
    amount = models.BigIntegerField()
    entry = models.UUIDField(null=True)
    transfer = models.ForeignKey(CountyTransfer, on_delete=models.PROTECT, null=True, related_name="gifts")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="giftmove_moves_something"),
            models.CheckConstraint(
                condition=Q(target__isnull=False, entry__isnull=False, transfer__isnull=True)
                | Q(target__isnull=True, entry__isnull=True, transfer__isnull=False),
                name="giftmove_goes_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount}"
