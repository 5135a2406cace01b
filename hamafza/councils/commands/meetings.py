"""Plan a meeting or a series of them, invite to it, move it, call it off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock, wording
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.core.jalali import to_jalali
from hamafza.councils.choices import MeetingState
from hamafza.councils.commands.agenda import open_agenda, release_items
from hamafza.councils.commands.seating import seat_again
from hamafza.councils.commands.step import lock_meeting, step_meeting
from hamafza.councils.commands.telling import tell_invited, when_and_where
from hamafza.councils.flow import BEFORE_SESSION
from hamafza.councils.models import Attendance, Council, Meeting
from hamafza.councils.queries.seats import sittings_on
from hamafza.councils.quorum import needed
from hamafza.documents.commands.number import next_number

LONGEST_SERIES = 52


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where a council meets, and what about."""

    on: date
    starts_at: time
    venue: str
    subject: str = ""
    ends_at: time | None = None


@transaction.atomic
def plan_meeting(council: Council, said: Appointment, *, by: Actor, key: UUID | None = None) -> Meeting:
    """A meeting on a day; when it is the next one, its agenda is laid at once (C4). ``key``: sent again, it is the same."""
    require(by, Permission.KEEP_COUNCILS, place=council.place_id)
    if made := _made(council, key):
        return made
    if not Council.objects.select_for_update(of=("self",)).get(pk=council.pk).active:
        raise Refusal(_("This council has ended. No new meetings are planned in it."), code="ended")
    _check(said)
    meeting = Meeting(
        place_id=council.place_id, council=council, on=said.on, starts_at=said.starts_at, ends_at=said.ends_at,
        venue=said.venue.strip()[:160], subject=said.subject.strip()[:200], created_by_id=by.user_id, key=key,
    )  # fmt: skip
    meeting.save(force_insert=True)
    if not _others_before(meeting):
        open_agenda(meeting, by=by)
    return meeting


@transaction.atomic
def plan_series(
    council: Council, first: Appointment, *, every_weeks: int, times: int, by: Actor, key: UUID | None = None
) -> list[Meeting]:
    """``times`` meetings, ``every_weeks`` weeks apart, the first as said; ``key`` belongs to the first."""
    require(by, Permission.KEEP_COUNCILS, place=council.place_id)
    if not 1 <= times <= LONGEST_SERIES or every_weeks < 1:
        raise Refusal(
            _("A series has at most %(count)s meetings, one week or more apart.")
            % {"count": wording.number(LONGEST_SERIES)},
            code="bad_series",
            field="times",
        )
    if made := _made(council, key):
        return [made]
    days = [first.on + timedelta(weeks=every_weeks * number) for number in range(times)]
    return [
        plan_meeting(council, replace(first, on=day), by=by, key=key if number == 0 else None)
        for number, day in enumerate(days)
    ]


def _made(council: Council, key: UUID | None) -> Meeting | None:
    """By the same form. Two that are sent at once wait here for each other."""
    if key is None:
        return None
    Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    return council.meetings.filter(key=key).first()


@transaction.atomic
def invite(meeting: Meeting, *, by: Actor) -> Meeting:
    """It has its number, seats and quorum of its day (C5), its agenda opens as it must, and those who sign in are told."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    held = lock_meeting(meeting)
    step_meeting(held, MeetingState.INVITED)
    council = held.council
    if held.on < clock.today():
        raise Refusal(_("This day is over. Call the meeting off and plan another."), code="past")
    sittings = sittings_on(council, held.on)
    voting = sum(one.seat.votes for one in sittings)
    if not voting:
        raise Refusal(_("Nobody has a vote in this council on that day. Enter its seats first."), code="no_seats")
    number = next_number(council.place_id, f"meeting:{council.pk.hex}", on=held.on)
    held.jalali_year, held.number, held.invited_at = number.jalali_year, number.number, clock.now()
    held.voting_seats, held.voting_rule = voting, council.voting_rule
    held.quorum_needed = needed(council.quorum_rule, voting_seats=voting, fixed=council.quorum_number)
    held.save()
    insert_all([
        Attendance(place_id=held.place_id, meeting=held, seat=one.seat, holding=one.holding, votes=one.seat.votes)
        for one in sittings
    ])  # fmt: skip
    open_agenda(held, by=by)
    tell_invited(held, code="councils.invited", params=when_and_where(held))
    return held


@transaction.atomic
def move_meeting(meeting: Meeting, said: Appointment, *, by: Actor) -> Meeting:
    """Another day, hour or place; who sits there on that day is told. Number, seats and quorum stay as invited (C5)."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    _check(said)
    held = lock_meeting(meeting)
    if held.state not in BEFORE_SESSION:
        raise Refusal(_("This meeting has begun or is over. It cannot be moved."), code="no_such_step")
    if held.state == MeetingState.INVITED:
        _require_same_seats(held, said.on)
    held.on, held.starts_at, held.ends_at = said.on, said.starts_at, said.ends_at
    held.venue, held.subject = said.venue.strip()[:160], said.subject.strip()[:200]
    held.save()
    if held.state == MeetingState.INVITED:
        seat_again(held)
    tell_invited(held, code="councils.moved", params=when_and_where(held))
    return held


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: Actor) -> Meeting:
    """It does not take place; its items go back to the backlog."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    if not reason.strip():
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    held = lock_meeting(meeting)
    step_meeting(held, MeetingState.CANCELLED)
    held.state_reason = reason.strip()[:300]
    held.save()
    release_items(held)
    params = {"council": held.council.name, "day": wording.short_date(held.on), "reason": held.state_reason}
    tell_invited(held, code="councils.called_off", params=params)
    return held


def _require_same_seats(held: Meeting, on: date) -> None:
    """The seats that were invited are those of the new day too, and its number is of the same year."""
    invited = set(held.attendances.values_list("seat", flat=True))
    sitting = {one.seat.pk for one in sittings_on(held.council, on)}
    if invited != sitting or to_jalali(on).year != held.jalali_year:
        raise Refusal(
            _("This council has other seats on that day, or it is another year. Call the meeting off and plan one."),
            code="other_seats",
            field="on",
        )


def _check(said: Appointment) -> None:
    if said.on < clock.today():
        raise Refusal(_("This day is over. Choose another one."), code="past", field="on")
    if not said.venue.strip():
        raise Refusal(_("Say where it is."), code="no_venue", field="venue")
    if said.ends_at is not None and said.ends_at <= said.starts_at:
        raise Refusal(_("It ends before it begins. Correct the times."), code="bad_times", field="ends_at")


def _others_before(meeting: Meeting) -> bool:
    """Whether the council meets before it: what is left over belongs there."""
    coming = meeting.council.meetings.filter(state__in=sorted(BEFORE_SESSION | {MeetingState.IN_SESSION}))
    return coming.filter(on__lte=meeting.on).exclude(pk=meeting.pk).exists()
