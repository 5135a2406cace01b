"""Who sits in a meeting that was called: whoever holds the seat on its day, also when she came after the invitation (C5)."""

from __future__ import annotations

from hamafza.core import clock
from hamafza.councils.choices import MeetingState, Presence
from hamafza.councils.commands.step import lock_meeting
from hamafza.councils.commands.telling import tell_invited, when_and_where
from hamafza.councils.models import Attendance, Council, Meeting, SeatHolding
from hamafza.councils.queries.seats import deputies_of, sittings_on


def seat_again(held: Meeting) -> list[Attendance]:
    """Of a locked meeting that is invited; gives the seats that somebody else holds now.

    Seats, votes and quorum stay those of the invitation. What was said of the one before does not hold for the next.
    """
    sittings = {one.seat.pk: one for one in sittings_on(held.council, held.on)}
    changed = []
    for row in held.attendances.select_for_update(of=("self",)).order_by("pk"):
        now = sittings.get(row.seat_id)
        holding, deputy = (now.holding, now.deputy) if now else (None, None)
        if row.deputy_holding_id and (deputy is None or row.deputy_holding_id != deputy.pk):
            row.presence, row.deputy, row.deputy_holding = Presence.INVITED, "", None
            row.save()
        if row.holding_id == (holding.pk if holding else None):
            continue
        row.holding = holding
        if row.presence != Presence.DEPUTY:
            row.presence, row.came_at = Presence.INVITED, None
        row.save()
        changed.append(row)
    return changed


def call_newcomers(held: Meeting, *, deputy: SeatHolding | None = None) -> None:
    """Seat a locked meeting anew, and tell whoever came in; a ``deputy`` when she may come on its day."""
    came: list[SeatHolding | None] = [row.holding for row in seat_again(held)]
    if deputy is not None and held.attendances.filter(seat=deputy.seat_id).exists():
        came += [one for one in deputies_of(held).values() if one == deputy]
    if came:
        tell_invited(held, code="councils.invited", params=when_and_where(held), only=came)


def call_newcomers_of(council: Council, *, deputy: SeatHolding | None = None) -> None:
    """To every meeting that is invited and still to come."""
    coming = council.meetings.filter(state=MeetingState.INVITED, on__gte=clock.today())
    for meeting in coming.order_by("on", "pk"):
        call_newcomers(lock_meeting(meeting), deputy=deputy)
