"""The ladder in force at a place: its own, else that of the nearest place above, else the country's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from hamafza.commitments.ladder import COUNTRY_LADDER, Step
from hamafza.commitments.models import Commitment, EscalationStep, LadderStep
from hamafza.places.models import Place


@dataclass(frozen=True, slots=True)
class Ladder:
    """``of`` is the place that set it; none: nobody did, it is the program's own."""

    steps: list[Step]
    of: Place | None


def ladder_of(place: str) -> list[Step]:
    """Lowest rung first; two queries."""
    return ladder_at(place).steps


def ladder_at(place: str) -> Ladder:
    """The ladder with the place it comes from; two queries."""
    way = _way_up(Place.objects.select_related("parent__parent").get(code=place))
    rows = list(LadderStep.objects.filter(place__in=[one.code for one in way]).order_by("level"))
    held = {row.place_id for row in rows}
    nearest = next((one for one in way if one.code in held), None)
    if nearest is None:
        return Ladder(list(COUNTRY_LADDER), None)
    return Ladder([Step(row.level, row.days, row.to) for row in rows if row.place_id == nearest.code], nearest)


def levels_known(some: Iterable[Commitment]) -> dict[UUID, set[int]]:
    """Of each commitment the rungs of its present deadline that are on record; one query."""
    due = {one.pk: one.due_on for one in some}
    known: dict[UUID, set[int]] = {pk: set() for pk in due}
    rows = EscalationStep.objects.filter(commitment__in=list(due)).values_list("commitment_id", "due_on", "level")
    for pk, day, level in rows:
        if day == due[pk]:
            known[pk].add(level)
    return known


def _way_up(place: Place) -> list[Place]:
    """The place itself, then what it lies in."""
    way = [place]
    while (above := way[-1].parent) is not None:
        way.append(above)
    return way
