"""Money that crosses a county's border: off unless a province allows it, with consent, two approvers, in public."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core.fields import SealedTextField
from hamafza.core.ids import uuid7
from hamafza.ledger.choices import TransferState
from hamafza.ledger.models.fund import Fund
from hamafza.places.models import CountyOwned, Place


class TransferAllowance(models.Model):
    """A province allows transfers between its counties from one day to another. Public reference data."""

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    province = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("Until"))
    basis = models.CharField(_("Legal basis"), max_length=200)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="allowance_dates_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.province_id} {self.valid_from}"


class CountyTransfer(CountyOwned):
    """A transfer out of ``county``: two linked entries, one in each county's books, through account 1190 (F3).

    ``consent`` is the giver's own words; ``entry_out`` and ``entry_in`` are the ids of the two entries.
    """

    from_fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    to_county = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    to_fund = models.UUIDField()
    amount = models.BigIntegerField(_("Amount"))
    reason = models.CharField(_("Reason"), max_length=300)
    consent = SealedTextField(_("Consent of the giver"))
    consent_on = models.DateField(_("Date of the consent"))
    allowance = models.ForeignKey(TransferAllowance, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=13, choices=TransferState.choices, default=TransferState.REQUESTED)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    first_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    second_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    refused_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(_("Why not"), max_length=200, blank=True, default="")
    entry_out = models.UUIDField(null=True)
    entry_in = models.UUIDField(null=True)
    requested_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["county", "state"], name="transfer_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_moves_something"),
            models.CheckConstraint(condition=~Q(county=F("to_county")), name="transfer_crosses_a_border"),
            models.CheckConstraint(
                condition=~Q(state__in=[TransferState.APPROVED, TransferState.DONE])
                | (
                    Q(first_by__isnull=False, second_by__isnull=False, requested_by__isnull=False)
                    & ~Q(first_by=F("second_by"))
                    & ~Q(first_by=F("requested_by"))
                    & ~Q(second_by=F("requested_by"))
                ),
                name="transfer_two_approvers",
            ),
            models.CheckConstraint(
                condition=~Q(state=TransferState.DONE) | Q(entry_out__isnull=False, entry_in__isnull=False),
                name="transfer_has_both_entries",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county_id} > {self.to_county_id}"
