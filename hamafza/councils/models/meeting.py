"""Meetings: who came, what was on the agenda, and the minutes in their phases."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization, User
from hamafza.core.versioned import Versioned
from hamafza.councils.choices import ItemKind, MeetingState, MinutesPhase, Presence, Visibility, VotingRule
from hamafza.councils.models.council import Council, Seat, SeatHolding
from hamafza.places.models import PlaceOwned


class Meeting(Versioned, PlaceOwned):
    """A meeting; ``number`` is gapless in its council and Jalali year, given with the invitation (C7).

    ``quorum_needed`` and ``voting_seats`` are those of its day, ``quorum_met`` is said once, when the session opens.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField(null=True, editable=False)
    jalali_year = models.PositiveSmallIntegerField(null=True, editable=False)
    on = models.DateField(_("Day"))
    starts_at = models.TimeField(_("Begins at"))
    ends_at = models.TimeField(_("Ends at"), null=True, blank=True)
    venue = models.CharField(_("Where"), max_length=160)
    subject = models.CharField(_("Subject"), max_length=200, blank=True, default="")
    state = models.CharField(
        _("State"), max_length=14, choices=MeetingState.choices, default=MeetingState.PLANNED, editable=False
    )
    state_reason = models.CharField(_("Reason"), max_length=300, blank=True, default="", editable=False)
    voting_seats = models.PositiveSmallIntegerField(default=0, editable=False)
    quorum_needed = models.PositiveSmallIntegerField(default=0, editable=False)
    quorum_met = models.BooleanField(null=True, editable=False)
    #: Of its council as it was when it was invited.
    voting_rule = models.CharField(max_length=10, choices=VotingRule.choices, blank=True, default="", editable=False)
    invited_at = models.DateTimeField(null=True, editable=False)
    review_until = models.DateField(null=True, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["council", "-on"], name="meeting_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["council", "jalali_year", "number"], name="meeting_number_once"),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="meeting_times_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MeetingState.PLANNED, MeetingState.CANCELLED])
                | Q(number__isnull=False, invited_at__isnull=False),
                name="meeting_numbered_when_invited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id} {self.jalali_year}/{self.number}"


class Attendance(PlaceOwned):
    """A seat in a meeting, with who held it on that day (C5); ``deputy`` is who came instead."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    holding = models.ForeignKey(SeatHolding, on_delete=models.PROTECT, null=True, related_name="+")
    presence = models.CharField(max_length=9, choices=Presence.choices, default=Presence.INVITED)
    votes = models.BooleanField()
    deputy = models.CharField(_("Deputy"), max_length=120, blank=True, default="")
    #: Of who came instead, when she is on record as a deputy of the seat.
    deputy_holding = models.ForeignKey(SeatHolding, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    came_at = models.TimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once"),
            models.UniqueConstraint(
                fields=["meeting", "deputy"], condition=Q(presence=Presence.DEPUTY), name="attendance_deputy_once"
            ),
            models.CheckConstraint(
                condition=Q(deputy_holding__isnull=True) | Q(presence=Presence.DEPUTY), name="attendance_deputy_came"
            ),
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="attendance_presence_known"),
            models.CheckConstraint(
                condition=~Q(presence=Presence.DEPUTY) | ~Q(deputy=""), name="attendance_deputy_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.presence}"

    @property
    def attendee(self) -> SeatHolding | None:
        """Who sat there for the seat: its holder, or the deputy; nobody when the deputy is a name alone."""
        return self.deputy_holding if self.presence == Presence.DEPUTY else self.holding


class AgendaItem(PlaceOwned):
    """A matter for a council: in the backlog while ``meeting`` is empty, else on that agenda."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="items")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("Kind"), max_length=10, choices=ItemKind.choices, default=ItemKind.DISCUSSION)
    title = models.CharField(_("Matter"), max_length=200)
    text = models.TextField(_("In more words"), blank=True, default="")
    submitter = models.ForeignKey(
        Organization, verbose_name=_("Brought by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    visibility = models.CharField(
        _("Who may know"), max_length=8, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    minutes = models.PositiveSmallIntegerField(_("Minutes it takes"), null=True, blank=True)
    outcome = models.TextField(_("What was said"), blank=True, default="")
    is_done = models.BooleanField(_("Dealt with"), default=False)
    #: The item of an earlier meeting that is taken up again.
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="carried_to", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["council", "meeting", "position"], name="item_by_place")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="item_visibility_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Minutes(PlaceOwned):
    """The minutes of a meeting as they stood in one phase; written once. ``text`` is JSON, ``hash`` its sha256."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes_written")
    phase = models.CharField(max_length=6, choices=MinutesPhase.choices)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(phase=MinutesPhase.FINAL), name="minutes_final_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.version}"


class Remark(PlaceOwned):
    """What somebody who was there says of the minutes before they are final."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(_("Remark"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(unique=True, null=True, editable=False)

    def __str__(self) -> str:
        return self.text[:40]


class Signature(PlaceOwned):
    """A name under final minutes, with the post at that time."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=160, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "attendance"], name="signature_once")]

    def __str__(self) -> str:
        return self.name


class Corrigendum(PlaceOwned):
    """What was wrong in final minutes, and what is right; the minutes themselves stay as they were signed (C3)."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="corrigenda")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("Correction"))
    visibility = models.CharField(
        _("Who may know"), max_length=8, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="corrigendum_number_once"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="corrigendum_visibility_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
