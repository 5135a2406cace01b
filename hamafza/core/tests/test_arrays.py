"""Arrays as PostgreSQL reads them: what was written comes back, and what is not known is left to the driver."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given, settings, strategies as st
from psycopg import Binary
from psycopg.types.json import Jsonb

from hamafza.core.arrays import array_literal

KEY = UUID("01a20000-0000-7000-8000-000000000001")
MOMENT = dt.datetime(2026, 11, 22, 12, 30, 15, 250, tzinfo=dt.UTC)
#: Type of the column, and values of it.
COLUMNS: tuple[tuple[str, list[Any]], ...] = (
    ("text", ['«"نقل قول"»', "\\x00", "{,}", "", "NULL", "null", None, "  ", "دو\nسطر"]),
    ("bigint", [0, -5, 2**60, None]),
    ("boolean", [True, False, None]),
    ("uuid", [KEY, None]),
    ("date", [dt.date(1, 1, 1), dt.date(2026, 11, 22)]),
    ("timestamptz", [MOMENT, None]),
    ("bytea", [b"", b'\x00"\\\xff', None]),
)
#: What stands in the column, as Django hands it to the driver.
WRAPPED: tuple[tuple[str, list[Any], list[Any]], ...] = (
    ("bytea", [Binary(b'\x00"\\\xff'), Binary(b""), None], [b'\x00"\\\xff', b"", None]),
    ("jsonb", [Jsonb({'«"': ["\\", None, 1]}), Jsonb([]), Jsonb("")], ['{"«\\"": ["\\\\", null, 1]}', "[]", '""']),
)


def read_back(kind: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM UNNEST(%s::{kind}[])", [array_literal(values)])
        return [bytes(value) if isinstance(value, memoryview) else value for (value,) in cursor.fetchall()]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="arrays are PostgreSQL's")
@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "values"), COLUMNS, ids=[kind for kind, _ in COLUMNS])
def test_values_come_back_as_they_were_written(kind: str, values: list[Any]) -> None:
    assert read_back(kind, values) == values


@pytest.mark.skipif(connection.vendor != "postgresql", reason="arrays are PostgreSQL's")
@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "given_values", "stored"), WRAPPED, ids=[kind for kind, *_ in WRAPPED])
def test_wrapped_values_are_written_too(kind: str, given_values: list[Any], stored: list[Any]) -> None:
    assert read_back(kind, given_values) == stored


@pytest.mark.skipif(connection.vendor != "postgresql", reason="arrays are PostgreSQL's")
@pytest.mark.django_db
@settings(max_examples=50, deadline=None, derandomize=True)
@given(texts=st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), min_size=1))
def test_any_text_comes_back(texts: list[str]) -> None:
    assert read_back("text", texts) == texts


def test_values_of_another_type_are_left_to_the_driver() -> None:
    assert array_literal([1.5]) is None
    assert array_literal(["x", object()]) is None
