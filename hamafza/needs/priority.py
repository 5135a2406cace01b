"""Priority: who comes first, and why. Pure rules; the weights are literals a welfare officer can review (M-A7).

A score has a part that is stored (0 to 100 points: how severe the need is and how hard the household's life) and one
that is not: a point for each 30 days of waiting. Those who really have difficulty making a living come first: decile,
income and the lack of an earner weigh 38 of 100, more than any other group of parts.

What is not known neither pulls a household up nor pushes it down: it gets the points of the middle, and the page says
so. Change a weight, and `RULE_VERSION` goes up by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from hamafza.needs.choices import Domain
from hamafza.registry.choices import DisabilitySeverity, JobStatus, Tenure

RULE_VERSION = 1
DAYS_A_POINT = 30
CHILD_UNTIL, OLDER_FROM = 18, 65

SEVERITY_POINTS: dict[int, int] = {1: 6, 2: 12, 3: 18, 4: 24, 5: 30}
DECILE_POINTS: dict[int | None, int] = {1: 20, 2: 18, 3: 15, 4: 12, 5: 9, 6: 6, 7: 4, 8: 2, 9: 0, 10: 0, None: 9}
#: Monthly income a head, in rial, up to which the points are given (cost of living of 1404).
INCOME_POINTS: tuple[tuple[int, int], ...] = ((10_000_000, 12), (25_000_000, 9), (45_000_000, 6), (70_000_000, 3))
INCOME_UNKNOWN = 5
DISABILITY_POINTS: dict[str, int] = {
    "": 4,  # a disability whose severity is not on file
    DisabilitySeverity.MILD: 2,
    DisabilitySeverity.MODERATE: 4,
    DisabilitySeverity.SEVERE: 6,
    DisabilitySeverity.VERY_SEVERE: 8,
}
WOMAN_HEAD = 4
CHILD, CHILDREN_AT_MOST = 1, 4
OLDER = 3
SEVERAL_DISABLED = 3
NO_EARNER = 6
#: Counted for needs of housing alone.
TENURE_POINTS: dict[str, int] = {
    Tenure.HOMELESS: 10,
    Tenure.FREE: 7,
    Tenure.RENTED: 6,
    Tenure.OTHER: 5,
    Tenure.OWNED: 0,
    "": 5,
}
#: Counted for needs of a job alone.
JOB_POINTS: dict[str, int] = {
    JobStatus.UNEMPLOYED: 10,
    JobStatus.HOMEMAKER: 6,
    JobStatus.OTHER: 5,
    "": 5,
    JobStatus.PUPIL: 2,
    JobStatus.EMPLOYED: 1,
    JobStatus.RETIRED: 0,
    JobStatus.UNABLE: 0,
    JobStatus.CHILD: 0,
}

#: The most each part can give, in the order in which a page shows them; together 100, since no need
#: counts both tenure and occupation.
PARTS: dict[str, int] = {
    "severity": 30,
    "decile": 20,
    "income": 12,
    "no_earner": 6,
    "disability": 8,
    "several_disabled": 3,
    "woman_head": 4,
    "children": 4,
    "older": 3,
    "tenure": 10,
    "job_status": 10,
}

_EARNERS = frozenset({JobStatus.EMPLOYED, JobStatus.RETIRED})
_SEVERITIES = ["", *DisabilitySeverity.values]


@dataclass(frozen=True, slots=True)
class Member:
    """What priority asks of one person of the household. ``disability``: None for none, '' for unknown severity."""

    id: UUID
    is_head: bool = False
    is_woman: bool = False
    in_woman_head_group: bool = False
    born_on: date | None = None
    job_status: str = ""
    disability: str | None = None

    def age(self, on: date) -> int | None:
        """Whole years on a day."""
        if self.born_on is None:
            return None
        return on.year - self.born_on.year - ((on.month, on.day) < (self.born_on.month, self.born_on.day))


@dataclass(frozen=True, slots=True)
class Situation:
    """What priority asks of a household."""

    decile: int | None = None
    income_rial: int | None = None
    tenure: str = ""
    members: Mapping[UUID, Member] = field(default_factory=dict)
    district: str | None = None

    @property
    def income_per_head(self) -> int | None:
        """Monthly rial for each person on file; None when the income is not known."""
        return None if self.income_rial is None else self.income_rial // max(1, len(self.members))

    @property
    def has_woman_head(self) -> bool:
        """A woman leads it, by her place in the household or by her target group."""
        return any(
            (member.is_head and member.is_woman) or member.in_woman_head_group for member in self.members.values()
        )

    @property
    def lacks_earner(self) -> bool:
        """Somebody's occupation is known, and nobody earns or draws a pension."""
        known = {member.job_status for member in self.members.values() if member.job_status}
        return bool(known) and not known & _EARNERS

    @property
    def disabled_count(self) -> int:
        return sum(member.disability is not None for member in self.members.values())

    @property
    def worst_disability(self) -> str | None:
        """The gravest severity in the household; None when nobody lives with a disability."""
        found = [member.disability for member in self.members.values() if member.disability is not None]
        return max(found, key=_SEVERITIES.index, default=None)

    def children(self, on: date) -> int:
        """Persons under 18 on a day."""
        return sum(age < CHILD_UNTIL for member in self.members.values() if (age := member.age(on)) is not None)

    def older(self, on: date) -> int:
        """Persons of 65 and above on a day."""
        return sum(age >= OLDER_FROM for member in self.members.values() if (age := member.age(on)) is not None)


