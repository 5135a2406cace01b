"""SQLite: a trigger a table and operation that asks the rules one after the other, and one that keeps the balances."""

from __future__ import annotations

from itertools import groupby

from django.db.backends.base.base import BaseDatabaseWrapper

from hamafza.ledger.triggers.entries import AFTERWARDS, KEEP_BALANCES
from hamafza.ledger.triggers.replaced import REPLACED
from hamafza.ledger.triggers.rule import TABLES, Rule
from hamafza.ledger.triggers.rules import RULES

PREFIX = "hamafza_ledger_"
NEW_ID = "lower(hex(randomblob(16)))"
OURS = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'hamafza\\_ledger\\_%' ESCAPE '\\'"


def _said(sql: str) -> str:
    quoted = {name: f'"{table}"' for name, table in TABLES.items()}
    return sql.format(**quoted, new_id=NEW_ID)


def _refuse(condition: str, because: str) -> str:
    return f"SELECT RAISE(ABORT, 'ledger: {because}') WHERE {_said(condition)};"


def _place(rule: Rule) -> tuple[str, str]:
    return rule.table, rule.operation


def expected() -> dict[str, tuple[str, str]]:
    """Every trigger that must stand: its table and text by name."""
    wanted: dict[str, tuple[str, str]] = {}
    for (table, operation), rules in groupby(sorted((*RULES, *REPLACED), key=_place), key=_place):
        name = f"{PREFIX}{table}_{operation.lower()}"
        body = "\n".join(_refuse(rule.condition, rule.because) for rule in rules)
        on = f'BEFORE {operation} ON "{TABLES[table]}" FOR EACH ROW'
        wanted[name] = TABLES[table], f'CREATE TRIGGER "{name}" {on} BEGIN\n{body}\nEND'
    return wanted | _sealing()


def _sealing() -> dict[str, tuple[str, str]]:
    name, table = f"{PREFIX}entry_sealed", TABLES["entry"]
    body = "\n".join([*(f"{_said(step)};" for step in KEEP_BALANCES), *(_refuse(*rule) for rule in AFTERWARDS)])
    on = f'AFTER UPDATE ON "{table}" FOR EACH ROW WHEN OLD.posted_at IS NULL AND NEW.posted_at IS NOT NULL'
    return {name: (table, f'CREATE TRIGGER "{name}" {on} BEGIN\n{body}\nEND')}


def standing(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Our triggers in the database: their table and text by name."""
    with connection.cursor() as cursor:
        cursor.execute(OURS)
        return {name: (table, sql) for name, table, sql in cursor.fetchall()}


def faulty(connection: BaseDatabaseWrapper) -> list[str]:
    wanted = expected()
    there = standing(connection)
    return [name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name)]


def install(connection: BaseDatabaseWrapper) -> None:
    wanted = expected()
    there = standing(connection)
    made = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name in faulty(connection):
            if name in there:
                cursor.execute(f'DROP TRIGGER "{name}"')
            if name in wanted and made.issuperset(TABLES.values()):
                cursor.execute(wanted[name][1])


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for name in standing(connection):
            cursor.execute(f'DROP TRIGGER "{name}"')
