"""Where the two databases differ, and the check of the database itself.

Each difference stands here once, with a test on both. The texts of triggers and walls are long and stand in
`audit.triggers`, one file a database; the connections' own settings stand in `core.backends`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

# --- state of the database ---

#: Objects of PostgreSQL that were left half made.
HALF_MADE = """
SELECT 'index ' || c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT (i.indisvalid AND i.indisready) AND c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'constraint ' || conname FROM pg_constraint
WHERE NOT convalidated AND connamespace = current_schema()::regnamespace
"""


def check_database() -> list[str]:
    """What is wrong with the database, one line each; nothing when it is sound."""
    try:
        return _check_sqlite() if connection.vendor == "sqlite" else _check_postgresql()
    except DatabaseError as fault:
        return [f"the database cannot be read: {fault}"]


def _check_sqlite() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        damage = [str(line) for (line,) in cursor.fetchall() if line != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        return damage + [
            f"{table} row {row}: points at no row of {target}" for table, row, target, _ in cursor.fetchall()
        ]


def _check_postgresql() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(HALF_MADE)
        return [f"{name} is not valid" for (name,) in cursor.fetchall()]


# --- many rows at once ---


def insert_rows(on: BaseDatabaseWrapper, model: type[Model], rows: Sequence[Sequence[Any]]) -> None:
    """Insert prepared values of all columns: PostgreSQL takes whole columns as arrays, SQLite row after row."""
    fields = model._meta.concrete_fields
    table = on.ops.quote_name(model._meta.db_table)
    columns = ", ".join(on.ops.quote_name(str(field.column)) for field in fields)
    with on.cursor() as cursor:
        if on.vendor == "postgresql":
            arrays = ", ".join(f"%s::{field.db_type(on)}[]" for field in fields)
            statement = f"INSERT INTO {table} ({columns}) SELECT * FROM UNNEST({arrays})"  # noqa: S608 - names of our own tables
            cursor.execute(statement, [as_array(column) or list(column) for column in zip(*rows, strict=True)])
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 - as above


def as_array(values: Sequence[Any]) -> str | None:
    """Values as one array of PostgreSQL; None when one is of a type that is left to the driver."""
    # Here, so that a county on SQLite does not load PostgreSQL's driver (8 MB).
    from hamafza.core.arrays import array_literal

    return array_literal(values)


# --- statistics ---

#: Tables with rows the planner knows nothing of.
UNKNOWN_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (%s)
AND reltuples <= 0 AND pg_relation_size(oid) > 0 ORDER BY relname
"""


def gather_statistics(on: BaseDatabaseWrapper, tables: Collection[str]) -> None:
    """Let PostgreSQL's planner know tables that have just been filled for the first time; outside a transaction.

    Its own vacuum comes a minute later; until then it reads whole tables for a handful of keys. SQLite needs nothing.
    """
    if on.vendor != "postgresql":
        return
    with on.cursor() as cursor:
        cursor.execute(UNKNOWN_TABLES, [list(tables)])
        for (table,) in cursor.fetchall():
            cursor.execute(f"ANALYZE {on.ops.quote_name(table)}")


# --- moments as text ---


def moment_as_text(on: BaseDatabaseWrapper, column: str) -> str:
    """SQL that says a moment in UTC with six digits of a second, the same on both databases."""
    if on.vendor == "sqlite":
        return f"substr({column} || CASE WHEN length({column}) = 19 THEN '.000000' ELSE '000000' END, 1, 26)"
    return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"


# --- keys and days as text, for rows that are read by the million ---


def key_as_text(on: BaseDatabaseWrapper, column: str) -> str:
    """SQL that says a UUID as 32 hexadecimal digits, as ``UUID.hex`` does."""
    return column if on.vendor == "sqlite" else f"replace({column}::text, '-', '')"


def day_as_text(on: BaseDatabaseWrapper, column: str) -> str:
    """SQL that says a date as year-month-day; an expression, so that no driver makes a date of it."""
    return f"({column} || '')" if on.vendor == "sqlite" else f"to_char({column}, 'YYYY-MM-DD')"


# --- waiting for writers ---


