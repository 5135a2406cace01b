"""Councils, meetings and resolutions as rows, for every page that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from hamafza.core.parts import Tone
from hamafza.councils.choices import MeetingState, ResolutionState
from hamafza.councils.flow import STANDING
from hamafza.councils.implementation import Implementation
from hamafza.councils.models import Meeting, Resolution
from hamafza.councils.queries.resolutions import implementations
from hamafza.councils.words import (
    MEETING_TONES,
    RESOLUTION_TONES,
    implementation_words,
    meeting_hours,
    meeting_title,
    number_of,
    votes_words,
)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    pk: UUID
    url: str
    title: str
    number: str
    on: date
    hours: str
    venue: str
    subject: str
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """``percent`` is None where nothing is to be carried out."""

    pk: UUID
    url: str
    number: str
    title: str
    meeting: str
    on: date
    state: str
    tone: Tone
    votes: str
    percent: int | None
    progress: str
    resolution: Resolution
    for_review: bool = False


def meeting_row(one: Meeting) -> MeetingRow:
    """Of one with its council."""
    return MeetingRow(
        pk=one.pk,
        url=reverse("councils:meeting-record", args=[one.pk]),
        title=meeting_title(one),
        number=number_of(one),
        on=one.on,
        hours=meeting_hours(one),
        venue=one.venue,
        subject=one.subject,
        state=str(MeetingState(one.state).label),
        tone=MEETING_TONES[one.state],
    )


def resolution_rows(some: Iterable[Resolution]) -> Sequence[ResolutionRow]:
    """Of some with their meetings; how far they are in one query."""
    rows = list(some)
    states = implementations(one.pk for one in rows)
    return [resolution_row(one, states[one.pk]) for one in rows]


def resolution_row(one: Resolution, state: Implementation) -> ResolutionRow:
    carried_out = one.state in STANDING and not one.is_declaratory
    return ResolutionRow(
        pk=one.pk,
        url=reverse("councils:resolution-record", args=[one.pk]),
        number=number_of(one),
        title=one.title,
        meeting=number_of(one.meeting),
        on=one.meeting.on,
        state=str(ResolutionState(one.state).label),
        tone=RESOLUTION_TONES[one.state],
        votes=votes_words(one),
        percent=state.percent if carried_out else None,
        progress=implementation_words(state) if carried_out else "",
        resolution=one,
        for_review=getattr(one, "for_review", False),
    )
