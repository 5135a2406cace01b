"""What lies on the table of a meeting, and who sits at it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hamafza.councils.choices import MeetingState, Presence
from hamafza.councils.flow import HERE
from hamafza.councils.models import AgendaItem, Attendance, Meeting, SeatHolding


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """In its order."""
    return meeting.items.select_related("submitter").order_by("position", "id")


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Every seat that was invited, in the order of the seats."""
    rows = meeting.attendances.select_related("seat", "holding__organization", "holding__user", "deputy_holding__user")
    return list(rows.order_by("seat__position", "seat_id"))


def voters_here(meeting: Meeting) -> int:
    """How many with a vote are there at this moment."""
    return meeting.attendances.filter(votes=True, presence__in=sorted(HERE)).count()


def meeting_of(item: AgendaItem) -> Meeting | None:
    """The meeting on whose agenda a matter stands, with its council and place."""
    return Meeting.objects.select_related("council", "place").filter(items=item).first()


def rows_of(user: UUID | None) -> QuerySet[Attendance]:
    """Her seats in meetings: until the session what she holds or deputises for, from then on where she sat herself."""
    if user is None:
        return Attendance.objects.none()
    stands = Q(until__isnull=True) | Q(until__gte=OuterRef("meeting__on"))
    deputises = SeatHolding.objects.filter(
        stands, seat=OuterRef("seat"), is_deputy=True, user=user, since__lte=OuterRef("meeting__on")
    )
    called = Q(meeting__state__in=[MeetingState.INVITED, MeetingState.CANCELLED])
    instead = Q(presence=Presence.DEPUTY)
    sat = Q(holding__user=user) & ~instead | Q(deputy_holding__user=user) & instead
    return Attendance.objects.filter(called & (Q(holding__user=user) | Exists(deputises)) | ~called & sat)


def has_seat(meeting: Meeting, user: UUID | None) -> bool:
    """Whether she is invited to it herself, or sat there."""
    return rows_of(user).filter(meeting=meeting).exists()
