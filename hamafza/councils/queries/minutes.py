"""What minutes say, gathered from what was recorded; plain values that are kept, hashed and printed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamafza.accounts.actor import Actor
from hamafza.commitments.choices import Confidentiality
from hamafza.councils.choices import (
    ItemKind,
    MeetingState,
    MinutesPhase,
    Presence,
    ResolutionState,
    SeatOffice,
    Visibility,
)
from hamafza.councils.flow import HERE
from hamafza.councils.models import Attendance, Corrigendum, CouncilNote, Meeting, Minutes, Resolution
from hamafza.councils.queries.meetings import attendances_of, has_seat
from hamafza.councils.queries.resolutions import commitments_of, followed_up, implementations
from hamafza.councils.rules import may_keep


def minutes_shown(meeting: Meeting, actor: Actor) -> Minutes | None:
    """What she may read of them: the keeper the latest, a member from the review on, others what is published."""
    latest = meeting.minutes_written.order_by("-version").first()
    if latest is None or may_keep(actor, meeting.place_id):
        return latest
    if has_seat(meeting, actor.user_id):
        return meeting.minutes_written.exclude(phase=MinutesPhase.DRAFT).order_by("-version").first()
    return latest if meeting.state == MeetingState.PUBLISHED else None


def minutes_of(meeting: Meeting) -> dict[str, Any]:
    """JSON values only; dates as ISO texts."""
    attendances = meeting.attendances.select_related("seat", "holding__organization").order_by("seat__position")
    resolutions: dict[Any, list[Resolution]] = defaultdict(list)
    for one in meeting.resolutions.order_by("number", "id"):
        resolutions[one.item_id].append(one)
    return {
        "council": meeting.council.name,
        "place": meeting.place.title,
        "number": f"{meeting.jalali_year}/{meeting.number}",
        "on": meeting.on.isoformat(),
        "starts_at": f"{meeting.starts_at:%H:%M}",
        "ends_at": f"{meeting.ends_at:%H:%M}" if meeting.ends_at else "",
        "venue": meeting.venue,
        "subject": meeting.subject,
        "voting_seats": meeting.voting_seats,
        "quorum_needed": meeting.quorum_needed,
        "quorum_met": bool(meeting.quorum_met),
        "attendance": [_attendance(one) for one in attendances],
        "items": [
            {
                "title": item.title,
                "kind": item.kind,
                "visibility": item.visibility,
                "outcome": item.outcome,
                "is_done": item.is_done,
                "resolutions": [_resolution(one) for one in resolutions[item.pk]],
                "follow_up": _followed_up(meeting) if item.kind == ItemKind.FOLLOW_UP else [],
            }
            for item in meeting.items.order_by("position", "id")
        ],
        "notes": [
            {
                "kind": one.kind,
                "text": one.text,
                "obstacle": one.obstacle,
                "remedy": one.remedy,
                "visibility": _visibility(one),
            }
            for one in meeting.notes.select_related("resolution", "item").order_by("at", "id")
        ],
    }


def of_the_session(said: dict[str, Any]) -> dict[str, Any]:
    """What was said and resolved there; without what goes on afterwards: commitments, and how far resolutions are."""
    items = [
        {
            **{name: value for name, value in item.items() if name != "follow_up"},
            "resolutions": [
                {name: value for name, value in one.items() if name not in {"state", "commitments"}}
                for one in item["resolutions"]
            ],
        }
        for item in said["items"]
    ]
    return {"items": items, "notes": said["notes"]}


def unread_by(review: Minutes) -> set[UUID]:
    """Who was there, signs in and has written nothing on this version."""
    there = {one.attendee.user_id for one in attendances_of(review.meeting) if one.presence in HERE and one.attendee}
    return {user for user in there if user} - set(review.remarks.values_list("by", flat=True))


def must_sign(meeting: Meeting) -> list[Attendance]:
    """Chair and secretary, as far as they were there; the deputy chair for a chair who was not."""
    there = [one for one in attendances_of(meeting) if one.presence in HERE]
    led = any(one.seat.office == SeatOffice.CHAIR for one in there)
    heads = {SeatOffice.SECRETARY, SeatOffice.CHAIR if led else SeatOffice.DEPUTY_CHAIR}
    return [one for one in there if one.seat.office in heads]


def corrigenda_told(minutes: Minutes, *, closed: bool) -> QuerySet[Corrigendum]:
    """In their order; ``closed`` says whether closed ones may be shown."""
    found = minutes.corrigenda.order_by("number")
    return found if closed else found.exclude(visibility=Visibility.CLOSED)


def told_outside(said: dict[str, Any]) -> dict[str, Any]:
    """Minutes as they may be told: without closed matters and resolutions, and how many were left out (C6)."""
    open_items = [item for item in said["items"] if item["visibility"] != Visibility.CLOSED]
    items = [
        {
            **item,
            "resolutions": [_told(one) for one in item["resolutions"] if one["visibility"] != Visibility.CLOSED],
            "follow_up": [one for one in item["follow_up"] if one["visibility"] != Visibility.CLOSED],
        }
        for item in open_items
    ]
    notes = [one for one in said["notes"] if one["visibility"] != Visibility.CLOSED]
    return {**said, "items": items, "notes": notes, "closed_left_out": len(said["items"]) - len(items)}


def _told(resolution: dict[str, Any]) -> dict[str, Any]:
    """Without commitments that are closed."""
    owed = [one for one in resolution["commitments"] if one["confidentiality"] != Confidentiality.CLOSED]
    return {**resolution, "commitments": owed}


def _visibility(note: CouncilNote) -> str:
    """Of what a meeting noted: closed when it is, or what it is about."""
    about = [one.visibility for one in (note.item, note.resolution) if one is not None]
    return str(Visibility.CLOSED if Visibility.CLOSED in about else note.visibility)


def _followed_up(meeting: Meeting) -> list[dict[str, Any]]:
    """Resolutions of earlier meetings that are not closed, with how far they are."""
    rows = list(followed_up(meeting))
    states = implementations(one.pk for one in rows)
    return [
        {
            "number": f"{one.jalali_year}/{one.number}",
            "title": one.title,
            "percent": states[one.pk].percent,
            **({"for_review": True} if getattr(one, "for_review", False) else {}),
            "visibility": one.visibility,
        }
        for one in rows
    ]


def _attendance(one: Attendance) -> dict[str, Any]:
    holding = one.holding
    return {
        "seat": one.seat.title,
        "office": SeatOffice(one.seat.office).value,
        "name": one.deputy if one.presence == Presence.DEPUTY else (holding.name if holding else ""),
        "for": holding.name if one.presence == Presence.DEPUTY and holding else "",
        "body": holding.organization.name_fa if holding and holding.organization else "",
        "presence": one.presence,
        "votes": one.votes,
    }


def _resolution(one: Resolution) -> dict[str, Any]:
    return {
        "number": f"{one.jalali_year}/{one.number}" if one.number else "",
        "title": one.title,
        "text": one.text,
        "state": ResolutionState(one.state).value,
        "in_favour": one.in_favour,
        "against": one.against,
        "abstained": one.abstained,
        "by_consensus": one.by_consensus,
        "is_declaratory": one.is_declaratory,
        "visibility": one.visibility,
        "commitments": [
            {
                "title": owed.title,
                "owner": owed.owner.name_fa,
                "due_on": owed.original_due_on.isoformat(),
                "quantity": owed.quantity,
                "unit": owed.unit,
                "confidentiality": owed.confidentiality,
            }
            for owed in commitments_of(one)
        ],
    }
