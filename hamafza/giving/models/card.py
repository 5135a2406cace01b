"""Direct giving: a need shown without its owner, and the giver who takes it up."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core.versioned import Versioned
from hamafza.giving.choices import CardState, GivingMode, ReservationState
from hamafza.giving.models.benefactor import Benefactor
from hamafza.giving.models.donation import Donation
from hamafza.needs.models import Need
from hamafza.places.models import CountyOwned


class NeedCard(Versioned, CountyOwned):
    """A need as the public may see it (کارت نیاز). ``shown`` holds the facts that passed S-A10, frozen at publication.

    The text is written by one person and read by another before anybody outside sees it (N4).
    """

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="cards", editable=False)
    code = models.CharField(max_length=12, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=120)
    story = models.TextField(_("Text for the public"), max_length=800)
    unit_rial = models.BigIntegerField(_("Cost of one"), null=True, blank=True)
    shown = models.JSONField(default=dict, editable=False)
    state = models.CharField(max_length=9, choices=CardState.choices, default=CardState.DRAFT, editable=False)
    expires_on = models.DateField(_("Until"), null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    published_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["county", "state", "-id"], name="needcard_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["need"],
                condition=~Q(state=CardState.WITHDRAWN),
                name="needcard_one_a_need",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("written_by")), name="needcard_second_reader"
            ),
            models.CheckConstraint(
                condition=~Q(state=CardState.PUBLISHED) | Q(published_at__isnull=False), name="needcard_published_at"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Reservation(Versioned, CountyOwned):
    """A benefactor takes up units of a need; a hold that is not used in time is free again (N2)."""

    card = models.ForeignKey(NeedCard, on_delete=models.PROTECT, related_name="reservations")
    benefactor = models.ForeignKey(Benefactor, on_delete=models.PROTECT, related_name="reservations")
    units = models.PositiveIntegerField(_("How many"))
    mode = models.CharField(_("How"), max_length=12, choices=GivingMode.choices)
    state = models.CharField(max_length=9, choices=ReservationState.choices, default=ReservationState.HELD)
    held_until = models.DateTimeField()
    donation = models.OneToOneField(Donation, on_delete=models.PROTECT, null=True, related_name="reservation")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["county", "state", "held_until"], name="reservation_by_hold"),
            models.Index(fields=["benefactor", "-at"], name="reservation_by_benefactor"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(units__gt=0), name="reservation_of_something"),
            models.CheckConstraint(condition=Q(state__in=ReservationState.values), name="reservation_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} {self.units}"


class Disclosure(CountyOwned):
    """The giver was told who the client is: with which consent, with whom present, what (N3)."""

    reservation = models.ForeignKey(Reservation, on_delete=models.PROTECT, related_name="disclosures")
    consent = models.ForeignKey("registry.Consent", on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField(default=list)
    social_worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.reservation_id} {self.at:%F}"
