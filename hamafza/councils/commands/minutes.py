"""Minutes in their phases: a draft, the remarks of those who were there, the final text with its hash, names under it."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.councils.choices import MeetingState, MinutesPhase, Visibility
from hamafza.councils.commands.step import lock_meeting, step_meeting
from hamafza.councils.flow import HERE
from hamafza.councils.models import Attendance, Corrigendum, Meeting, Minutes, Remark, Signature
from hamafza.councils.queries.minutes import minutes_of, must_sign, of_the_session, unread_by
from hamafza.notices.commands.notify import notify


@transaction.atomic
def draft_minutes(meeting: Meeting, *, by: Actor) -> Minutes:
    """From what was recorded in the session: attendance, matters, votes, resolutions."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    held = lock_meeting(meeting)
    if held.state != MeetingState.MINUTES_DRAFT:
        step_meeting(held, MeetingState.MINUTES_DRAFT)
        held.save()
    return _write(held, MinutesPhase.DRAFT, by=by)


@transaction.atomic
def send_for_review(meeting: Meeting, *, until: date, by: Actor) -> Minutes:
    """Before those who were there, until a day."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    if until < clock.today():
        raise Refusal(_("This day is over. Choose another one."), code="past", field="until")
    held = lock_meeting(meeting)
    step_meeting(held, MeetingState.MINUTES_REVIEW)
    held.review_until = until
    held.save()
    for user in {one.attendee.user for one in _attendees(held) if one.attendee and one.attendee.user}:
        notify(
            user, code="councils.review", params={"council": held.council.name}, url=f"/councils/meetings/{held.pk}/"
        )
    return _write(held, MinutesPhase.REVIEW, by=by)


@transaction.atomic
def remark(minutes: Minutes, *, text: str, by: Actor, key: UUID | None = None) -> Remark:
    """By somebody who was there, while they lie open."""
    held = lock_meeting(minutes.meeting)
    was_there = any(one.attendee and one.attendee.user_id == by.user_id for one in _attendees(held))
    if by.user_id is None or not (was_there or by.may(Permission.KEEP_COUNCILS, held.place_id)):
        raise PermissionDenied
    if key is not None and (made := minutes.remarks.filter(key=key).first()):
        return made
    if held.state != MeetingState.MINUTES_REVIEW or minutes.phase != MinutesPhase.REVIEW:
        raise Refusal(_("The minutes do not lie open for remarks any more."), code="no_such_step")
    if held.review_until is not None and held.review_until < clock.today():
        raise Refusal(
            _("Remarks were welcome until %(day)s. Tell the secretary of the council what is wrong.")
            % {"day": wording.short_date(held.review_until)},
            code="review_over",
        )
    if not text.strip():
        raise Refusal(_("Write your remark."), code="no_text", field="text")
    row = Remark(place_id=held.place_id, minutes=minutes, text=text.strip(), by_id=by.user_id, key=key)
    row.save(force_insert=True)
    return row


@transaction.atomic
def finish_minutes(meeting: Meeting, *, by: Actor) -> Minutes:
    """The text that lay before those who were there, letter for letter: from now on nothing of it is rewritten (C3)."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    held = lock_meeting(meeting)
    step_meeting(held, MeetingState.MINUTES_FINAL)
    review = held.minutes_written.filter(phase=MinutesPhase.REVIEW).latest("version")
    _require_read(held, review, by=by)
    if of_the_session(json.loads(review.text)) != of_the_session(minutes_of(held)):
        raise Refusal(
            _("Something of the session was changed after this text was sent out. Write the draft anew and send it."),
            code="changed",
        )
    final = _keep(held, MinutesPhase.FINAL, review.text, by=by)
    held.save()
    return final


