"""Needs: what is wanted, how much, how urgently, since when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core.fields import SealedTextField
from hamafza.core.versioned import Versioned
from hamafza.needs.choices import HOUSEHOLD_DOMAINS, STANDING_STATES, Domain, NeedState, Severity, Source
from hamafza.needs.models.assessment import Assessment
from hamafza.places.models import CountyOwned, Place
from hamafza.registry.models import Household, Person


class Need(Versioned, CountyOwned):
    """A need (نیاز) of a household, or of one person in a personal domain.

    ``score_base`` is the priority without waiting time, in points; ``score_parts`` shows what it is made of and the
    version of its rule. Waiting adds one point for each 30 days, so ``rank`` (days: 30 x base less the day it began)
    orders needs rightly on every day without being recomputed. ``district`` and ``decile`` repeat the household's so
    that lists need no join; `needs.commands.score` keeps them.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="needs", editable=False)
    person = models.ForeignKey(
        Person, verbose_name=_("Person"), on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, editable=False, related_name="needs"
    )
    domain = models.CharField(_("Domain"), max_length=16, choices=Domain.choices)
    item = models.CharField(_("What is needed"), max_length=120, blank=True, default="")
    unit = models.CharField(_("Unit"), max_length=30, blank=True, default="")
    required = models.PositiveIntegerField(_("Quantity required"), default=1)
    reserved = models.PositiveIntegerField(_("Promised"), default=0, editable=False)
    delivered = models.PositiveIntegerField(_("Delivered"), default=0, editable=False)
    override_reason = models.CharField(max_length=200, blank=True, default="", editable=False)
    estimated_rial = models.BigIntegerField(_("Estimated cost"), null=True, blank=True)
    severity = models.PositiveSmallIntegerField(_("Severity"), choices=Severity.choices, default=Severity.CONSIDERABLE)
    since = models.DateField(_("Needed since"), default=timezone.localdate)
    source = models.CharField(_("Source"), max_length=10, choices=Source.choices, default=Source.OFFICE)
    state = models.CharField(
        _("State"), max_length=10, choices=NeedState.choices, default=NeedState.DRAFT, editable=False
    )
    valid_to = models.DateField(_("Valid until"), null=True, blank=True)
    note = SealedTextField(_("Note"))
    district = models.ForeignKey(
        Place, db_index=False, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    decile = models.PositiveSmallIntegerField(null=True, editable=False)
    score_base = models.PositiveSmallIntegerField(default=0, editable=False)
    score_parts = models.JSONField(default=dict, editable=False)
    rule_version = models.PositiveSmallIntegerField(default=0, editable=False)
    rank = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User, db_index=False, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        indexes = [
            # Lists run along these in their order and leave out what is not asked for.
            models.Index(fields=["county", "domain", "-rank", "id"], name="need_list"),
            models.Index(fields=["county", "-rank", "id"], name="need_list_all"),
            models.Index(fields=["county", "state", "domain"], name="need_state"),
            models.Index(fields=["county", "household", "-rank"], name="need_household"),
            models.Index(fields=["county", "person"], name="need_person"),
            models.Index(fields=["county", "valid_to"], name="need_expiry"),
            models.Index(fields=["county", "-created_at"], name="need_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(severity__range=(1, 5)), name="need_severity_1_to_5"),
            models.CheckConstraint(condition=Q(state__in=NeedState.values), name="need_state_known"),
            models.CheckConstraint(condition=Q(domain__in=Domain.values), name="need_domain_known"),
            models.CheckConstraint(condition=Q(required__gt=0), name="need_requires_something"),
            models.CheckConstraint(
                condition=Q(required__gte=F("reserved") + F("delivered")) | ~Q(override_reason=""),
                name="need_not_overfilled",
            ),
            models.CheckConstraint(
                condition=Q(domain__in=sorted(HOUSEHOLD_DOMAINS), person__isnull=True)
                | (~Q(domain__in=sorted(HOUSEHOLD_DOMAINS)) & Q(person__isnull=False)),
                name="need_of_household_or_person",
            ),
            models.UniqueConstraint(
                fields=["household", "domain", "item"],
                condition=Q(state__in=sorted(STANDING_STATES), person__isnull=True),
                name="need_standing_once_household",
            ),
            models.UniqueConstraint(
                fields=["person", "domain", "item"],
                condition=Q(state__in=sorted(STANDING_STATES), person__isnull=False),
                name="need_standing_once_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.household_id}"


class NeedStep(CountyOwned):
    """A change of state of a need: from, to, who, when, why."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=10, choices=NeedState.choices)
    after = models.CharField(max_length=10, choices=NeedState.choices)
    reason = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["need", "at"], name="needstep_history")]

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class SavedList(CountyOwned):
    """Filters of a targeted list that a user keeps under a name."""

    name = models.CharField(_("Name"), max_length=80)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_lists", editable=False)
    filters = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "county", "name"], name="savedlist_name_once")]

    def __str__(self) -> str:
        return self.name
