"""Seasons and months of the Jalali year; and where two bodies plan the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from hamafza.commitments.programme_overlaps import Planned, overlaps
from hamafza.commitments.programme_periods import (
    MONTH,
    SEASON,
    Period,
    UnknownPeriod,
    period_named,
    period_on,
    periods_from,
)
from hamafza.core.ids import uuid7
from hamafza.core.jalali import from_jalali

DAYS = st.dates(min_value=from_jalali(1390, 1, 1), max_value=from_jalali(1450, 1, 1))


@pytest.mark.parametrize(
    ("code", "first", "last", "name"),
    [
        ("1405-s1", (1405, 1, 1), (1405, 3, 31), "بهار ۱۴۰۵"),
        ("1405-s3", (1405, 7, 1), (1405, 9, 30), "پاییز ۱۴۰۵"),
        ("1403-s4", (1403, 10, 1), (1403, 12, 30), "زمستان ۱۴۰۳"),  # a leap year
        ("1405-s4", (1405, 10, 1), (1405, 12, 29), "زمستان ۱۴۰۵"),
        ("1405-m09", (1405, 9, 1), (1405, 9, 30), "آذر ۱۴۰۵"),
        ("1403-m12", (1403, 12, 1), (1403, 12, 30), "اسفند ۱۴۰۳"),
    ],
)
def test_period_has_its_days_and_its_name(code: str, first: Any, last: Any, name: str) -> None:
    period = period_named(code)
    assert (period.first_day, period.last_day) == (from_jalali(*first), from_jalali(*last))
    with translation.override("fa"):
        assert period.title == name


@pytest.mark.parametrize(
    "code", ["", "1405", "1405-s5", "1405-m13", "1405-m9", "1405-s3 ", "9999-s1", "1405-x1", "۱۴۰۵-s1"]
)
def test_code_of_no_period_refused(code: str) -> None:
    with pytest.raises(UnknownPeriod):
        period_named(code)


@given(DAYS, st.sampled_from([SEASON, MONTH]))
def test_every_day_lies_in_one_period_and_the_next_follows_at_once(day: date, kind: str) -> None:
    period = period_on(day, kind=kind)
    assert period.first_day <= day <= period.last_day
    assert period.following.first_day == period.last_day + timedelta(days=1)
    assert period_named(period.code) == period


def test_periods_run_over_the_new_year() -> None:
    found = periods_from(from_jalali(1405, 11, 1), kind=MONTH, count=3)
    assert [period.code for period in found] == ["1405-m11", "1405-m12", "1406-m01"]


# --- overlaps ---

WINTER, DEY = Period(1405, SEASON, 4), Period(1405, MONTH, 10)
FIELD, OTHER_FIELD = uuid7(), uuid7()


def planned(period: Period = WINTER, **changes: Any) -> Planned:
    values: dict[str, Any] = {
        "item": uuid7(),
        "body": uuid7(),
        "field": FIELD,
        "starts_on": period.first_day,
        "ends_on": period.last_day,
        "district": "231301",
        "target_group": "older",
    }
    return Planned(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "meets"),
    [
        ({}, True),
        ({"district": ""}, True),  # everywhere meets each district
        ({"target_group": ""}, True),  # everybody meets each group
        ({"district": "231302"}, False),
        ({"target_group": "disabled"}, False),
        ({"field": OTHER_FIELD}, False),
        ({"period": DEY}, True),  # a month within the season
        ({"period": WINTER.following}, False),
    ],
)
def test_two_bodies_meet_in_field_days_district_and_group(changes: dict[str, Any], meets: bool) -> None:
    assert bool(overlaps([planned(), planned(**changes)])) == meets


def test_body_does_not_meet_itself() -> None:
    body = uuid7()
    assert overlaps([planned(body=body), planned(body=body)]) == []


@pytest.mark.parametrize("named", [0, 1])
def test_bodies_that_name_each_other_work_together(named: int) -> None:
    bodies = [uuid7(), uuid7()]
    items = [planned(body=body, partner=bodies[1 - at] if at == named else None) for at, body in enumerate(bodies)]
    assert [pair.is_together for pair in overlaps(items)] == [True]


def test_every_pair_is_told_once() -> None:
    assert len(overlaps([planned() for _number in range(5)])) == 10
