"""Councils, the seats in them, and who holds a seat from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from hamafza.accounts.models import Organization, User
from hamafza.core.fields import SealedTextField
from hamafza.core.versioned import Versioned
from hamafza.councils.choices import CouncilKind, QuorumRule, SeatOffice, Visibility, VotingRule
from hamafza.places.models import PlaceOwned


class Council(Versioned, PlaceOwned):
    """A council, assembly or committee of a place; a committee belongs to its council."""

    kind = models.CharField(_("Kind"), max_length=9, choices=CouncilKind.choices, default=CouncilKind.COUNCIL)
    name = models.CharField(_("Name"), max_length=160)
    parent = models.ForeignKey(
        "self", verbose_name=_("Belongs to"), on_delete=models.PROTECT, null=True, blank=True, related_name="committees"
    )
    legal_basis = models.CharField(_("Legal basis"), max_length=300, blank=True, default="")
    secretariat = models.ForeignKey(
        Organization, verbose_name=_("Secretariat"), on_delete=models.PROTECT, related_name="councils"
    )
    term_from = models.DateField(_("Term from"), null=True, blank=True)
    term_to = models.DateField(_("Term until"), null=True, blank=True)
    quorum_rule = models.CharField(
        _("Quorum"), max_length=10, choices=QuorumRule.choices, default=QuorumRule.MORE_THAN_HALF
    )
    quorum_number = models.PositiveSmallIntegerField(_("Number"), null=True, blank=True)
    voting_rule = models.CharField(_("Vote"), max_length=10, choices=VotingRule.choices, default=VotingRule.OF_PRESENT)
    visibility = models.CharField(_("Items are"), max_length=8, choices=Visibility.choices, default=Visibility.INTERNAL)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="council_name_once"),
            models.CheckConstraint(condition=Q(kind__in=CouncilKind.values), name="council_kind_known"),
            models.CheckConstraint(
                condition=~Q(quorum_rule=QuorumRule.FIXED) | Q(quorum_number__gt=0), name="council_fixed_quorum_named"
            ),
            models.CheckConstraint(
                condition=Q(term_to__isnull=True) | Q(term_from__isnull=True) | Q(term_to__gte=F("term_from")),
                name="council_term_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(PlaceOwned):
    """A seat of a council, held by post (ex officio, the post of a body) or by a person chosen for it."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="seats")
    office = models.CharField(
        pgettext_lazy("seat", "Office"), max_length=12, choices=SeatOffice.choices, default=SeatOffice.MEMBER
    )
    title = models.CharField(_("Seat"), max_length=120)
    organization = models.ForeignKey(
        Organization, verbose_name=_("By post in"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    votes = models.BooleanField(_("Has a vote"), default=True)
    position = models.PositiveSmallIntegerField(default=0)
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)
    key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(office__in=SeatOffice.values), name="seat_office_known"),
            models.CheckConstraint(
                condition=~Q(office=SeatOffice.INVITED) | Q(votes=False), name="seat_guests_have_no_vote"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="seat_in_order"),
        ]

    def __str__(self) -> str:
        return self.title


class SeatHolding(PlaceOwned):
    """Who sits there from when to when, or deputises; ``user`` when she signs in to the program."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holdings")
    name = models.CharField(_("Name"), max_length=120)
    post = models.CharField(_("Post"), max_length=120, blank=True, default="")
    organization = models.ForeignKey(
        Organization,
        verbose_name=pgettext_lazy("seat", "On behalf of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: Where she is told when she does not sign in.
    mobile = SealedTextField(_("Mobile"))
    is_deputy = models.BooleanField(_("Deputy"), default=False)
    letter = models.CharField(_("Letter of appointment"), max_length=60, blank=True, default="")
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(until__isnull=True, is_deputy=False), name="holding_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="holding_in_order"),
        ]

    def __str__(self) -> str:
        return self.name
