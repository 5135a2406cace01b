"""The ladder of escalation: which rungs a commitment has reached. Pure: days in, rungs out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hamafza.commitments.choices import Rung


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of a place's ladder: from so many days after the due date on, ``to`` is told (`choices.Rung`)."""

    level: int
    days: int
    to: str

    def falls_on(self, due: date) -> date:
        """The first day on which it is reached."""
        return due + timedelta(days=self.days)


#: A rung keeps its level wherever a place sets it, so that a ladder may change while something is late.
LEVELS: dict[str, int] = {rung: level for level, rung in enumerate(Rung, start=1)}
#: So late nothing is told for the first time.
MOST_DAYS = 365

#: Where neither the place nor any place above has a ladder of its own.
COUNTRY_LADDER = (
    Step(1, 1, Rung.OWNER),
    Step(2, 7, Rung.SECRETARY),
    Step(3, 14, Rung.GOVERNOR),
    Step(4, 30, Rung.PROVINCE),
)


def reached(steps: Iterable[Step], *, due: date, on: date) -> list[Step]:
    """Steps that a commitment due on ``due`` and still owed has reached on a day, lowest first; none by its due date."""
    return sorted((step for step in steps if step.falls_on(due) <= on), key=lambda step: step.level)