def wait_for_writers(on: BaseDatabaseWrapper, table: str) -> None:
    """Within a transaction: every row another transaction is adding to ``table`` is visible or gone when this returns.

    SQLite has one writer. PostgreSQL hands out numbers before the rows are committed: a lock that writers do not share
    waits for them, two seconds at most, then raises ``OperationalError``.
    """
    if on.vendor == "postgresql":
        with on.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            cursor.execute(f'LOCK TABLE "{table}" IN SHARE MODE')
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")


def numbers_given(on: BaseDatabaseWrapper, table: str) -> int | None:
    """The highest number ``table`` has ever given to a row; None where numbers may be missing rightly (PostgreSQL)."""
    if on.vendor != "sqlite":
        return None
    with on.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        return int(cursor.fetchone()[0])


# --- search for names by three letters ---
#
# Both databases find rows that share runs of three letters with what was typed; who calls ranks them. PostgreSQL has an
# index of its own for it (pg_trgm; without the extension the same rows are found more slowly). SQLite has FTS5: a
# table numbered by itself (the row number of a table with a text key may change) and the index upon it, kept by
# triggers. Column names are those of the table searched: key, county, names and father's names, all folded.

SQLITE_NAME_SEARCH = """
CREATE TABLE IF NOT EXISTS "{t}_names" (number INTEGER PRIMARY KEY, owner TEXT NOT NULL UNIQUE, county TEXT NOT NULL, names TEXT NOT NULL, father TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS "{t}_letters" USING fts5(names, father, county, content='{t}_names', content_rowid='number', tokenize='trigram', detail='column');
DROP TRIGGER IF EXISTS "{t}_names_added";
CREATE TRIGGER "{t}_names_added" AFTER INSERT ON "{t}" BEGIN
  INSERT INTO "{t}_names" (owner, county, names, father) VALUES (NEW.id, NEW.{county}, NEW.{names}, NEW.{father});
  INSERT INTO "{t}_letters" (rowid, names, father, county) SELECT number, names, father, county FROM "{t}_names" WHERE owner = NEW.id;
END;
DROP TRIGGER IF EXISTS "{t}_names_changed";
CREATE TRIGGER "{t}_names_changed" AFTER UPDATE ON "{t}"
WHEN OLD.{names} <> NEW.{names} OR OLD.{father} <> NEW.{father} OR OLD.{county} <> NEW.{county} BEGIN
  INSERT INTO "{t}_letters" ("{t}_letters", rowid, names, father, county) SELECT 'delete', number, names, father, county FROM "{t}_names" WHERE owner = OLD.id;
  UPDATE "{t}_names" SET county = NEW.{county}, names = NEW.{names}, father = NEW.{father} WHERE owner = OLD.id;
  INSERT INTO "{t}_letters" (rowid, names, father, county) SELECT number, names, father, county FROM "{t}_names" WHERE owner = OLD.id;
END;
DROP TRIGGER IF EXISTS "{t}_names_removed";
CREATE TRIGGER "{t}_names_removed" AFTER DELETE ON "{t}" BEGIN
  INSERT INTO "{t}_letters" ("{t}_letters", rowid, names, father, county) SELECT 'delete', number, names, father, county FROM "{t}_names" WHERE owner = OLD.id;
  DELETE FROM "{t}_names" WHERE owner = OLD.id;
END;
"""
#: Rows whose names the index does not have as they are, or has of rows that are gone.
SQLITE_NAMES_AMISS = """
SELECT EXISTS (SELECT 1 FROM "{t}" p LEFT JOIN "{t}_names" n ON n.owner = p.id
  WHERE n.owner IS NULL OR n.names <> p.{names} OR n.father <> p.{father} OR n.county <> p.{county})
OR EXISTS (SELECT 1 FROM "{t}_names" n LEFT JOIN "{t}" p ON p.id = n.owner WHERE p.id IS NULL)
"""
SQLITE_NAMES_AFRESH = """
DELETE FROM "{t}_names";
INSERT INTO "{t}_names" (owner, county, names, father) SELECT id, {county}, {names}, {father} FROM "{t}";
INSERT INTO "{t}_letters" ("{t}_letters") VALUES ('rebuild');
"""
SQLITE_NAMES_FOUND = """
SELECT n.owner FROM "{t}_letters" l JOIN "{t}_names" n ON n.number = l.rowid
WHERE l."{t}_letters" MATCH %s AND n.county IN ({places}) ORDER BY l.rank LIMIT %s
"""
POSTGRESQL_NAME_SEARCH = {
    "{t}_names_letters": 'CREATE INDEX "{t}_names_letters" ON "{t}" USING gin ({names} gin_trgm_ops)',
    "{t}_father_letters": 'CREATE INDEX "{t}_father_letters" ON "{t}" USING gin ({father} gin_trgm_ops)',
}


