"""Rounds: whose turn it is, why, and what was handed over with which proof."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core import clock
from hamafza.core.fields import SealedTextField
from hamafza.core.versioned import Versioned
from hamafza.distribution.choices import SERVED_STATES, EntryState, Proof, RoundState
from hamafza.distribution.models.stock import Lot, Warehouse
from hamafza.giving.models import Item
from hamafza.needs.models import Need
from hamafza.places.models import CountyOwned
from hamafza.registry.models import Household

#: The figures of a round in one of these add up.
CLOSED_STATES = (RoundState.RECONCILED, RoundState.REPORTED)


class Round(Versioned, CountyOwned):
    """A distribution round (نوبت توزیع): one item, one period, the households whose need ranks first.

    ``rule`` is what the list was drawn up by (domain, severity, target group, district, decile; `needs` filters), kept
    as it was. ``period`` names the span in which nobody is served twice, such as 1405-08 or 1405-W34 (`periods`).
    ``packed``, ``delivered``, ``wasted`` and ``came_back`` count units of the item; the last three are written when the
    round is reconciled, and the database refuses figures that do not add up (S4). ``audit_percent`` of the deliveries
    are drawn then, to be called back (S9).
    """

    number = models.PositiveIntegerField(editable=False)
    jalali_year = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(_("Title"), max_length=120)
    item = models.ForeignKey(
        Item, verbose_name=_("What is handed out"), on_delete=models.PROTECT, related_name="rounds"
    )
    per_household = models.PositiveIntegerField(_("How many a household"), default=1)
    planned = models.PositiveIntegerField(_("How many households"))
    period = models.CharField(_("Period"), max_length=20)
    starts_on = models.DateField(_("Begins"), default=clock.today)
    warehouse = models.ForeignKey(
        Warehouse, verbose_name=_("From which store"), on_delete=models.PROTECT, related_name="rounds"
    )
    rule = models.JSONField(default=dict, editable=False)
    state = models.CharField(
        _("State"), max_length=10, choices=RoundState.choices, default=RoundState.PLANNED, editable=False
    )
    reason = models.CharField(_("Reason"), max_length=200, blank=True, default="", editable=False)
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    approved_by = models.ForeignKey(
        User, verbose_name=_("Approved by"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    packed = models.PositiveIntegerField(_("Packed"), default=0, editable=False)
    packed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    packed_at = models.DateTimeField(null=True, editable=False)
    out_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    out_at = models.DateTimeField(null=True, editable=False)
    delivered = models.PositiveIntegerField(_("Delivered"), default=0, editable=False)
    wasted = models.PositiveIntegerField(_("Spoilt or lost"), default=0, editable=False)
    came_back = models.PositiveIntegerField(_("Came back"), default=0, editable=False)
    reconciled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    reconciled_at = models.DateTimeField(null=True, editable=False)
    audit_percent = models.PositiveSmallIntegerField(_("Called back, percent"), default=5)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    reported_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["county", "-starts_on", "-id"], name="round_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["county", "jalali_year", "number"], name="round_number_once"),
            models.CheckConstraint(condition=Q(per_household__gt=0, planned__gt=0), name="round_of_something"),
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state_known"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("planned_by")), name="round_two_hands"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CLOSED_STATES) | Q(packed=F("delivered") + F("wasted") + F("came_back")),
                name="round_adds_up",
            ),
            models.CheckConstraint(condition=Q(audit_percent__lte=100), name="round_audit_percent"),
        ]

    def __str__(self) -> str:
        return self.title


class RoundEntry(Versioned, CountyOwned):
    """A household on the list of a round, with the reason; the next ones in rank stand by (S5).

    ``item`` and ``period`` repeat the round's, so that the database refuses to serve a household twice in a period.
    ``why`` keeps the score with its parts and the waiting time as they were. ``units`` of the need are promised.
    ``token`` is printed on the paper slip a family shows: it names nobody. ``replaces`` is whose package this is.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="round_entries")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="round_entries")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=20)
    rank = models.PositiveIntegerField()
    why = models.JSONField(default=dict)
    state = models.CharField(_("State"), max_length=9, choices=EntryState.choices, default=EntryState.LISTED)
    units = models.PositiveIntegerField(default=0)
    token = models.CharField(max_length=12)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    reason = models.CharField(max_length=200, blank=True, default="")
    #: Why the household may get it although another source gave it the same (N7); said at the approval.
    again_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["rank"]
        indexes = [models.Index(fields=["round", "state", "rank"], name="roundentry_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["round", "household"], name="roundentry_once"),
            models.UniqueConstraint(fields=["round", "rank"], name="roundentry_rank_once"),
            models.UniqueConstraint(fields=["county", "token"], name="roundentry_token_once"),
            models.UniqueConstraint(
                fields=["household", "item", "period"],
                condition=Q(state__in=sorted(SERVED_STATES)),
                name="roundentry_once_a_period",
            ),
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="roundentry_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.rank}"


class RoundLot(CountyOwned):
    """So many units of a lot are set aside for a round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="lots")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="rounds")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "lot"], name="roundlot_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="roundlot_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.lot_id}"


class Delivery(CountyOwned):
    """What reached a household, of which lot, with which proof (S4). A signature or photo is a sealed document.

    Written once and kept: what came back afterwards has ``returned_at``.
    """

    entry = models.OneToOneField(RoundEntry, on_delete=models.PROTECT, related_name="delivery")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="deliveries")
    quantity = models.PositiveIntegerField()
    on = models.DateField(default=clock.today)
    proof = models.CharField(_("Proof"), max_length=9, choices=Proof.choices)
    proof_text = SealedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    #: The call back by another office (S9): drawn by lot, and whether the household says it has received it.
    audit_drawn = models.BooleanField(default=False)
    audited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    audited_at = models.DateTimeField(null=True)
    audit_said_yes = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["county", "-on", "-id"], name="delivery_by_day"),
            models.Index(fields=["county", "at"], condition=Q(audit_drawn=True), name="delivery_to_call_back"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="delivery_of_something"),
            models.CheckConstraint(condition=Q(proof__in=Proof.values), name="delivery_proof_known"),
            models.CheckConstraint(
                condition=Q(audited_by__isnull=True) | ~Q(audited_by=F("by")), name="delivery_audited_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.quantity}"


class DeliveryCode(CountyOwned):
    """The one-time code sent to a household's phone: only its keyed hash is kept."""

    entry = models.OneToOneField(RoundEntry, on_delete=models.CASCADE, related_name="code")
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    #: How many codes were sent to this household for this round; more than a few is refused.
    sendings = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.entry_id)
