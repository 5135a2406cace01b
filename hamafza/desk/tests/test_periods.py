"""Spans of a report and their short texts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from hamafza.desk.periods import Kind, before, between, period_at, period_of, period_shown, recent, same_day

DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))
KINDS = st.sampled_from(["month", "season", "year"])


@pytest.mark.parametrize(
    ("kind", "key", "first", "last"),
    [
        ("month", "1405-09", date(2026, 11, 22), date(2026, 12, 21)),
        ("season", "1405-S3", date(2026, 9, 23), date(2026, 12, 21)),
        ("year", "1405", date(2026, 3, 21), date(2027, 3, 20)),
    ],
)
def test_period_of_a_day(kind: Kind, key: str, first: date, last: date) -> None:
    found = period_at(kind, date(2026, 11, 22))
    assert (found.key, found.first, found.last) == (key, first, last)


@given(KINDS, DAYS)
def test_text_of_a_period_reads_back_and_the_one_before_ends_the_day_before(kind: Kind, day: date) -> None:
    found = period_at(kind, day)
    assert found.first <= day <= found.last
    assert period_of(found.key) == found
    assert before(found).last == found.first - timedelta(days=1)
    assert before(found).kind == kind


@given(DAYS, st.integers(0, 400))
def test_two_days_read_back_and_the_ones_before_are_as_many(first: date, days: int) -> None:
    found = between(first, first + timedelta(days=days))
    assert period_of(found.key) == found
    assert before(found).last - before(found).first == found.last - found.first


@pytest.mark.parametrize(
    "text",
    ["", "x", "1405-13", "1405-S5", "1405-00", "99999", "1405-08-01", "1405-08-05~1405-08-01", "1405-12-31~1405-13-01",
     "1300-01-01~1405-01-01"],
)  # fmt: skip
def test_text_that_is_no_period_refused(text: str) -> None:
    with pytest.raises(ValueError):
        period_of(text)


def test_periods_in_words() -> None:
    shown = [period_shown(period_of(key)) for key in ("1405-08", "1405-S3", "1405", "1405-08-01~1405-08-15")]
    assert shown == ["آبان ۱۴۰۵", "پاییز ۱۴۰۵", "سال ۱۴۰۵", "از ۱ آبان ۱۴۰۵ تا ۱۵ آبان ۱۴۰۵"]


def test_recent_ones_follow_each_other() -> None:
    assert [one.key for one in recent("season", date(2026, 4, 1), count=3)] == ["1405-S1", "1404-S4", "1404-S3"]


@pytest.mark.parametrize(
    ("today", "counted_on", "over_until"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 21), date(2026, 11, 21)),
        (date(2026, 11, 22), date(2026, 11, 21), date(2026, 11, 22)),
        (date(2026, 12, 9), date(2026, 11, 21), date(2026, 11, 22)),
    ],
)
def test_period_is_counted_to_today_and_then_to_its_end(today: date, counted_on: date, over_until: date) -> None:
    aban = period_of("1405-08")
    assert (aban.counted_on(today), aban.over_until(today)) == (counted_on, over_until)


@pytest.mark.parametrize(
    ("key", "today", "counted_on"),
    [
        ("1405-08", date(2026, 11, 1), date(2026, 10, 2)),
        ("1405-08", date(2026, 11, 22), date(2026, 10, 22)),
        ("1405-07", date(2026, 10, 22), date(2026, 9, 21)),
        ("1405-01", date(2026, 4, 20), date(2026, 3, 20)),
    ],
)
def test_running_period_stands_beside_the_one_before_up_to_the_same_day(
    key: str, today: date, counted_on: date
) -> None:
    period = period_of(key)
    earlier = before(period)
    assert earlier.counted_on(same_day(earlier, period, today)) == counted_on
