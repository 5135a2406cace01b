"""Goods that somebody reports as spoilt or lost, until somebody else has confirmed it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core.versioned import Versioned
from hamafza.distribution.choices import LossState
from hamafza.distribution.models.stock import Lot, Warehouse
from hamafza.places.models import CountyOwned


class Loss(Versioned, CountyOwned):
    """So many units of a lot in a store are said to be gone; they leave the stock when other hands confirm it."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="losses")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(_("Units"))
    reason = models.CharField(_("How it happened"), max_length=200)
    state = models.CharField(_("State"), max_length=9, choices=LossState.choices, default=LossState.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    #: Why it was not confirmed.
    answer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["county", "state", "-id"], name="loss_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="loss_of_something"),
            models.CheckConstraint(condition=Q(state__in=LossState.values), name="loss_state_known"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="loss_two_hands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.quantity}"
