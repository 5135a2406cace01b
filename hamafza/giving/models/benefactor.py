"""Benefactors and what they can do."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization, User
from hamafza.core.fields import BlindIndexField, NameKeyField, SealedTextField
from hamafza.core.versioned import Versioned
from hamafza.giving.choices import Attribution, BenefactorKind, CapacityKind, CapacityState, MatchState, Moderation
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.places.models import CountyOwned
from hamafza.registry.models.person import NameSortField


class Benefactor(Versioned, CountyOwned):
    """A benefactor (خیر) as one county's office knows her. ``user`` is her own sign-in, if she has one.

    The public never learns more than `attribution` allows; what was given anonymously stays so (each gift keeps its own).
    """

    kind = models.CharField(_("Kind"), max_length=10, choices=BenefactorKind.choices, default=BenefactorKind.PERSON)
    name = models.CharField(_("Name"), max_length=160)
    name_key = NameKeyField(of=("name",))
    name_sort = NameSortField(of=("name",))
    nickname = models.CharField(_("Nickname for the public"), max_length=80, blank=True, default="")
    attribution = models.CharField(
        _("To the public"), max_length=10, choices=Attribution.choices, default=Attribution.ANONYMOUS
    )
    organization = models.ForeignKey(
        Organization, verbose_name=_("Body"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        User,
        verbose_name=_("Own sign-in"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="benefactors",
    )
    identity_number = SealedTextField(_("National identity number"))
    identity_index = BlindIndexField(of="identity_number", purpose="benefactor-identity")
    mobile = SealedTextField(_("Mobile"))
    mobile_index = BlindIndexField(of="mobile", purpose="benefactor-mobile")
    email = SealedTextField(_("E-mail"))
    may_message = models.BooleanField(_("Agrees to be reminded by message"), default=False)
    note = SealedTextField(_("Note"))
    active = models.BooleanField(_("Active"), default=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User, db_index=False, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["county", "name_key", "id"], name="benefactor_by_name"),
            models.Index(fields=["county", "name_sort", "id"], name="benefactor_in_order"),
            models.Index(fields=["county", "mobile_index"], name="benefactor_by_mobile"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BenefactorKind.values), name="benefactor_kind_known"),
            models.UniqueConstraint(
                fields=["county", "identity_index"],
                condition=~Q(identity_index=""),
                name="benefactor_identity_once",
            ),
            models.UniqueConstraint(
                fields=["county", "user"], condition=Q(user__isnull=False), name="benefactor_user_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Capacity(Versioned, CountyOwned):
    """Something a benefactor can do (ظرفیت), seen by nobody outside the office before it is approved."""

    benefactor = models.ForeignKey(Benefactor, on_delete=models.PROTECT, related_name="capacities", editable=False)
    kind = models.CharField(_("Kind"), max_length=14, choices=CapacityKind.choices)
    description = models.CharField(_("Description"), max_length=300)
    domain = models.CharField(_("Field of help"), max_length=16, choices=Domain.choices, blank=True, default="")
    quantity = models.PositiveIntegerField(_("Quantity"), null=True, blank=True)
    unit = models.CharField(_("Unit"), max_length=30, blank=True, default="")
    when = models.CharField(_("When"), max_length=120, blank=True, default="")
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    moderation = models.CharField(
        _("Moderation"), max_length=8, choices=Moderation.choices, default=Moderation.NEW, editable=False
    )
    #: Why it was blocked, for the benefactor to read.
    moderation_reason = models.CharField(_("Reason"), max_length=200, blank=True, default="", editable=False)
    state = models.CharField(
        _("State"), max_length=9, choices=CapacityState.choices, default=CapacityState.AVAILABLE, editable=False
    )
    #: Written by the benefactor herself, not by the office.
    own_entry = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(
        User, db_index=False, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["county", "moderation", "kind"], name="capacity_by_kind"),
            models.Index(fields=["county", "-id"], name="capacity_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CapacityKind.values), name="capacity_kind_known"),
            models.CheckConstraint(condition=Q(moderation__in=Moderation.values), name="capacity_moderation_known"),
            models.CheckConstraint(condition=Q(state__in=CapacityState.values), name="capacity_state_known"),
        ]

    def __str__(self) -> str:
        return self.description


class CapacityMatch(Versioned, CountyOwned):
    """A capacity proposed for a client's need. The giver of a job never sees who the candidates are."""

    capacity = models.ForeignKey(Capacity, on_delete=models.PROTECT, related_name="matches")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="capacity_matches")
    state = models.CharField(_("State"), max_length=9, choices=MatchState.choices, default=MatchState.PROPOSED)
    #: How much of the need it meets; reserved there from acceptance on.
    units = models.PositiveIntegerField(_("Units of the need"), default=1)
    reason = models.CharField(_("Reason"), max_length=200, blank=True, default="")
    by = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["county", "state", "-id"], name="capacitymatch_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["capacity", "need"], condition=~Q(state=MatchState.DECLINED), name="capacitymatch_once"
            ),
            models.CheckConstraint(condition=Q(state__in=MatchState.values), name="capacitymatch_state_known"),
            models.CheckConstraint(condition=Q(units__gt=0), name="capacitymatch_of_whole_units"),
        ]

    def __str__(self) -> str:
        return f"{self.capacity_id} {self.need_id}"