@dataclass(frozen=True, slots=True)
class Score:
    """``base`` in points; ``parts`` as it is stored: ``{part: {"points": 18, "value": 2}}``."""

    base: int
    parts: dict[str, Any]
    version: int = RULE_VERSION


def score_of(situation: Situation, *, domain: str, severity: int, person: UUID | None, on: date) -> Score:
    """The score of one need on a day, without its waiting time."""
    parts = {
        "severity": _part(SEVERITY_POINTS[severity], severity),
        "decile": _part(DECILE_POINTS[situation.decile], situation.decile),
        "income": _income(situation.income_per_head),
        **_make_up(situation, on),
        **_circumstance(situation, domain, person),
    }
    return Score(base=sum(part["points"] for part in parts.values()), parts=parts)


def rank_of(base: int, since: date) -> int:
    """Days by which needs are ordered: the order of `score_on` on every day, without being recomputed."""
    return DAYS_A_POINT * base - since.toordinal()


def waiting_points(since: date, on: date) -> int:
    """A point for each full 30 days."""
    return max(0, (on - since).days) // DAYS_A_POINT


def score_on(base: int, since: date, on: date) -> int:
    """The whole score on a day."""
    return base + waiting_points(since, on)


def _part(points: int, value: object) -> dict[str, Any]:
    return {"points": points, "value": value}


def _income(per_head: int | None) -> dict[str, Any]:
    if per_head is None:
        return _part(INCOME_UNKNOWN, None)
    return _part(next((points for limit, points in INCOME_POINTS if per_head <= limit), 0), per_head)


def _make_up(situation: Situation, on: date) -> dict[str, Any]:
    worst, disabled = situation.worst_disability, situation.disabled_count
    children, older = situation.children(on), situation.older(on)
    parts = {
        "no_earner": _part(NO_EARNER if situation.lacks_earner else 0, len(situation.members)),
        "disability": _part(0 if worst is None else DISABILITY_POINTS[worst], worst),
        "several_disabled": _part(SEVERAL_DISABLED if disabled > 1 else 0, disabled),
        "woman_head": _part(WOMAN_HEAD if situation.has_woman_head else 0, True),
        "children": _part(min(CHILDREN_AT_MOST, CHILD * children), children),
        "older": _part(OLDER if older else 0, older),
    }
    return {name: part for name, part in parts.items() if part["points"]}


def _circumstance(situation: Situation, domain: str, person: UUID | None) -> dict[str, Any]:
    if domain == Domain.HOUSING:
        return {"tenure": _part(TENURE_POINTS[situation.tenure], situation.tenure)}
    if domain == Domain.JOB:
        member = situation.members.get(person) if person else None
        status = member.job_status if member else ""
        return {"job_status": _part(JOB_POINTS[status], status)}
    return {}
