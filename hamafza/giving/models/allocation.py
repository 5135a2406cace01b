"""What is decided about money: allocation, payment, and which gift was used for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core.versioned import Versioned
from hamafza.giving.choices import AllocationState, DisbursementState, PayMethod
from hamafza.giving.models.card import Reservation
from hamafza.giving.models.donation import DonationLine
from hamafza.ledger.models import Fund
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.places.models import CountyOwned


class Allocation(Versioned, CountyOwned):
    """So much of a fund for one need, or for the purchase of goods for a purpose (``need`` empty)."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="allocations")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="allocations")
    units = models.PositiveIntegerField(_("Units of the need"), default=1)
    what = models.CharField(_("For what"), max_length=160)
    purpose = models.CharField(_("Purpose"), max_length=16, choices=Domain.choices, blank=True, default="")
    amount = models.BigIntegerField(_("Amount"))
    #: Paid out or spent on goods so far; given back to the fund. The rest is still committed.
    spent_rial = models.BigIntegerField(default=0, editable=False)
    released_rial = models.BigIntegerField(default=0, editable=False)
    #: Why a purpose other than the fund's is allowed: the surplus rule that opened the way (F5).
    surplus_reason = models.CharField(max_length=200, blank=True, default="")
    #: Why the household may get the same thing again within its period (N7).
    again_reason = models.CharField(max_length=200, blank=True, default="")
    #: The giver's own hold on the units, which passes over to the allocation of her money when it is approved.
    reservation = models.OneToOneField(
        Reservation, on_delete=models.PROTECT, null=True, related_name="allocation", editable=False
    )
    state = models.CharField(max_length=9, choices=AllocationState.choices, default=AllocationState.PROPOSED)
    reason = models.CharField(max_length=200, blank=True, default="")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["county", "state", "-id"], name="allocation_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="allocation_moves_something"),
            # None are left when they were given back and only money came back afterwards.
            models.CheckConstraint(condition=Q(units__gt=0) | Q(released_rial__gt=0), name="allocation_of_whole_units"),
            models.CheckConstraint(
                condition=Q(spent_rial__gte=0, released_rial__gte=0)
                & Q(amount__gte=models.F("spent_rial") + models.F("released_rial")),
                name="allocation_not_overspent",
            ),
            models.CheckConstraint(condition=Q(state__in=AllocationState.values), name="allocation_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[AllocationState.APPROVED, AllocationState.SPENT])
                | Q(approved_at__isnull=False),
                name="allocation_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Disbursement(Versioned, CountyOwned):
    """A payment out of an approved allocation."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="disbursements")
    amount = models.BigIntegerField(_("Amount"))
    #: Units of the need that are met with this payment; none when more payments follow for the same unit.
    units = models.PositiveIntegerField(_("Units of the need"), default=0)
    method = models.CharField(_("How"), max_length=17, choices=PayMethod.choices)
    payee = models.CharField(_("Paid to"), max_length=120, blank=True, default="")
    reference = models.CharField(_("Reference of the payment"), max_length=60, blank=True, default="")
    state = models.CharField(max_length=9, choices=DisbursementState.choices, default=DisbursementState.REQUESTED)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    paid_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["county", "state", "-id"], name="disbursement_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="disbursement_moves_something"),
            models.CheckConstraint(condition=Q(state__in=DisbursementState.values), name="disbursement_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[DisbursementState.PAID, DisbursementState.CONFIRMED])
                | Q(paid_at__isnull=False),
                name="disbursement_paid_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.allocation_id} {self.amount}"


class GiftUse(CountyOwned):
    """So many rial of a donation line went into an allocation; taken back by a negative row, never changed (T1, T2)."""

    line = models.ForeignKey(DonationLine, on_delete=models.PROTECT, related_name="uses")
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="uses")
    amount = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["line", "allocation"], name="giftuse_by_line")]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="giftuse_moves_something")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount}"
