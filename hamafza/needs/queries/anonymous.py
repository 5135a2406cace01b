"""Lists that name nobody, for those who plan the county (governor's office).

Needs alike in every shown attribute make one line with their number. A line stands for at least five households; where
fewer are alike, attributes are given up one after the other (`COARSER`) until five are, and what is still alone is not
shown at all. Target groups of the special class are one group. No total is given from which a hidden line could be
reckoned.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from hamafza.needs.choices import STANDING_STATES
from hamafza.needs.models import Need
from hamafza.registry.choices import SPECIAL_GROUPS, TargetGroup
from hamafza.registry.models import TargetGroupMembership

ALIKE_AT_LEAST = 5
#: The one group in which all of the special class stand.
SPECIAL = "special"
#: Given up in this order.
COARSER = ("group", "waiting", "decile", "severity", "district")
DECILE_BANDS = ((1, 2), (3, 4), (5, 6), (7, 10))
#: Days from which the bands of waiting time begin.
WAITING_BANDS = (365, 90, 0)
_ORDER = {group: place for place, group in enumerate(TargetGroup.values)}


@dataclass(frozen=True, slots=True)
class Cell:
    """What needs have in common. Empty or None: given up, or not known. ``decile`` is a band, ``waiting`` its first day."""

    domain: str
    district: str | None = None
    severity: int | None = None
    group: str = ""
    decile: tuple[int, int] | None = None
    waiting: int | None = None


@dataclass(slots=True)
class AnonymousLine:
    """Needs alike, their number and that of their households."""

    cell: Cell
    needs: int = 0
    households: set[UUID] = field(default_factory=set)


def anonymous_lines(
    county: str, *, on: date, domain: str = "", districts: frozenset[str] | None = None
) -> list[AnonymousLine]:
    """Standing needs of a county (which must be open) without anybody's name; the most severe and most numerous first.

    ``districts`` are picked among the lines of the whole county, so that two lists side by side tell no more than one;
    lines in which districts stand together are of none of them.
    """
    lines = _lines(county, on=on, domain=domain)
    for attribute in COARSER:
        lines = _give_up(lines, attribute)
    shown = [
        line
        for line in lines.values()
        if len(line.households) >= ALIKE_AT_LEAST and (districts is None or line.cell.district in districts)
    ]
    return sorted(
        shown, key=lambda line: (-(line.cell.severity or 0), -line.needs, line.cell.domain, line.cell.district or "")
    )


def _lines(county: str, *, on: date, domain: str) -> dict[Cell, AnonymousLine]:
    needs = Need.objects.filter(
        county_id=county, state__in=sorted(STANDING_STATES), **({"domain": domain} if domain else {})
    )
    of_person, of_household = _groups(on)
    lines: dict[Cell, AnonymousLine] = {}
    columns = needs.values_list("household_id", "person_id", "domain", "district_id", "severity", "decile", "since")
    for household, person, of, district, severity, decile, since in columns.iterator(chunk_size=5000):
        group = of_person.get(person, "") if person else of_household.get(household, "")
        cell = Cell(of, district, severity, group, _decile_band(decile), _waiting_band((on - since).days))
        _add(lines, cell, needs=1, households={household})
    return lines


def _groups(on: date) -> tuple[dict[UUID, str], dict[UUID, str]]:
    """The one group shown for each person and household: an open one before the special class."""
    in_force = TargetGroupMembership.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on))
    persons: dict[UUID, set[str]] = defaultdict(set)
    households: dict[UUID, set[str]] = defaultdict(set)
    for person, household, group in in_force.values_list("person_id", "person__household_id", "group"):
        persons[person].add(group)
        households[household].add(group)
    return {key: _shown(groups) for key, groups in persons.items()}, {
        key: _shown(groups) for key, groups in households.items()
    }


def _shown(groups: set[str]) -> str:
    return min(groups - SPECIAL_GROUPS, key=_ORDER.__getitem__, default=SPECIAL)


def _give_up(lines: dict[Cell, AnonymousLine], attribute: str) -> dict[Cell, AnonymousLine]:
    empty: Any = "" if attribute == "group" else None
    kept: dict[Cell, AnonymousLine] = {}
    for cell, line in lines.items():
        alone = len(line.households) < ALIKE_AT_LEAST
        _add(kept, replace(cell, **{attribute: empty}) if alone else cell, needs=line.needs, households=line.households)
    return kept


def _add(lines: dict[Cell, AnonymousLine], cell: Cell, *, needs: int, households: set[UUID]) -> None:
    line = lines.setdefault(cell, AnonymousLine(cell))
    line.needs += needs
    line.households |= households


def _decile_band(decile: int | None) -> tuple[int, int] | None:
    return next((band for band in DECILE_BANDS if decile is not None and band[0] <= decile <= band[1]), None)


def _waiting_band(days: int) -> int:
    return next((first for first in WAITING_BANDS if days >= first), 0)
