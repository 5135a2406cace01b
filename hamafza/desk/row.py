"""A row of the list without names, as it is asked about: in an address, and kept with the question. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

from hamafza.needs.queries.anonymous import AnonymousLine, Cell

_GAP = "-"


def written(cell: Cell) -> str:
    """Short text for an address: ``job.231301.4.older.1_2.365``; what was given up is a dash."""
    decile = f"{cell.decile[0]}_{cell.decile[1]}" if cell.decile else ""
    waiting = "" if cell.waiting is None else str(cell.waiting)
    parts = (cell.domain, cell.district or "", str(cell.severity or ""), cell.group, decile, waiting)
    return ".".join(part or _GAP for part in parts)


@dataclass(frozen=True, slots=True)
class Row:
    """What needs had in common when they were asked about, and how many they were, of how many households."""

    cell: Cell
    needs: int
    households: int

    @classmethod
    def of(cls, line: AnonymousLine) -> Self:
        return cls(line.cell, line.needs, len(line.households))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        cell = dict(kept["cell"])
        cell["decile"] = tuple(cell["decile"]) if cell["decile"] else None
        return cls(Cell(**cell), kept["needs"], kept["households"])
