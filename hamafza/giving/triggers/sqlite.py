# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""SQLite: one trigger a rule, with its refusal. Nothing is left to a constraint, which ``INSERT OR REPLACE`` would skip."""

from __future__ import annotations

from hamafza.core.guards import Guard
from hamafza.giving.triggers.refusals import BEYOND, KEPT, PREFIX, STRAYS, TABLES, Refused


def _guard(table: str, what: str, when: str, refused: Refused, condition: str = "1") -> Guard:
    name, place = f"{PREFIX}{table}_{what}", f'{when} ON "{TABLES[table]}" FOR EACH ROW'
    return Guard(
        name,
        TABLES[table],
        f"CREATE TRIGGER \"{name}\" {place} BEGIN SELECT RAISE(ABORT, '{refused}') WHERE {condition}; END",
    )


def _kept(table: str) -> list[Guard]:
    known = f'EXISTS (SELECT 1 FROM "{TABLES[table]}" WHERE id = NEW.id)'
    return [
        _guard(table, "no_update", "BEFORE UPDATE", Refused.KEPT),
        _guard(table, "no_delete", "BEFORE DELETE", Refused.KEPT),
        _guard(table, "no_replace", "BEFORE INSERT", Refused.KEPT, known),
    ]


GUARDS: tuple[Guard, ...] = (
    *(_guard(table, "fits", "BEFORE INSERT", Refused.OTHER_COUNTY, strays) for table, strays in STRAYS.items()),
    *(
        _guard(table, "stays", "BEFORE UPDATE", Refused.OTHER_COUNTY, strays)
        for table, strays in STRAYS.items()
        if table not in KEPT
    ),
    *(guard for table in KEPT for guard in _kept(table)),
    _guard("giftuse", "booked", "AFTER INSERT", Refused.BEYOND, BEYOND),
)
