"""What lies on the table of a meeting, and who sits at it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from hamafza.councils.flow import HERE
from hamafza.councils.models import AgendaItem, Attendance, Meeting


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """In its order."""
    return meeting.items.select_related("submitter").order_by("position", "id")


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Every seat that was invited, in the order of the seats."""
    rows = meeting.attendances.select_related("seat", "holding__organization", "holding__user")
    return list(rows.order_by("seat__position", "seat_id"))


def voters_here(meeting: Meeting) -> int:
    """How many with a vote are there at this moment."""
    return meeting.attendances.filter(votes=True, presence__in=sorted(HERE)).count()


def meeting_of(item: AgendaItem) -> Meeting | None:
    """The meeting on whose agenda a matter stands, with its council and place."""
    return Meeting.objects.select_related("council", "place").filter(items=item).first()


def has_seat(meeting: Meeting, user: UUID | None) -> bool:
    """Whether she was invited to it herself."""
    return user is not None and meeting.attendances.filter(holding__user=user).exists()
