"""The session: who is there, whether that is a quorum, what was said, and what was resolved."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.commitments.choices import Obstacle
from hamafza.commitments.commands.wording import require_no_client
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.councils.choices import MeetingState, NoteKind, Presence, ResolutionState, Visibility
from hamafza.councils.commands.agenda import release_items
from hamafza.councils.commands.seating import call_newcomers
from hamafza.councils.commands.step import lock_meeting, lock_owed, lock_resolution, step_meeting, step_resolution
from hamafza.councils.flow import FROZEN_MEETINGS, HERE, WITH_PRESENCE
from hamafza.councils.models import AgendaItem, Attendance, CouncilNote, Meeting, Resolution, SeatHolding
from hamafza.councils.queries.meetings import voters_here
from hamafza.councils.queries.resolutions import implementations
from hamafza.councils.queries.seats import deputies_of
from hamafza.councils.quorum import Votes, adopts
from hamafza.documents.commands.number import next_number

#: When the secretary may still say what was said on a matter.
_WRITING = frozenset({MeetingState.IN_SESSION, MeetingState.ADJOURNED, MeetingState.MINUTES_DRAFT})


@transaction.atomic
def record_presence(
    attendance: Attendance,
    presence: Presence,
    *,
    deputy: str = "",
    deputy_holding: SeatHolding | None = None,
    came_at: time | None = None,
    by: Actor,
) -> Attendance:
    """Whether somebody is there, or who came instead: a deputy on record, or a name."""
    require(by, Permission.KEEP_COUNCILS, place=attendance.place_id)
    held = lock_meeting(attendance.meeting)
    if held.state not in WITH_PRESENCE:
        raise Refusal(_("Presence is recorded from the invitation to the end of the session."), code="no_such_step")
    name = " ".join((deputy_holding.name if deputy_holding else deputy).split())[:120]
    if presence == Presence.DEPUTY:
        _check_deputy(held, attendance, name, deputy_holding)
    row = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    if row.holding_id is None and presence in HERE - {Presence.DEPUTY}:
        raise Refusal(_("Nobody holds this seat. Whoever came for it is named as a deputy."), code="nobody_holds")
    row.presence, row.came_at = presence, came_at
    row.deputy, row.deputy_holding = (name, deputy_holding) if presence == Presence.DEPUTY else ("", None)
    row.save()
    return row


@transaction.atomic
def open_session(meeting: Meeting, *, by: Actor) -> Meeting:
    """It begins; with fewer than the quorum nothing can be adopted, and the meeting ends here (C1)."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    held = lock_meeting(meeting)
    if held.on > clock.today():
        raise Refusal(_("The session opens on its day."), code="too_early")
    if held.state == MeetingState.INVITED:
        call_newcomers(held)
    held.quorum_met = voters_here(held) >= held.quorum_needed
    step_meeting(held, MeetingState.IN_SESSION if held.quorum_met else MeetingState.NO_QUORUM)
    held.save()
    if not held.quorum_met:
        release_items(held)
    return held


@transaction.atomic
def write_outcome(item: AgendaItem, *, outcome: str, is_done: bool, by: Actor) -> AgendaItem:
    """What was said on a matter, and whether it is dealt with; also while the minutes are a draft."""
    require(by, Permission.KEEP_COUNCILS, place=item.place_id)
    held = _meeting_of(item, states=_WRITING)
    row = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk, meeting=held)
    row.outcome, row.is_done = outcome.strip(), is_done
    row.save()
    return row


@transaction.atomic
def propose(
    item: AgendaItem,
    *,
    title: str,
    text: str,
    rationale: str = "",
    basis: str = "",
    is_declaratory: bool = False,
    effective_on: date | None = None,
    review_on: date | None = None,
    supersedes: Resolution | None = None,
    by: Actor,
    key: UUID | None = None,
) -> Resolution:
    """A resolution on a matter of the agenda, before the vote."""
    require(by, Permission.KEEP_COUNCILS, place=item.place_id)
    held = _meeting_of(item, states=frozenset({MeetingState.IN_SESSION}))
    if key is not None and (made := Resolution.objects.filter(place_id=item.place_id, key=key).first()):
        return made
    if not title.strip() or not text.strip():
        raise Refusal(_("Write the title and the text of the resolution."), code="no_text", field="text")
    require_no_client(by, item.place_id, title=title, text=text, rationale=rationale)
    resolution = Resolution(
        place_id=held.place_id, council_id=held.council_id, meeting=held, item=item, title=title.strip()[:200],
        text=text.strip(), rationale=rationale.strip(), basis=basis.strip()[:300], is_declaratory=is_declaratory,
        effective_on=effective_on, review_on=review_on, supersedes=supersedes, visibility=item.visibility,
        created_by_id=by.user_id, key=key,
    )  # fmt: skip
    resolution.save(force_insert=True)
    return resolution


