# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""SQLite: one trigger a table and operation, with the table's columns written out.

``INSERT OR REPLACE`` removes rows without asking DELETE triggers unless ``recursive_triggers`` is on; the backend
switches it on, and the trail's own tables refuse an id that exists in any case.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from hamafza.audit.triggers.tables import Table, append_only_tables, recorded_tables

PREFIX = "hamafza_audit_"
REFUSAL = "the audit trail is append-only"
MASK = "'***'"
#: Six digits, as Django writes moments, so that they compare as text.
NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'"


def _value(table: Table, row: str, column: str) -> str:
    cell = f'{row}."{column}"'
    if column in table.redacted:
        return MASK
    if column in table.binary:
        return f"hex({cell})"
    return f"json({cell})" if column in table.json else cell


def _whole(table: Table, row: str) -> str:
    return "json_object(" + ", ".join(f"'{column}', {_value(table, row, column)}" for column in table.columns) + ")"


def _differs(column: str) -> str:
    return f'OLD."{column}" IS NOT NEW."{column}"'


def _differences(table: Table, row: str) -> str:
    """The JSON object of changed columns, put together as text: only what differs is worked out."""
    parts = [
        f"CASE WHEN {_differs(column)} THEN ',\"{column}\":' || json_quote({_value(table, row, column)}) ELSE '' END"
        for column in table.columns
        if column not in table.untold
    ]
    return "'{' || substr(" + " || ".join(parts) + ", 2) || '}'"


def _entry(table: Table, *, row: str, op: str, before: str, after: str) -> str:
    county = f'{row}."{table.county}"' if table.county else "NULL"
    return (
        'INSERT INTO audit_change (at, actor, "table", row_id, op, county_id, before, after) '
        f"VALUES ({NOW}, hamafza_actor(), '{table.name}', {row}.\"{table.pk}\", '{op}', {county}, {before}, {after});"
    )


def _recording(table: Table) -> dict[str, str]:
    name = f"{PREFIX}{table.name}"
    changed = " OR ".join(_differs(column) for column in table.columns if column not in table.untold)
    update = _entry(table, row="NEW", op="update", before=_differences(table, "OLD"), after=_differences(table, "NEW"))
    insert = _entry(table, row="NEW", op="insert", before="NULL", after=_whole(table, "NEW"))
    delete = _entry(table, row="OLD", op="delete", before=_whole(table, "OLD"), after="NULL")
    on = f'ON "{table.name}" FOR EACH ROW'
    return {
        f"{name}_insert": f'CREATE TRIGGER "{name}_insert" AFTER INSERT {on} BEGIN {insert} END',
        f"{name}_update": f'CREATE TRIGGER "{name}_update" AFTER UPDATE {on} WHEN {changed} BEGIN {update} END',
        f"{name}_delete": f'CREATE TRIGGER "{name}_delete" AFTER DELETE {on} BEGIN {delete} END',
    }


def _guarding(table: str) -> dict[str, str]:
    name = f"{PREFIX}{table}"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    exists = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id)'
    return {
        f"{name}_no_update": f'CREATE TRIGGER "{name}_no_update" BEFORE UPDATE ON "{table}" {refuse}',
        f"{name}_no_delete": f'CREATE TRIGGER "{name}_no_delete" BEFORE DELETE ON "{table}" {refuse}',
        f"{name}_no_replace": f'CREATE TRIGGER "{name}_no_replace" BEFORE INSERT ON "{table}" WHEN {exists} {refuse}',
    }


def expected() -> dict[str, tuple[str, str]]:
    """Every trigger that must stand: its table and text by name."""
    wanted: dict[str, tuple[str, str]] = {}
    for table in recorded_tables():
        wanted |= {name: (table.name, sql) for name, sql in _recording(table).items()}
    for guarded in append_only_tables():
        wanted |= {name: (guarded, sql) for name, sql in _guarding(guarded).items()}
    return wanted


def standing(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Our triggers in the database: their table and text by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'hamafza\\_audit\\_%' ESCAPE '\\'"
        )
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
            if name in wanted and wanted[name][0] in made:
                cursor.execute(wanted[name][1])


def drop_for(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    with connection.cursor() as cursor:
        for name, (table, _) in standing(connection).items():
            if table in tables:
                cursor.execute(f'DROP TRIGGER "{name}"')
