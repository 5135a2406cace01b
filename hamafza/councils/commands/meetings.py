"""Plan a meeting, make its agenda from the backlog and from what is not closed, and invite to it."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.models import Organization
from hamafza.core import clock, wording
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.core.flow import require_step
from hamafza.councils.choices import ItemKind, MeetingState, Visibility
from hamafza.councils.flow import MEETING_FLOW
from hamafza.councils.models import AgendaItem, Attendance, Council, Meeting
from hamafza.councils.queries.resolutions import unclosed_of
from hamafza.councils.queries.seats import sittings_on
from hamafza.councils.quorum import needed
from hamafza.documents.commands.number import next_number
from hamafza.notices.commands.notify import notify


@transaction.atomic
def plan_meeting(
    council: Council,
    *,
    on: date,
    starts_at: time,
    venue: str,
    subject: str = "",
    ends_at: time | None = None,
    by: Actor,
    key: UUID | None = None,
) -> Meeting:
    """A meeting on a day; its agenda opens with the earlier resolutions that are not closed, and unfinished items (C4)."""
    require(by, Permission.KEEP_COUNCILS, place=council.place_id)
    if key is not None and (made := council.meetings.filter(key=key).first()):
        return made
    if on < clock.today():
        raise Refusal(_("This day is over. Choose another one."), code="past", field="on")
    if not venue.strip():
        raise Refusal(_("Say where it is."), code="no_venue", field="venue")
    meeting = Meeting(
        place_id=council.place_id, council=council, on=on, starts_at=starts_at, ends_at=ends_at, venue=venue.strip()[:160],
        subject=subject.strip()[:200], created_by_id=by.user_id, key=key,
    )  # fmt: skip
    meeting.save(force_insert=True)
    _open_with_unclosed(meeting, by=by)
    return meeting


@transaction.atomic
def add_item(
    council: Council,
    *,
    title: str,
    kind: ItemKind = ItemKind.DISCUSSION,
    text: str = "",
    submitter: Organization | None = None,
    visibility: Visibility | None = None,
    minutes: int | None = None,
    meeting: Meeting | None = None,
    by: Actor,
) -> AgendaItem:
    """A matter for the backlog, or for a meeting that is not over yet."""
    require(by, Permission.KEEP_COUNCILS, place=council.place_id)
    if not title.strip():
        raise Refusal(_("Say what it is about."), code="no_title", field="title")
    if meeting is not None:
        _require_open(lock_meeting(meeting))
    item = AgendaItem(
        place_id=council.place_id, council=council, meeting=meeting, position=_next_position(meeting), kind=kind,
        title=title.strip()[:200], text=text.strip(), submitter=submitter, visibility=visibility or council.visibility,
        minutes=minutes, created_by_id=by.user_id,
    )  # fmt: skip
    item.save(force_insert=True)
    return item


@transaction.atomic
def take_up(item: AgendaItem, meeting: Meeting, *, by: Actor) -> AgendaItem:
    """From the backlog onto the agenda."""
    require(by, Permission.KEEP_COUNCILS, place=item.place_id)
    held = lock_meeting(meeting)
    _require_open(held)
    waiting = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if waiting.meeting_id is not None or waiting.council_id != held.council_id:
        raise Refusal(_("This item is on an agenda already."), code="taken")
    waiting.meeting, waiting.position = held, _next_position(held)
    waiting.save(update_fields=["meeting", "position"])
    return waiting


@transaction.atomic
def put_back(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """Off the agenda, into the backlog, before the session."""
    require(by, Permission.KEEP_COUNCILS, place=item.place_id)
    waiting = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if waiting.meeting is None:
        return waiting
    if lock_meeting(waiting.meeting).state not in {MeetingState.PLANNED, MeetingState.INVITED}:
        raise Refusal(_("The session has begun: what is not dealt with comes back by itself."), code="no_such_step")
    waiting.meeting, waiting.position = None, 0
    waiting.save(update_fields=["meeting", "position"])
    return waiting


@transaction.atomic
def invite(meeting: Meeting, *, by: Actor) -> Meeting:
    """It has its number, seats and quorum of its day (C5), and those who sign in are told."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    held = lock_meeting(meeting)
    take_step(held, MeetingState.INVITED)
    council = held.council
    sittings = sittings_on(council, held.on)
    voting = sum(one.seat.votes for one in sittings)
    if not voting:
        raise Refusal(_("Nobody has a vote in this council on that day. Enter its seats first."), code="no_seats")
    number = next_number(council.place_id, f"meeting:{council.pk.hex}", on=held.on)
    held.jalali_year, held.number, held.invited_at = number.jalali_year, number.number, clock.now()
    held.voting_seats = voting
    held.quorum_needed = needed(council.quorum_rule, voting_seats=voting, fixed=council.quorum_number)
    held.save()
    insert_all([
        Attendance(place_id=held.place_id, meeting=held, seat=one.seat, holding=one.holding, votes=one.seat.votes)
        for one in sittings
    ])  # fmt: skip
    params = {"council": council.name, "day": wording.short_date(held.on), "venue": held.venue}
    for user in {one.holding.user for one in sittings if one.holding and one.holding.user}:
        notify(user, code="councils.invited", params=params, url=f"/councils/meetings/{held.pk}/")
    return held


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: Actor) -> Meeting:
    """It does not take place; its items go back to the backlog."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    if not reason.strip():
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    held = lock_meeting(meeting)
    take_step(held, MeetingState.CANCELLED)
    held.state_reason = reason.strip()[:300]
    held.save()
    release_items(held)
    return held


def lock_meeting(meeting: Meeting) -> Meeting:
    """As it stands now, locked until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def take_step(held: Meeting, after: MeetingState) -> None:
    require_step(MEETING_FLOW, before=held.state, after=after)
    held.state = after


