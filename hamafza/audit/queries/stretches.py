"""Stretches of the trail and their digests."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import connection, models

from hamafza.audit.choices import Trail
from hamafza.audit.models import Change, ReadEntry
from hamafza.core.db import moment_as_text, numbers_given

MODELS: dict[Trail, type[models.Model]] = {Trail.CHANGES: Change, Trail.READS: ReadEntry}
COLUMNS = {
    Trail.CHANGES: 'actor, "table", row_id, op, county_id, before, after',
    Trail.READS: "actor, subject_type, subject_id, CAST(fields AS text), reason, county_id",
}
FETCH = 2_000
#: What the first seal follows.
GENESIS = "0" * 64


def table_of(trail: Trail) -> str:
    """The table of a trail."""
    return MODELS[trail]._meta.db_table


def digest_of(trail: Trail, *, from_id: int, to_id: int, previous: str) -> tuple[int, str]:
    """Number of rows from ``from_id`` to ``to_id`` and the digest over ``previous`` and them."""
    link = hashlib.sha256(previous.encode())
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {moment_as_text(connection, 'at')}, {COLUMNS[trail]} FROM {table_of(trail)} "  # noqa: S608 - literals
            "WHERE id BETWEEN %s AND %s ORDER BY id",
            [from_id, to_id],
        )
        while rows := cursor.fetchmany(FETCH):
            count += len(rows)
            link.update("".join(map(repr, rows)).encode())
    return count, link.hexdigest()


def last_id(trail: Trail) -> int:
    """The number of the newest row."""
    return int(_ask(f"SELECT coalesce(max(id), 0) FROM {table_of(trail)}", []))  # noqa: S608 - literals


def end_of_stretch(trail: Trail, *, after: int, upto: int, rows: int) -> int:
    """The number at which a stretch of about ``rows`` rows ends."""
    return int(
        _ask(
            f"SELECT coalesce(max(id), 0) FROM (SELECT id FROM {table_of(trail)} WHERE id > %s AND id <= %s ORDER BY id LIMIT %s) AS stretch",  # noqa: S608 - literals
            [after, upto, rows],
        )
    )


def rows_after(trail: Trail, after: int) -> int:
    """How many rows come after a number."""
    return int(_ask(f"SELECT count(*) FROM {table_of(trail)} WHERE id > %s", [after]))  # noqa: S608 - literals


def is_without_gap(trail: Trail, *, sealed_to: int) -> bool:
    """Whether every number given since the last seal has its row (always true where numbers may be missing rightly)."""
    given = numbers_given(connection, table_of(trail))
    return given is None or given - sealed_to == rows_after(trail, sealed_to)


def _ask(sql: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
