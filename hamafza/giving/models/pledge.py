"""Pledges: a promise, its schedule in versions, and its instalments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core import clock
from hamafza.core.fields import SealedTextField
from hamafza.core.versioned import Versioned
from hamafza.giving.choices import Frequency, GiftKind, PledgeState, ReminderStage, ScheduleCalendar
from hamafza.giving.models.benefactor import Benefactor
from hamafza.giving.models.designation import Designated
from hamafza.giving.models.item import Item
from hamafza.places.models import CountyOwned
from hamafza.places.models.occasion import Occasion


class Pledge(Versioned, Designated, CountyOwned):
    """A promise (تعهد) of a benefactor: money, goods or a service, once or again and again.

    What and when stands in `PledgeVersion`; an amendment is a new version from a day on and leaves the past alone.
    """

    number = models.PositiveIntegerField(editable=False)
    jalali_year = models.PositiveSmallIntegerField(editable=False)
    benefactor = models.ForeignKey(Benefactor, on_delete=models.PROTECT, related_name="pledges", editable=False)
    kind = models.CharField(_("What is promised"), max_length=7, choices=GiftKind.choices)
    item = models.ForeignKey(
        Item, verbose_name=_("Item"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.CharField(_("Service"), max_length=120, blank=True, default="")
    condition = SealedTextField(_("Condition of the vow"))
    #: A vow that waits for its condition lapses after this day.
    deadline = models.DateField(_("Waits until"), null=True, blank=True)
    state = models.CharField(
        _("State"), max_length=9, choices=PledgeState.choices, default=PledgeState.ACTIVE, editable=False
    )
    state_reason = models.CharField(_("Reason"), max_length=200, blank=True, default="", editable=False)
    paused_from = models.DateField(_("Paused from"), null=True, editable=False)
    #: Instalments up to this day are made; the next ones begin on the day after (P4).
    planned_until = models.DateField(null=True, editable=False)
    remind_days_before = models.PositiveSmallIntegerField(_("Remind how many days before"), default=2)
    grace_days = models.PositiveSmallIntegerField(_("Days of grace"), default=7)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User, db_index=False, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["county", "state", "-id"], name="pledge_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["county", "jalali_year", "number"], name="pledge_number_once"),
            models.CheckConstraint(condition=Q(state__in=PledgeState.values), name="pledge_state_known"),
            models.CheckConstraint(
                condition=Q(kind=GiftKind.GOODS, item__isnull=False) | (~Q(kind=GiftKind.GOODS) & Q(item__isnull=True)),
                name="pledge_of_goods_names_the_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jalali_year}-{self.number}"


class PledgeVersion(CountyOwned):
    """How much each time, and when, from ``effective_from`` on. Immutable."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    effective_from = models.DateField(_("In force from"))
    #: Rial for money, units for goods, hours or times for a service.
    quantity = models.BigIntegerField(_("How much each time"))
    frequency = models.CharField(_("How often"), max_length=8, choices=Frequency.choices)
    interval = models.PositiveSmallIntegerField(_("Every how many"), default=1)
    calendar = models.CharField(
        _("Calendar"), max_length=9, choices=ScheduleCalendar.choices, default=ScheduleCalendar.JALALI
    )
    #: Monday is 0, as in Python.
    weekdays = models.JSONField(default=list)
    month_day = models.PositiveSmallIntegerField(_("Day of the month"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("Month"), null=True, blank=True)
    occasion = models.ForeignKey(
        Occasion, verbose_name=_("Occasion"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(_("Begins"), default=clock.today)
    ends_on = models.DateField(_("Ends"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(_("How many times"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User, db_index=False, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["pledge", "number"], name="pledgeversion_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="pledgeversion_promises_something"),
            models.CheckConstraint(condition=Q(interval__gt=0), name="pledgeversion_interval_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id} {self.number}"


class Instalment(CountyOwned):
    """One time of a pledge (قسط). Kept, late and missed are derived from dates and gifts (P2, P3); waiving is stored."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="instalments")
    version = models.ForeignKey(PledgeVersion, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    due_on = models.DateField(_("Due"))
    #: The last day of grace: what is not kept by then is missed.
    grace_until = models.DateField()
    expected = models.BigIntegerField(_("Promised"))
    waived_at = models.DateTimeField(null=True)
    waived_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    waived_reason = models.CharField(_("Reason of the waiver"), max_length=200, blank=True, default="")

    class Meta:
        ordering = ["due_on", "sequence"]
        indexes = [models.Index(fields=["county", "due_on", "id"], name="instalment_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["pledge", "sequence"], name="instalment_once"),
            models.UniqueConstraint(fields=["pledge", "due_on"], name="instalment_one_a_day"),
            models.CheckConstraint(condition=Q(expected__gt=0), name="instalment_expects_something"),
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id} {self.due_on}"


class InstalmentReminder(CountyOwned):
    """That a giver was reminded of an instalment: once before its day, once on it, once when it is late."""

    instalment = models.ForeignKey(Instalment, on_delete=models.CASCADE, related_name="reminders")
    stage = models.CharField(max_length=6, choices=ReminderStage.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instalment", "stage"], name="reminder_once_a_stage")]

    def __str__(self) -> str:
        return f"{self.instalment_id} {self.stage}"