@transaction.atomic
def vote(resolution: Resolution, votes: Votes, *, by: Actor) -> Resolution:
    """Count the votes; adopted it has its number, and what it takes the place of is over."""
    require(by, Permission.KEEP_COUNCILS, place=resolution.place_id)
    meeting = lock_meeting(resolution.meeting)
    held = lock_resolution(resolution)
    if meeting.state != MeetingState.IN_SESSION or not meeting.quorum_met:
        raise Refusal(_("Without a quorum in session nothing is adopted."), code="no_quorum")
    here = voters_here(meeting)
    if here < meeting.quorum_needed:
        raise Refusal(
            _("%(count)s members with a vote are there now, and the quorum is %(needed)s. Nothing is voted on.")
            % {"count": wording.number(here), "needed": wording.number(meeting.quorum_needed)},
            code="no_quorum",
        )
    if votes.cast > here or (not votes.by_consensus and votes.cast == 0):
        raise Refusal(
            _("%(count)s members with a vote are there. Count the votes again.") % {"count": wording.number(here)},
            code="miscounted",
            field="in_favour",
        )
    passed = adopts(meeting.voting_rule or meeting.council.voting_rule, votes, voting_seats=meeting.voting_seats)
    step_resolution(held, ResolutionState.ADOPTED if passed else ResolutionState.REJECTED)
    held.in_favour, held.against, held.abstained = votes.in_favour, votes.against, votes.abstained
    held.by_consensus = votes.by_consensus
    if passed:
        number = next_number(held.place_id, f"resolution:{held.council_id.hex}", on=meeting.on)
        held.jalali_year, held.number = number.jalali_year, number.number
    held.save()
    if passed and held.supersedes is not None:
        before = lock_resolution(held.supersedes)
        lock_owed(before)
        if implementations([before.pk])[before.pk].open:
            raise Refusal(
                _("Something is still owed under the resolution it takes the place of. Settle or drop that first."),
                code="owed",
            )
        step_resolution(before, ResolutionState.SUPERSEDED)
        before.save()
    return held


@transaction.atomic
def defer(resolution: Resolution, *, reason: str, by: Actor) -> Resolution:
    """Not now; the matter comes back by itself as long as it is not dealt with."""
    require(by, Permission.KEEP_COUNCILS, place=resolution.place_id)
    if not reason.strip():
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    held = lock_resolution(resolution)
    step_resolution(held, ResolutionState.DEFERRED, reason=reason)
    held.save()
    return held


@transaction.atomic
def note(
    meeting: Meeting,
    kind: NoteKind,
    *,
    text: str,
    obstacle: Obstacle | None = None,
    remedy: str = "",
    resolution: Resolution | None = None,
    item: AgendaItem | None = None,
    visibility: Visibility | None = None,
    by: Actor,
    key: UUID | None = None,
) -> CouncilNote:
    """A strength to reinforce, or an obstacle with what would help; told no further than what it is about (C6)."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    if not text.strip():
        raise Refusal(_("Say what it is."), code="no_text", field="text")
    require_no_client(by, meeting.place_id, text=text, remedy=remedy)
    held = lock_meeting(meeting)
    if key is not None and (made := held.notes.filter(key=key).first()):
        return made
    if held.state in FROZEN_MEETINGS:
        raise Refusal(_("The minutes are final. Write a correction to them."), code="no_such_step")
    about = item or (resolution.item if resolution else None)
    if about is not None and about.meeting_id != held.pk:
        raise Refusal(_("This matter is on no agenda."), code="no_meeting", field="item")
    row = CouncilNote(
        place_id=meeting.place_id, meeting=meeting, resolution=resolution, item=about, kind=kind,
        text=text.strip()[:300], obstacle=obstacle or "", remedy=remedy.strip()[:300], by_id=by.user_id, key=key,
        visibility=_known_to(visibility, about, resolution, otherwise=held.council.visibility), at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    return row


@transaction.atomic
def adjourn(meeting: Meeting, *, ends_at: time | None = None, by: Actor) -> Meeting:
    """The session is over; whoever was not seen there stayed away."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    held = lock_meeting(meeting)
    if held.resolutions.filter(state=ResolutionState.PROPOSED).exists():
        raise Refusal(_("A proposed resolution waits for its vote. Vote on it, or defer it."), code="vote_open")
    step_meeting(held, MeetingState.ADJOURNED)
    # Before the meeting is saved: from then on nobody's presence is rewritten.
    unseen = held.attendances.filter(presence__in=[Presence.INVITED, Presence.CONFIRMED])
    unseen.update(presence=Presence.ABSENT)
    held.ends_at = ends_at or held.ends_at
    held.save()
    return held


def _check_deputy(held: Meeting, attendance: Attendance, name: str, holding: SeatHolding | None) -> None:
    if not name:
        raise Refusal(_("Say who came instead."), code="no_deputy", field="deputy")
    if holding is not None and deputies_of(held).get(attendance.seat_id) != holding:
        raise Refusal(_("She is no deputy of this seat on that day."), code="not_deputy", field="deputy")
    others = held.attendances.filter(presence=Presence.DEPUTY, deputy=name).exclude(pk=attendance.pk)
    if others.exists():
        raise Refusal(
            _("%(name)s is there for another seat already.") % {"name": name}, code="deputy_twice", field="deputy"
        )


def _known_to(asked: Visibility | None, *about: AgendaItem | Resolution | None, otherwise: str) -> Visibility:
    """As asked, or as its council is; never wider than what it is about."""
    order = [Visibility.PUBLIC, Visibility.INTERNAL, Visibility.CLOSED]
    bounds = [Visibility(one.visibility) for one in about if one is not None]
    own = [asked] if asked else [] if bounds else [Visibility(otherwise)]
    return max([*own, *bounds], key=order.index)


def _meeting_of(item: AgendaItem, *, states: frozenset[MeetingState]) -> Meeting:
    """The locked meeting of a matter, in one of these states."""
    if item.meeting is None:
        raise Refusal(_("This matter is on no agenda."), code="no_meeting")
    held = lock_meeting(item.meeting)
    if held.state not in states:
        raise Refusal(_("The meeting is not in session."), code="no_such_step")
    return held