@dataclass(frozen=True)
class NameSearch:
    """Which table is searched, and the columns of its folded names, folded father's names and county."""

    table: str
    names: str
    father: str
    county: str

    def fill(self, text: str, **more: str) -> str:
        return text.format(t=self.table, names=self.names, father=self.father, county=self.county, **more)


def install_name_search(on: BaseDatabaseWrapper, search: NameSearch) -> None:
    """Make the index, or put it right; may be called at any time, after every migration."""
    if on.vendor == "postgresql":
        _install_postgresql(on, search)
        return
    with transaction.atomic(using=on.alias), on.cursor() as cursor:
        for statement in _statements(search.fill(SQLITE_NAME_SEARCH)):
            cursor.execute(statement)
        cursor.execute(search.fill(SQLITE_NAMES_AMISS))
        if cursor.fetchone()[0]:
            for statement in _statements(search.fill(SQLITE_NAMES_AFRESH)):
                cursor.execute(statement)


def _install_postgresql(on: BaseDatabaseWrapper, search: NameSearch) -> None:
    """The extension is a trusted one: the owner of the database may create it. Without it searching is only slower."""
    wanted = {search.fill(name): search.fill(statement) for name, statement in POSTGRESQL_NAME_SEARCH.items()}
    with on.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [search.table])
        missing = wanted.keys() - {name for (name,) in cursor.fetchall()}
    if not missing:
        return
    try:
        with transaction.atomic(using=on.alias), on.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return
    with transaction.atomic(using=on.alias), on.cursor() as cursor:
        for name in sorted(missing):
            cursor.execute(wanted[name])


def _statements(script: str) -> list[str]:
    """A script cut into statements; those of a trigger stay together."""
    found, kept = [], ""
    for line in script.strip().splitlines():
        kept += f"{line}\n"
        inside = " BEGIN\n" in kept
        if (inside and line == "END;") or (not inside and line.endswith(";")):
            found.append(kept)
            kept = ""
    return found


def rows_with_letters(
    on: BaseDatabaseWrapper,
    search: NameSearch,
    runs: Sequence[str],
    *,
    counties: Sequence[str],
    every: bool,
    limit: int,
) -> list[UUID]:
    """Keys of rows of these counties, at most ``limit``, that have every one of the ``runs`` (three letters each), or
    that share most of them.
    """
    if not runs or not counties:
        return []
    if on.vendor == "postgresql":
        return _find_postgresql(on, search, runs, counties=counties, every=every, limit=limit)
    wanted = (" AND " if every else " OR ").join(f'"{run}"' for run in runs)
    sql = search.fill(SQLITE_NAMES_FOUND, places=", ".join(["%s"] * len(counties)))
    with on.cursor() as cursor:
        cursor.execute(sql, [f"{{names father}} : ({wanted})", *counties, limit])
        return [UUID(owner) for (owner,) in cursor.fetchall()]


def _find_postgresql(
    on: BaseDatabaseWrapper,
    search: NameSearch,
    runs: Sequence[str],
    *,
    counties: Sequence[str],
    every: bool,
    limit: int,
) -> list[UUID]:
    """A run in the names counts twice, in the father's name once."""
    has_run = search.fill("({names} LIKE %s OR {father} LIKE %s)")
    shared = " + ".join([search.fill("({names} LIKE %s)::int * 2 + ({father} LIKE %s)::int")] * len(runs))
    sql = search.fill(
        'SELECT id FROM "{t}" WHERE {county} = ANY(%s) AND ({has}) ORDER BY {shared} DESC, length({names}), id LIMIT %s',
        has=(" AND " if every else " OR ").join([has_run] * len(runs)),
        shared=shared,
    )
    patterns = [f"%{run}%" for run in runs for _ in range(2)]
    with on.cursor() as cursor:
        cursor.execute(sql, [list(counties), *patterns, *patterns, limit])
        return [pk for (pk,) in cursor.fetchall()]
