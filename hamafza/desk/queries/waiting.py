"""What waits at a desk: what had climbed to it and was still owed, dates to decide on, reports to verify."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from hamafza.accounts.models import Organization
from hamafza.commitments.choices import CommitmentState, Confidentiality, Rung
from hamafza.commitments.models import Commitment, DueDateChange, EscalationStep
from hamafza.commitments.queries.commitments import told_outside
from hamafza.desk.figures import Climbed, Promise
from hamafza.desk.queries.history import end_of
from hamafza.desk.queries.identity import with_nobody
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place

SHOWN = 20


def climbed_to(
    place: Place, places: Collection[str], held: Mapping[UUID, Promise], *, on: date
) -> tuple[tuple[Climbed, ...], int]:
    """The first that climbed by the evening of ``on``, and how many did. Titles that name a client are left out.

    ``held``: commitments as they stood on that evening; theirs are the deadline, the owner, and whether it was still owed.
    To a county's desk the rung of the governor; to a province's that of the province, and its own governor's.
    """
    first: dict[UUID, EscalationStep] = {}
    for step in _steps(place, places, on=on):
        one = held.get(step.commitment_id)
        if one is not None and one.is_owed and one.due_on == step.due_on:
            first.setdefault(step.commitment_id, step)
    shown = list(first.values())[:SHOWN]
    owners = Organization.objects.in_bulk([held[step.commitment_id].owner for step in shown])
    titles = with_nobody([step.commitment.title for step in shown])
    rows = [
        _climbed(step, title=title, owner=owners[UUID(held[step.commitment_id].owner)])
        for step, title in zip(shown, titles, strict=True)
    ]
    return tuple(rows), len(first)


def _steps(place: Place, places: Collection[str], *, on: date) -> Iterable[EscalationStep]:
    """The earliest first, without those of what was settled by then."""
    unsettled = Q(commitment__settled_at=None) | Q(commitment__settled_at__gte=end_of(on))
    found = EscalationStep.objects.filter(_rungs(place), unsettled, place__in=places, falls_on__lte=on)
    found = found.exclude(commitment__confidentiality=Confidentiality.CLOSED)
    return found.select_related("commitment", "place").order_by("falls_on", "level", "id")


def _climbed(step: EscalationStep, *, title: str, owner: Organization) -> Climbed:
    return Climbed(
        key=str(step.commitment_id),
        number=f"{step.commitment.jalali_year}/{step.commitment.number}",
        title=title,
        owner=owner.name_fa,
        place=step.place.name_fa,
        due_on=step.due_on.isoformat(),
        since=step.falls_on.isoformat(),
    )


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
