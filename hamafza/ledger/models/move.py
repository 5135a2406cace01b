"""Money that goes from one fund of a county to another: asked for by one, approved by another above the threshold."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.ledger.choices import MoveState
from hamafza.ledger.models.fund import Fund
from hamafza.places.models import CountyOwned


class FundMove(CountyOwned):
    """So much of a fund to another one; ``entry`` is the id of the entry that books it."""

    source = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="moves_out")
    target = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="moves_in")
    amount = models.BigIntegerField(_("Amount"))
    reason = models.CharField(_("Reason"), max_length=200)
    state = models.CharField(max_length=9, choices=MoveState.choices, default=MoveState.REQUESTED)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(_("Why not"), max_length=200, blank=True, default="")
    entry = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["source", "state"], name="move_by_fund")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="move_moves_something"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="move_has_two_funds"),
            models.CheckConstraint(condition=Q(state__in=MoveState.values), name="move_state_known"),
            models.CheckConstraint(
                condition=~Q(state=MoveState.DONE) | Q(entry__isnull=False), name="move_done_is_booked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"
