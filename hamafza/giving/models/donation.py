"""Donations: what was received, how it was paid, its receipt, and what went back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization, User
from hamafza.core import clock
from hamafza.core.fields import SealedTextField
from hamafza.core.versioned import Versioned
from hamafza.giving.choices import (
    Attribution,
    Channel,
    DonationState,
    GiftKind,
    PaymentState,
    ReceiptKind,
    RefundState,
    WishClosure,
)
from hamafza.giving.models.benefactor import Benefactor
from hamafza.giving.models.designation import Designated
from hamafza.giving.models.item import Item
from hamafza.giving.models.pledge import Instalment
from hamafza.ledger.models import Fund
from hamafza.needs.choices import Domain
from hamafza.places.models import CountyOwned


class Donation(Versioned, Designated, CountyOwned):
    """A gift (کمک). ``attribution`` is a copy of its day: a giver who becomes known later stays unknown here."""

    number = models.PositiveIntegerField(editable=False)
    jalali_year = models.PositiveSmallIntegerField(editable=False)
    benefactor = models.ForeignKey(
        Benefactor,
        verbose_name=_("Benefactor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="donations",
    )
    attribution = models.CharField(max_length=10, choices=Attribution.choices, default=Attribution.ANONYMOUS)
    received_on = models.DateField(_("Received on"), default=clock.today)
    channel = models.CharField(_("How"), max_length=13, choices=Channel.choices)
    reference = models.CharField(_("Reference of the payment"), max_length=60, blank=True, default="")
    state = models.CharField(max_length=9, choices=DonationState.choices, default=DonationState.PENDING, editable=False)
    trace_code = models.CharField(max_length=16, unique=True, editable=False)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    confirmed_at = models.DateTimeField(null=True, editable=False)
    state_reason = models.CharField(max_length=200, blank=True, default="", editable=False)
    #: Why the wish was over when this instalment was paid: it lies by the rule for what is left over, or in suspense
    #: until the giver has said what she wants now (P5). Empty again once she has.
    wish_closed = models.CharField(
        _("What it was promised for is over"),
        max_length=11,
        choices=WishClosure.choices,
        blank=True,
        default="",
        editable=False,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["county", "-received_on", "-id"], name="donation_by_day"),
            models.Index(fields=["county", "state"], name="donation_by_state"),
            models.Index(fields=["benefactor", "-received_on"], name="donation_by_benefactor"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["county", "jalali_year", "number"], name="donation_number_once"),
            models.CheckConstraint(condition=Q(state__in=DonationState.values), name="donation_state_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="donation_channel_known"),
            models.CheckConstraint(
                condition=Q(wish_closed="") | Q(wish_closed__in=WishClosure.values), name="donation_closure_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jalali_year}-{self.number}"


class DonationLine(CountyOwned):
    """Money, or so many units of an item at an estimated value, for one fund. ``amount`` in rial in both cases."""

    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=7, choices=GiftKind.choices)
    amount = models.BigIntegerField(_("Amount or estimated value"))
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    quantity = models.PositiveIntegerField(_("Quantity"), null=True)
    valuation = models.CharField(_("Basis of the valuation"), max_length=120, blank=True, default="")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="donation_lines")
    instalment = models.ForeignKey(Instalment, on_delete=models.PROTECT, null=True, related_name="donation_lines")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=GiftKind.MONEY, amount__gt=0, item__isnull=True, quantity__isnull=True)
                | Q(kind=GiftKind.GOODS, amount__gte=0, item__isnull=False, quantity__gt=0)
                | Q(kind=GiftKind.SERVICE, amount__gte=0, item__isnull=True),
                name="donationline_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Payment(CountyOwned):
    """A payment through a gateway: however often the gateway calls back, it is one donation (F6)."""

    donation = models.OneToOneField(Donation, on_delete=models.PROTECT, related_name="payment")
    gateway = models.CharField(max_length=20)
    token = models.CharField(max_length=64, unique=True)
    reference = models.CharField(max_length=64, blank=True, default="")
    amount = models.BigIntegerField()
    fee = models.BigIntegerField(default=0)
    state = models.CharField(max_length=9, choices=PaymentState.choices, default=PaymentState.INITIATED)
    settled_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "reference"], condition=~Q(reference=""), name="payment_reference_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.reference}"


class BankStatement(CountyOwned):
    """An imported statement of one account."""

    account = models.CharField(_("Account"), max_length=34)
    file_hash = models.CharField(max_length=64)
    file_name = models.CharField(max_length=120)
    line_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["county", "-at"], name="statement_by_day")]

    def __str__(self) -> str:
        return self.file_name


class BankLine(CountyOwned):
    """A line of a statement; it belongs to at most one donation. ``mark`` makes the same line of two files one row."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(max_length=34)
    on = models.DateField()
    amount = models.BigIntegerField()
    reference = models.CharField(max_length=60, blank=True, default="")
    payer = SealedTextField()
    mark = models.CharField(max_length=64)
    donation = models.OneToOneField(Donation, on_delete=models.PROTECT, null=True, related_name="bank_line")
    set_aside_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["county", "-on", "id"], name="bankline_by_day")]
        constraints = [models.UniqueConstraint(fields=["county", "mark"], name="bankline_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.amount}"


class Receipt(CountyOwned):
    """A receipt (رسید): numbers without gap in county and Jalali year; voided, never removed (F7)."""

    number = models.PositiveIntegerField()
    jalali_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=ReceiptKind.choices, default=ReceiptKind.EACH)
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, null=True, related_name="receipts")
    benefactor = models.ForeignKey(Benefactor, on_delete=models.PROTECT, null=True, related_name="receipts")
    #: The Jalali year that an annual statement tells of.
    annual_year = models.PositiveSmallIntegerField(null=True)
    #: What is printed on it, as JSON, as it was on its day.
    printed = SealedTextField()
    printed_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "jalali_year", "number"], name="receipt_number_once"),
            models.UniqueConstraint(
                fields=["donation"],
                condition=Q(kind=ReceiptKind.EACH, voided_at__isnull=True),
                name="receipt_one_valid_a_donation",
            ),
            models.UniqueConstraint(
                fields=["benefactor", "annual_year"],
                condition=Q(kind=ReceiptKind.ANNUAL, voided_at__isnull=True),
                name="receipt_one_valid_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jalali_year}-{self.number}"


class Refund(CountyOwned):
    """Money that goes back to its giver, as far as it is not spent."""

    line = models.ForeignKey(DonationLine, on_delete=models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField(_("Amount"))
    reason = models.CharField(_("Reason"), max_length=200)
    state = models.CharField(max_length=9, choices=RefundState.choices, default=RefundState.REQUESTED)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    paid_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True)
    #: Of the payment back, as the bank knows it.
    reference = models.CharField(_("Reference of the payment"), max_length=60, blank=True, default="")
    state_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["county", "state"], name="refund_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_moves_something"),
            models.CheckConstraint(condition=Q(state__in=RefundState.values), name="refund_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount}"


class Appropriation(CountyOwned):
    """The government's share (سهم دولت): money of the state for a purpose in this county, in the same ledger."""

    number = models.CharField(_("Number of the notice"), max_length=40)
    on = models.DateField(_("Received on"), default=clock.today)
    amount = models.BigIntegerField(_("Amount"))
    purpose = models.CharField(_("Purpose"), max_length=16, choices=Domain.choices, blank=True, default="")
    source = models.ForeignKey(
        Organization,
        verbose_name=_("From which body"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    source_name = models.CharField(_("Body and budget line"), max_length=160)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="appropriations", editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    #: Taken back, because it was written wrongly or never came; the number may then be booked anew.
    reversed_at = models.DateTimeField(null=True, editable=False)
    reversed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    reverse_reason = models.CharField(_("Reason"), max_length=200, blank=True, default="", editable=False)

    class Meta:
        indexes = [models.Index(fields=["county", "-on", "-id"], name="appropriation_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "number"], condition=Q(reversed_at__isnull=True), name="appropriation_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="appropriation_positive"),
        ]

    def __str__(self) -> str:
        return self.number
