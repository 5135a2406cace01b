"""What an app proves about its own rows when `hamafza verify` asks (`config.verification`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

#: More faults than anybody reads; that there are more is said by one line.
FAULTS_TOLD = 200


@dataclass(frozen=True, slots=True)
class Proof:
    """How many of what were looked at (``{"entries": 12, "lines": 30}``), and what is wrong, one line each."""

    looked_at: dict[str, int]
    faults: list[str]

    @property
    def sound(self) -> bool:
        return not self.faults


def told(faults: Iterable[str]) -> list[str]:
    """The first faults, and a last line when there are more."""
    found = list(islice(faults, FAULTS_TOLD + 1))
    return found if len(found) <= FAULTS_TOLD else [*found[:FAULTS_TOLD], "and more"]
