"""The floor: the rows an import wrote, written again into naked copies of their tables.

No indexes, constraints, triggers or encryption: ``executemany`` on SQLite, ``COPY`` on PostgreSQL.
"""

from __future__ import annotations

import time

from django.db import connection, transaction

from hamafza.core.scope import everywhere
from hamafza.intake.commands.apply import FILLED


def bare_seconds() -> tuple[int, float]:
    """How many rows, and how long they took."""
    rows, seconds = 0, 0.0
    with everywhere(reason="benchmark"):
        for model in FILLED:
            written, took = _rewrite(model._meta.db_table)
            rows, seconds = rows + written, seconds + took
    return rows, seconds


def _rewrite(table: str) -> tuple[int, float]:
    quoted, bare = connection.ops.quote_name(table), connection.ops.quote_name(f"bare_{table}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted}")
        rows = cursor.fetchall()
        cursor.execute(f"CREATE TABLE {bare} AS SELECT * FROM {quoted} WHERE 1 = 0")
        begun = time.monotonic()
        with transaction.atomic():
            if connection.vendor == "postgresql":
                _copy(cursor, bare, rows)
            elif rows:
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {bare} VALUES ({marks})", rows)
        seconds = time.monotonic() - begun
        cursor.execute(f"DROP TABLE {bare}")
    return len(rows), seconds


def _copy(cursor: object, bare: str, rows: list[tuple[object, ...]]) -> None:
    with cursor.cursor.copy(f"COPY {bare} FROM STDIN") as copy:  # type: ignore[attr-defined]  # psycopg's own cursor
        for row in rows:
            copy.write_row(row)
