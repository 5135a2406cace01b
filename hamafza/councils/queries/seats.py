"""Who sits in a council on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from hamafza.councils.models import Council, Meeting, Seat, SeatHolding


@dataclass(frozen=True, slots=True)
class Sitting:
    """A seat, with who holds it and who deputises on a day."""

    seat: Seat
    holding: SeatHolding | None
    deputy: SeatHolding | None


def seats_on(council: Council, day: date) -> QuerySet[Seat]:
    """Seats that exist on a day, in their order."""
    stands = Q(until__isnull=True) | Q(until__gte=day)
    return council.seats.filter(stands, since__lte=day).select_related("organization")


def sittings_on(council: Council, day: date) -> list[Sitting]:
    """Every seat of a day with its holder and deputy; two queries."""
    seats = list(seats_on(council, day))
    stands = Q(until__isnull=True) | Q(until__gte=day)
    held = SeatHolding.objects.filter(stands, seat__in=seats, since__lte=day).order_by("since", "id")
    holders: dict[object, SeatHolding] = {}
    deputies: dict[object, SeatHolding] = {}
    for one in held.select_related("organization", "user"):
        (deputies if one.is_deputy else holders)[one.seat_id] = one
    return [Sitting(seat, holders.get(seat.pk), deputies.get(seat.pk)) for seat in seats]


def deputies_of(meeting: Meeting) -> dict[UUID, SeatHolding]:
    """Who may come instead on its day, by seat."""
    return {one.seat.pk: one.deputy for one in sittings_on(meeting.council, meeting.on) if one.deputy}
