"""What waits at a desk: what has climbed to it and is still owed, dates to decide on, reports to verify."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db.models import F, Q, QuerySet

from hamafza.commitments.choices import CommitmentState, Confidentiality, Rung
from hamafza.commitments.flow import OWED_STATES
from hamafza.commitments.models import Commitment, DueDateChange, EscalationStep
from hamafza.commitments.queries.commitments import told_outside
from hamafza.desk.figures import Climbed
from hamafza.desk.queries.identity import with_nobody
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place

SHOWN = 20


def climbed_to(place: Place, places: Collection[str], *, on: date) -> tuple[Climbed, ...]:
    """By its present deadline and still owed, those that climbed first at the top. Titles that name a client are left out.

    To a county's desk the rung of the governor; to a province's that of the province, and its own governor's.
    """
    steps = (
        EscalationStep.objects.filter(
            _rungs(place),
            place__in=places,
            falls_on__lte=on,
            due_on=F("commitment__due_on"),
            commitment__state__in=sorted(OWED_STATES),
        )
        .exclude(commitment__confidentiality=Confidentiality.CLOSED)
        .select_related("commitment__owner", "place")
        .order_by("falls_on", "level", "id")
    )
    first: dict[str, Climbed] = {}
    for step in steps[: SHOWN * 2]:
        held = step.commitment
        row = Climbed(
            key=str(held.pk),
            number=f"{held.jalali_year}/{held.number}",
            title=held.title,
            owner=held.owner.name_fa,
            place=step.place.name_fa,
            due_on=held.due_on.isoformat(),
            since=step.falls_on.isoformat(),
        )
        first.setdefault(row.key, row)
    shown = list(first.values())[:SHOWN]
    titles = with_nobody([one.title for one in shown])
    return tuple(replace(one, title=title) for one, title in zip(shown, titles, strict=True))


def _rungs(place: Place) -> Q:
    if place.kind == PlaceKind.COUNTY:
        return Q(to=Rung.GOVERNOR)
    return Q(to=Rung.PROVINCE) | Q(to=Rung.GOVERNOR, place=place.code)


def dates_asked(place: str) -> QuerySet[DueDateChange]:
    """Other due dates that wait for a decision, the oldest first; of what is not closed."""
    asked = DueDateChange.objects.filter(place=place, decided_at__isnull=True)
    asked = asked.exclude(commitment__confidentiality=Confidentiality.CLOSED)
    return asked.select_related("commitment__owner").order_by("asked_at", "id")


def to_verify(place: str) -> QuerySet[Commitment]:
    """Reported as done."""
    return told_outside(Commitment.objects.filter(place=place, state=CommitmentState.CLAIMED))
