"""Where the two databases differ, and the check of the database itself.

Each difference stands here once, with a test on both. The texts of triggers and walls are long and stand in
`audit.triggers`, one file a database; the connections' own settings stand in `core.backends`.
"""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

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


# --- moments as text ---


def moment_as_text(on: BaseDatabaseWrapper, column: str) -> str:
    """SQL that says a moment in UTC with six digits of a second, the same on both databases."""
    if on.vendor == "sqlite":
        return f"substr({column} || CASE WHEN length({column}) = 19 THEN '.000000' ELSE '000000' END, 1, 26)"
    return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"


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
