"""Strengths to reinforce and obstacles to remove, in words: of meetings, and of what bodies report. Without anybody's name."""

from __future__ import annotations

from collections.abc import Collection

from hamafza.commitments.choices import Confidentiality
from hamafza.commitments.models import ProgressUpdate
from hamafza.councils.choices import NoteKind, Visibility
from hamafza.councils.models import CouncilNote
from hamafza.desk.figures import Said
from hamafza.desk.periods import DAY, Period
from hamafza.desk.queries.history import end_of
from hamafza.desk.queries.identity import with_nobody

#: Of each source so many, the newest.
SHOWN = 12


def said_in(places: Collection[str], period: Period) -> tuple[tuple[Said, ...], int]:
    """The newest first; what could tell of a client is left out, and how often. Three queries."""
    found = [*_notes(places, period), *_reported(places, period)]
    texts = with_nobody([f"{one.text}\n{one.remedy}" for one in found])
    kept = [one for one, text in zip(found, texts, strict=True) if text]
    newest = sorted(kept, key=lambda one: (one.on, one.text), reverse=True)
    return tuple(newest), len(found) - len(kept)


def _notes(places: Collection[str], period: Period) -> list[Said]:
    """Of meetings; nothing that is closed itself, or of a closed council, item or resolution (C6)."""
    notes = (
        CouncilNote.objects.filter(place__in=places, at__gte=end_of(period.first - DAY), at__lt=end_of(period.last))
        .exclude(meeting__council__visibility=Visibility.CLOSED)
        .exclude(visibility=Visibility.CLOSED)
        .exclude(item__visibility=Visibility.CLOSED)
        .exclude(resolution__visibility=Visibility.CLOSED)
        .exclude(resolution__item__visibility=Visibility.CLOSED)
        .select_related("meeting__council")
        .order_by("-at", "-id")
    )
    return [
        Said(
            kind=one.kind,
            text=one.text,
            by=one.meeting.council.name,
            on=one.meeting.on.isoformat(),
            obstacle=one.obstacle,
            remedy=one.remedy,
        )
        for one in notes[: SHOWN * 2]
    ]


def _reported(places: Collection[str], period: Period) -> list[Said]:
    """What bodies named as in their way, in words of their own."""
    said = (
        ProgressUpdate.objects.filter(place__in=places, on__range=(period.first, period.last))
        .exclude(obstacle_text="")
        .exclude(commitment__confidentiality=Confidentiality.CLOSED)
        .select_related("commitment__owner")
        .order_by("-on", "-id")
    )
    return [
        Said(
            kind=NoteKind.OBSTACLE,
            text=one.obstacle_text,
            by=one.commitment.owner.name_fa,
            on=one.on.isoformat(),
            obstacle=one.obstacle,
        )
        for one in said[:SHOWN]
    ]
