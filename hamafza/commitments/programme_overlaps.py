"""Where two bodies plan the same: pure arithmetic over the items of a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Planned:
    """What is compared of an item. An empty ``district`` or ``target_group`` means all of them."""

    item: UUID
    body: UUID
    field: UUID
    starts_on: date
    ends_on: date
    district: str = ""
    target_group: str = ""
    partner: UUID | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two items of two bodies that meet; ``is_together`` when one of them names the other body as its partner."""

    one: Planned
    other: Planned
    is_together: bool


def overlaps(planned: Iterable[Planned]) -> list[Overlap]:
    """Pairs of items of different bodies: same field, days in common, and district and target group the same or all."""
    by_field: dict[UUID, list[Planned]] = defaultdict(list)
    for one in planned:
        by_field[one.field].append(one)
    pairs = (pair for items in by_field.values() for pair in combinations(items, 2))
    return [Overlap(one, other, _is_together(one, other)) for one, other in pairs if _meet(one, other)]


def _meet(one: Planned, other: Planned) -> bool:
    return (
        one.body != other.body
        and one.starts_on <= other.ends_on
        and other.starts_on <= one.ends_on
        and _same_or_all(one.district, other.district)
        and _same_or_all(one.target_group, other.target_group)
    )


def _same_or_all(one: str, other: str) -> bool:
    return not one or not other or one == other


def _is_together(one: Planned, other: Planned) -> bool:
    return one.partner == other.body or other.partner == one.body
