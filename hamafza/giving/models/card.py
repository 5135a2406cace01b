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
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.places.models import CountyOwned


class NeedCard(Versioned, CountyOwned):
    """A need as the public may see it (کارت نیاز), or a group of needs (``need`` empty, see `CardNeed`).

    ``shown`` holds the facts that passed S-A10, frozen at publication; ``crowd`` the needs that could as well have been
    meant by them on that day. The text is written by one person and read by another before anybody outside sees it (N4).
    """

    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="cards", editable=False)
    code = models.CharField(max_length=12, unique=True, editable=False)
    domain = models.CharField(
        _("Domain"), max_length=16, choices=Domain.choices, default=Domain.LIVELIHOOD, editable=False
    )
    item = models.CharField(_("What is needed"), max_length=120, default="", editable=False)
    title = models.CharField(_("Title"), max_length=120)
    story = models.TextField(_("Text for the public"), max_length=800)
    unit_rial = models.BigIntegerField(_("Cost of one"), null=True, blank=True)
    shown = models.JSONField(default=dict, editable=False)
    #: Ids of needs, at most `anonymity.CROWD_KEPT` of them; never shown to anybody.
    crowd = models.JSONField(default=list, editable=False)
    state = models.CharField(max_length=9, choices=CardState.choices, default=CardState.DRAFT, editable=False)
    expires_on = models.DateField(_("Until"), null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    reviewed_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.CharField(max_length=200, blank=True, default="", editable=False)
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
                condition=~Q(state=CardState.PUBLISHED) | Q(published_at__isnull=False, reviewed_at__isnull=False),
                name="needcard_published_at",
            ),
            models.CheckConstraint(condition=Q(state__in=CardState.values), name="needcard_state_known"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_group(self) -> bool:
        """Whether it stands for many needs at once."""
        return self.need_id is None


class CardNeed(CountyOwned):
    """A need that a grouped card stands for."""

    card = models.ForeignKey(NeedCard, on_delete=models.CASCADE, related_name="members")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "need"], name="cardneed_once")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.need_id}"


class Reservation(Versioned, CountyOwned):
    """A benefactor takes up units of a need; a hold that is not used in time is free again (N2)."""

    card = models.ForeignKey(NeedCard, on_delete=models.PROTECT, related_name="reservations")
    benefactor = models.ForeignKey(Benefactor, on_delete=models.PROTECT, related_name="reservations")
    units = models.PositiveIntegerField(_("How many"))
    mode = models.CharField(_("How"), max_length=12, choices=GivingMode.choices)
    state = models.CharField(max_length=9, choices=ReservationState.choices, default=ReservationState.HELD)
    held_until = models.DateTimeField()
    donation = models.OneToOneField(Donation, on_delete=models.PROTECT, null=True, related_name="reservation")
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    delivered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    delivered_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["county", "state", "held_until"], name="reservation_by_hold"),
            models.Index(fields=["benefactor", "-at"], name="reservation_by_benefactor"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(units__gt=0), name="reservation_of_something"),
            models.CheckConstraint(condition=Q(state__in=ReservationState.values), name="reservation_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ReservationState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="reservation_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} {self.units}"


class ReservedUnits(CountyOwned):
    """Which need's units a reservation holds: of one need, or of several behind a grouped card."""

    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="parts")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="reserved_parts")
    units = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reservation", "need"], name="reservedunits_once"),
            models.CheckConstraint(condition=Q(units__gt=0), name="reservedunits_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.units}"


class Disclosure(CountyOwned):
    """The giver was told who the client is: with which consent, with whom present, what (N3)."""

    reservation = models.ForeignKey(Reservation, on_delete=models.PROTECT, related_name="disclosures")
    consent = models.ForeignKey("registry.Consent", on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField(default=list)
    social_worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.reservation_id} {self.at:%F}"
