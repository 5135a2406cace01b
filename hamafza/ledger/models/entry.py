"""The journal: entries are written with their lines, then sealed by posting, and never change again."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization, User
from hamafza.ledger.choices import Account, EntryKind, PeriodState
from hamafza.ledger.models.fund import Fund
from hamafza.places.models import CountyOwned


class FiscalPeriod(CountyOwned):
    """A month of the books, by the Jalali calendar. No entry is dated in a closed one (F10)."""

    jalali_year = models.PositiveSmallIntegerField(_("Year"))
    jalali_month = models.PositiveSmallIntegerField(_("Month"))
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=7, choices=PeriodState.choices, default=PeriodState.OPEN)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reopen_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["county", "jalali_year", "jalali_month"], name="period_once"),
            models.CheckConstraint(condition=Q(jalali_month__range=(1, 12)), name="period_month_1_to_12"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="period_dates_in_order"),
            models.CheckConstraint(condition=Q(state__in=PeriodState.values), name="period_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PeriodState.CLOSED) | Q(closed_at__isnull=False), name="period_closed_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(reopened_by__isnull=True) | ~Q(reopened_by=F("closed_by")), name="period_two_hands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jalali_year}/{self.jalali_month:02d}"


class JournalEntry(CountyOwned):
    """An entry (سند) of one county's books: a draft while ``posted_at`` is empty, then sealed for ever (F2).

    ``number`` is gapless in the county; ``hash`` covers the entry, its lines and ``prev_hash``, the hash of the entry
    before it (F11). ``source_type`` and ``source_id`` name what moved: a donation line, an allocation, a lot.
    """

    number = models.PositiveBigIntegerField(null=True, editable=False)
    on = models.DateField(_("Date"))
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    description = models.CharField(max_length=200, blank=True, default="")
    source_type = models.CharField(max_length=40)
    source_id = models.UUIDField()
    reversal_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    transfer = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, null=True, related_name="+")
    posted_at = models.DateTimeField(null=True)
    prev_hash = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["county", "-on", "-number"], name="entry_by_day"),
            models.Index(fields=["source_type", "source_id"], name="entry_by_source"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="entry_number_once"),
            models.UniqueConstraint(
                fields=["county", "prev_hash"], condition=Q(posted_at__isnull=False), name="entry_chain_has_no_fork"
            ),
            models.UniqueConstraint(
                fields=["county", "transfer"], condition=Q(transfer__isnull=False), name="entry_transfer_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_known"),
            models.CheckConstraint(
                condition=Q(posted_at__isnull=True, number__isnull=True, hash="")
                | (Q(posted_at__isnull=False, number__isnull=False) & ~Q(hash="")),
                name="entry_posted_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.REVERSAL, reversal_of__isnull=False)
                | (~Q(kind=EntryKind.REVERSAL) & Q(reversal_of__isnull=True)),
                name="entry_reversal_names_its_entry",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number or "draft")


class JournalLine(CountyOwned):
    """A line: so many rial on an account, in a fund; a debit is positive, a credit negative."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    account = models.CharField(max_length=4, choices=Account.choices)
    fund = models.ForeignKey(Fund, db_index=False, on_delete=models.PROTECT, related_name="lines")
    amount = models.BigIntegerField()
    counterparty = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    memo = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["fund", "account"], name="line_by_fund")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="line_position_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="line_moves_something"),
            models.CheckConstraint(condition=Q(account__in=Account.values), name="line_account_known"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"