def release_items(held: Meeting) -> None:
    """Matters of a meeting that did not take place wait again; its own follow-up item is not needed any more."""
    held.items.filter(kind=ItemKind.FOLLOW_UP, carried_from__isnull=True).delete()
    held.items.update(meeting=None, position=0)


def _open_with_unclosed(meeting: Meeting, *, by: Actor) -> None:
    council = meeting.council
    position = 0
    if unclosed_of(council).exists():
        position += 1
        AgendaItem(
            place_id=meeting.place_id, council=council, meeting=meeting, position=position, kind=ItemKind.FOLLOW_UP,
            title=_("Earlier resolutions that are not closed"), visibility=council.visibility, created_by_id=by.user_id,
        ).save(force_insert=True)  # fmt: skip
    left = AgendaItem.objects.filter(
        council=council, meeting__state__in=_OVER, is_done=False, carried_to__isnull=True
    ).exclude(kind=ItemKind.FOLLOW_UP)  # fmt: skip
    for item in left.order_by("meeting__on", "position", "id"):
        position += 1
        AgendaItem(
            place_id=meeting.place_id, council=council, meeting=meeting, position=position, kind=item.kind,
            title=item.title, text=item.text, submitter_id=item.submitter_id, visibility=item.visibility,
            minutes=item.minutes, carried_from=item, created_by_id=by.user_id,
        ).save(force_insert=True)  # fmt: skip


#: The session is over: what is not dealt with comes back.
_OVER = (
    MeetingState.ADJOURNED,
    MeetingState.MINUTES_DRAFT,
    MeetingState.MINUTES_REVIEW,
    MeetingState.MINUTES_FINAL,
    MeetingState.PUBLISHED,
)


def _require_open(held: Meeting) -> None:
    if held.state not in {MeetingState.PLANNED, MeetingState.INVITED, MeetingState.IN_SESSION}:
        raise Refusal(_("This meeting is over."), code="no_such_step")


def _next_position(meeting: Meeting | None) -> int:
    if meeting is None:
        return 0
    return int(meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1