@transaction.atomic
def sign(minutes: Minutes, attendance: Attendance, *, by: Actor) -> Signature:
    """A name under it: her own who sat there, or written in by the secretary for whoever signed on paper."""
    held = lock_meeting(minutes.meeting)
    row = held.attendances.select_related("holding", "deputy_holding", "seat").get(pk=attendance.pk)
    is_own = row.attendee is not None and row.attendee.user_id is not None and row.attendee.user_id == by.user_id
    if not is_own:
        require(by, Permission.KEEP_COUNCILS, place=held.place_id)
    if minutes.phase != MinutesPhase.FINAL:
        raise Refusal(_("Only final minutes are signed."), code="no_such_step")
    if row.presence not in HERE:
        raise Refusal(_("Whoever was not there does not sign."), code="not_there")
    if minutes.signatures.filter(attendance=row).exists():
        raise Refusal(_("This is signed already."), code="signed")
    signature = Signature(
        place_id=held.place_id, minutes=minutes, attendance=row,
        name=row.deputy or (row.holding.name if row.holding else row.seat.title), post=row.seat.title, by_id=by.user_id,
    )  # fmt: skip
    signature.save(force_insert=True)
    return signature


@transaction.atomic
def publish(meeting: Meeting, *, by: Actor) -> Meeting:
    """Signed minutes may be read by whoever may see councils of the place; closed items stay out (C6)."""
    require(by, Permission.KEEP_COUNCILS, place=meeting.place_id)
    held = lock_meeting(meeting)
    step_meeting(held, MeetingState.PUBLISHED)
    _require_signed(held)
    held.save()
    return held


@transaction.atomic
def correct(
    minutes: Minutes, *, text: str, visibility: Visibility | None = None, by: Actor, key: UUID | None = None
) -> Corrigendum:
    """What was wrong in final minutes, and what is right; a closed one is told no further than they are (C6)."""
    require(by, Permission.KEEP_COUNCILS, place=minutes.place_id)
    if minutes.phase != MinutesPhase.FINAL:
        raise Refusal(_("Before they are final, change the draft."), code="no_such_step")
    if not text.strip():
        raise Refusal(_("Write what is right."), code="no_text", field="text")
    held = lock_meeting(minutes.meeting)
    if key is not None and (made := minutes.corrigenda.filter(key=key).first()):
        return made
    row = Corrigendum(
        place_id=minutes.place_id, minutes=minutes, number=minutes.corrigenda.count() + 1, text=text.strip(),
        visibility=visibility or held.council.visibility, by_id=by.user_id, key=key,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _attendees(held: Meeting) -> list[Attendance]:
    return list(
        held.attendances.filter(presence__in=sorted(HERE)).select_related("holding__user", "deputy_holding__user")
    )


def _require_read(held: Meeting, review: Minutes, *, by: Actor) -> None:
    """The day is over, or everybody who signs in has written; whoever wrote the minutes is not waited for."""
    until = held.review_until
    if until is not None and until >= clock.today() and unread_by(review) - {by.user_id}:
        raise Refusal(
            _("Remarks are welcome until %(day)s, and not everybody who was there and signs in has written one.")
            % {"day": wording.short_date(until)},
            code="in_review",
        )


def _require_signed(held: Meeting) -> None:
    signed = set(Signature.objects.filter(minutes__meeting=held).values_list("attendance", flat=True))
    missing = [one.seat.title for one in must_sign(held) if one.pk not in signed]
    if missing:
        comma = "، " if wording.is_persian() else ", "
        raise Refusal(_("First these sign the minutes: %(seats)s.") % {"seats": comma.join(missing)}, code="unsigned")
    if not signed:
        raise Refusal(_("Somebody who was there signs the minutes first."), code="unsigned")


def _write(held: Meeting, phase: MinutesPhase, *, by: Actor) -> Minutes:
    return _keep(held, phase, as_text(minutes_of(held)), by=by)


def _keep(held: Meeting, phase: MinutesPhase, text: str, *, by: Actor) -> Minutes:
    minutes = Minutes(
        place_id=held.place_id, meeting=held, phase=phase, version=held.minutes_written.count() + 1, text=text,
        hash=hashlib.sha256(text.encode()).hexdigest(), at=clock.now(), by_id=by.user_id,
    )  # fmt: skip
    minutes.save(force_insert=True)
    return minutes


def as_text(said: dict[str, Any]) -> str:
    """JSON in one fixed form, so that its hash says whether a letter was changed."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
