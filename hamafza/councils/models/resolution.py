"""Resolutions, and what a meeting saw as strong or in the way."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from hamafza.accounts.models import User
from hamafza.commitments.choices import Obstacle
from hamafza.core.versioned import Versioned
from hamafza.councils.choices import NoteKind, ResolutionState, Visibility
from hamafza.councils.models.council import Council
from hamafza.councils.models.meeting import AgendaItem, Meeting
from hamafza.places.models import PlaceOwned


class Resolution(Versioned, PlaceOwned):
    """A resolution (مصوبه); ``number`` is gapless in its council and year, given when it is adopted (C7).

    How far it is follows from its commitments (`implementation`); a declaratory one has none (C2).
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="resolutions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resolutions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="resolutions")
    number = models.PositiveIntegerField(null=True, editable=False)
    jalali_year = models.PositiveSmallIntegerField(null=True, editable=False)
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("Text"))
    rationale = models.TextField(pgettext_lazy("resolution", "Why"), blank=True, default="")
    basis = models.CharField(_("Legal basis"), max_length=300, blank=True, default="")
    in_favour = models.PositiveSmallIntegerField(_("In favour"), default=0)
    against = models.PositiveSmallIntegerField(_("Against"), default=0)
    abstained = models.PositiveSmallIntegerField(_("Abstained"), default=0)
    by_consensus = models.BooleanField(_("By consensus"), default=False)
    is_declaratory = models.BooleanField(_("Declaratory: nobody owes anything"), default=False)
    effective_on = models.DateField(_("In force from"), null=True, blank=True)
    review_on = models.DateField(_("To be looked at on"), null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", verbose_name=_("Takes the place of"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    visibility = models.CharField(
        _("Who may know"), max_length=8, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    state = models.CharField(
        _("State"), max_length=12, choices=ResolutionState.choices, default=ResolutionState.PROPOSED, editable=False
    )
    state_reason = models.CharField(_("Reason"), max_length=300, blank=True, default="", editable=False)
    communicated_at = models.DateTimeField(null=True, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["council", "state", "-id"], name="resolution_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["council", "jalali_year", "number"], name="resolution_number_once"),
            models.CheckConstraint(condition=Q(state__in=ResolutionState.values), name="resolution_state_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="resolution_visibility_known"),
            models.CheckConstraint(
                condition=Q(by_consensus=False) | Q(against=0, abstained=0), name="resolution_consensus_is_unopposed"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False)
                | Q(state__in=[ResolutionState.PROPOSED, ResolutionState.REJECTED, ResolutionState.DEFERRED]),
                name="resolution_numbered_when_adopted",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CouncilNote(PlaceOwned):
    """A strength to reinforce or an obstacle to remove, as a meeting named it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notes")
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="notes")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="notes")
    kind = models.CharField(_("Kind"), max_length=8, choices=NoteKind.choices)
    obstacle = models.CharField(
        _("What is in the way"), max_length=11, choices=Obstacle.choices, blank=True, default=""
    )
    text = models.CharField(_("In words"), max_length=300)
    remedy = models.CharField(_("What would help"), max_length=300, blank=True, default="")
    visibility = models.CharField(
        _("Who may know"), max_length=8, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="note_kind_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="note_visibility_known"),
            models.CheckConstraint(
                condition=Q(kind=NoteKind.OBSTACLE) | Q(obstacle=""), name="note_strength_has_no_obstacle"
            ),
        ]

    def __str__(self) -> str:
        return self.text
