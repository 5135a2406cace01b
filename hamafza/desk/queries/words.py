"""Strengths to reinforce and obstacles to remove, in words: of meetings, and of what bodies report. Without anybody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from hamafza.commitments.choices import Confidentiality
from hamafza.commitments.models import ProgressUpdate
from hamafza.councils.choices import NoteKind, Visibility
from hamafza.councils.models import CouncilNote
from hamafza.desk.figures import Said
from hamafza.desk.periods import Period
from hamafza.desk.queries.identity import with_nobody

#: Of each source and kind so many, the newest.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Words:
    """The newest first. ``left_out``: could tell of a client. ``unsaid``: of each kind, how many older ones there are."""

    said: tuple[Said, ...]
    left_out: int
    unsaid: tuple[tuple[str, int], ...]


def said_in(places: Collection[str], period: Period) -> Words:
    """Of meetings and reports of the days of the period. Three queries."""
    unsaid: Counter[str] = Counter()
    found = [*_notes(places, period, unsaid), *_reported(places, period, unsaid)]
    texts = with_nobody([f"{one.text}\n{one.remedy}" for one in found])
    kept = [one for one, text in zip(found, texts, strict=True) if text]
    newest = sorted(kept, key=lambda one: (one.on, one.text), reverse=True)
    return Words(tuple(newest), len(found) - len(kept), tuple(sorted((+unsaid).items())))


def _notes(places: Collection[str], period: Period, unsaid: Counter[str]) -> list[Said]:
    """Of meetings; nothing that is closed itself, or of a closed council, item or resolution (C6)."""
    newest = [F("meeting__on").desc(), F("id").desc()]
    notes = (
        CouncilNote.objects.filter(place__in=places, meeting__on__range=(period.first, period.last))
        .exclude(meeting__council__visibility=Visibility.CLOSED)
        .exclude(visibility=Visibility.CLOSED)
        .exclude(item__visibility=Visibility.CLOSED)
        .exclude(resolution__visibility=Visibility.CLOSED)
        .exclude(resolution__item__visibility=Visibility.CLOSED)
        .annotate(
            rank=Window(RowNumber(), partition_by=F("kind"), order_by=newest),
            of_kind=Window(Count("pk"), partition_by=F("kind")),
        )
        .filter(rank__lte=SHOWN)
        .select_related("meeting__council")
        .order_by(*newest)
    )
    unsaid.update({one.kind: one.of_kind - SHOWN for one in notes if one.rank == SHOWN})
    return [
        Said(
            kind=one.kind,
            text=one.text,
            by=one.meeting.council.name,
            on=one.meeting.on.isoformat(),
            obstacle=one.obstacle,
            remedy=one.remedy,
        )
        for one in notes
    ]


def _reported(places: Collection[str], period: Period, unsaid: Counter[str]) -> list[Said]:
    """What bodies named as in their way, in words of their own."""
    said = (
        ProgressUpdate.objects.filter(place__in=places, on__range=(period.first, period.last))
        .exclude(obstacle_text="")
        .exclude(commitment__confidentiality=Confidentiality.CLOSED)
        .annotate(of_all=Window(Count("pk")))
        .select_related("commitment__owner")
        .order_by("-on", "-id")
    )
    newest = list(said[:SHOWN])
    if newest:
        unsaid[NoteKind.OBSTACLE] += newest[0].of_all - len(newest)
    return [
        Said(
            kind=NoteKind.OBSTACLE,
            text=one.obstacle_text,
            by=one.commitment.owner.name_fa,
            on=one.on.isoformat(),
            obstacle=one.obstacle,
        )
        for one in newest
    ]
