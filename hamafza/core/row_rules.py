"""Guards written once for both databases: a condition in the SQL that both read, under which a row is refused.

For what the two cannot say alike (sums that are kept, locks), an app writes `core.guards.Guard` by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hamafza.core.guards import Guard, Guards

INSERT, UPDATE, DELETE = "INSERT", "UPDATE", "DELETE"
_CODE = "USING ERRCODE = 'integrity_constraint_violation'"


@dataclass(frozen=True, slots=True)
class RowRule:
    """``refused`` is said, and nothing written, when ``condition`` holds for a row at that ``moment``.

    The condition speaks of ``NEW`` and ``OLD`` as triggers do. Rows of closed places are not seen by it.
    """

    table: str
    moment: str
    name: str
    refused: str
    condition: str = "1 = 1"


def written_once(table: str, refused: str) -> list[RowRule]:
    """Rows that are never changed and never removed."""
    return [RowRule(table, UPDATE, "no_update", refused), RowRule(table, DELETE, "no_delete", refused)]


def guards_of(prefix: str, rules: Iterable[RowRule]) -> Guards:
    """Triggers of both databases. On SQLite no row is replaced either (``INSERT OR REPLACE`` asks no trigger of removal)."""
    every = list(rules)
    tables = sorted({rule.table for rule in every if rule.moment != INSERT})
    replaced = [
        RowRule(
            table, INSERT, "no_replace", "a row that is on file is not replaced",
            f"EXISTS (SELECT 1 FROM {table} x WHERE x.id = NEW.id)",  # noqa: S608 - a table of ours
        )
        for table in tables
    ]  # fmt: skip
    return Guards(
        prefix,
        tuple(_on_sqlite(prefix, rule) for rule in [*replaced, *every]),
        tuple(_on_postgresql(prefix, rule) for rule in every),
    )


def _name(prefix: str, rule: RowRule) -> str:
    return f"{prefix}{rule.table.partition('_')[2]}_{rule.name}"


def _on_sqlite(prefix: str, rule: RowRule) -> Guard:
    name = _name(prefix, rule)
    refusal = f"SELECT RAISE(ABORT, '{rule.refused}') WHERE {rule.condition};"
    return Guard(
        name,
        rule.table,
        f'CREATE TRIGGER "{name}" BEFORE {rule.moment} ON "{rule.table}" FOR EACH ROW BEGIN {refusal} END',
    )


def _on_postgresql(prefix: str, rule: RowRule) -> Guard:
    name, row = _name(prefix, rule), "OLD" if rule.moment == DELETE else "NEW"
    body = (
        f"\nBEGIN\n  IF {rule.condition} THEN RAISE EXCEPTION '{rule.refused}' {_CODE}; END IF;\n  RETURN {row};\nEND\n"
    )
    place = f'BEFORE {rule.moment} ON "{rule.table}" FOR EACH ROW'
    return Guard(name, rule.table, f'CREATE TRIGGER "{name}" {place} EXECUTE FUNCTION "{name}"()', body)
