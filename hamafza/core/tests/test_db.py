"""What differs between the databases, and the check of the database itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from hamafza.audit.models import ReadEntry
from hamafza.core import db
from hamafza.core.db import check_database, gather_statistics, moment_as_text, numbers_given, wait_for_writers
from hamafza.places.models import Place
from hamafza.registry.tests.factories import a_household


def test_sound_database_has_nothing_to_say(county: Place) -> None:
    a_household(county=county)
    assert check_database() == []


def test_row_that_points_at_nothing_is_found(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its foreign keys itself")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO places_population (place_id, year, count, source) VALUES ('none', 1395, 1, 'x')")
        assert [line.partition(" row")[0] for line in check_database()] == ["places_population"]
        cursor.execute("DELETE FROM places_population")


def test_constraint_that_was_never_checked_is_found(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite checks its constraints at once")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE places_population ADD CONSTRAINT half_made CHECK (year > 0) NOT VALID")
        assert check_database() == ["constraint half_made is not valid"]


def test_unreadable_database_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[str]:
        raise DatabaseError("file is not a database")

    monkeypatch.setattr(db, "_check_sqlite", broken)
    monkeypatch.setattr(db, "_check_postgresql", broken)
    assert check_database() == ["the database cannot be read: file is not a database"]


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 3, 21, 10, 11, 12, 345_678, tzinfo=UTC), "2026-03-21 10:11:12.345678"),
        (datetime(2026, 3, 21, 10, 11, 12, tzinfo=UTC), "2026-03-21 10:11:12.000000"),
    ],
)
def test_moment_reads_the_same_on_both(county: Place, moment: datetime, text: str) -> None:
    ReadEntry.objects.create(at=moment, actor="user:a", county=county)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {moment_as_text(connection, 'at')} FROM audit_readentry WHERE county_id IS NOT NULL")
        assert cursor.fetchone() == (text,)


def test_waiting_for_nobody_returns(county: Place) -> None:
    with transaction.atomic():
        wait_for_writers(connection, "audit_change")


def test_numbers_given_are_known_where_none_may_be_missing(county: Place) -> None:
    before = numbers_given(connection, "audit_readentry")
    ReadEntry.objects.create(actor="user:a", county=county)
    after = numbers_given(connection, "audit_readentry")
    assert (before, after) == (None, None) if connection.vendor == "postgresql" else after == (before or 0) + 1


def test_table_filled_for_the_first_time_becomes_known_to_the_planner(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans without statistics")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE just_filled AS SELECT generate_series(1, 50) AS number")
        cursor.execute("CREATE TABLE still_empty (number int)")
        gather_statistics(connection, ["just_filled", "still_empty"])
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relname IN ('just_filled', 'still_empty')")
        assert dict(cursor.fetchall()) == {"just_filled": 50, "still_empty": -1}
