"""The days of a schedule: whatever the rule, in order, by the rule, none left out; and the figures people quote."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from persiantools.jdatetime import JalaliDate

from hamafza.core.jalali import from_jalali, to_jalali
from hamafza.giving.choices import Frequency, ScheduleCalendar
from hamafza.giving.schedule import Schedule, dates_of, month_span, year_span

#: The machine may be busy with other tests.
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
THURSDAY = 3
PACKAGES = 41
#: Thursday, 5 Azar 1405.
START = from_jalali(1405, 9, 5)
EVERY_THURSDAY = Schedule(Frequency.WEEK, START, weekdays=(THURSDAY,))


def within(schedule: Schedule, span: tuple[date, date]) -> int:
    first, last = span
    return sum(first <= day for day in dates_of(schedule, until=last))


@pytest.mark.parametrize(
    ("month", "packages"), [((1405, 9), 164), ((1405, 10), 164), ((1405, 11), 205), ((1405, 12), 164), ((1406, 1), 164)]
)
def test_41_a_week_is_what_the_month_has_of_that_weekday(month: tuple[int, int], packages: int) -> None:
    assert PACKAGES * within(EVERY_THURSDAY, month_span(from_jalali(*month, 1))) == packages


def test_41_a_week_is_2132_in_a_year_of_52_weeks() -> None:
    assert PACKAGES * within(EVERY_THURSDAY, year_span(1406)) == 2132


@pytest.mark.parametrize("year", [1403, 1404, 1405, 1408])
def test_day_31_falls_on_the_last_day_of_each_jalali_month(year: int) -> None:
    schedule = Schedule(Frequency.MONTH, from_jalali(year, 1, 1), month_day=31)
    first, last = year_span(year)
    days = [to_jalali(day).day for day in dates_of(schedule, until=last) if day >= first]
    assert days == [31] * 6 + [30] * 5 + [30 if year in {1403, 1408} else 29]


def test_30_esfand_each_year_falls_on_29_in_common_years() -> None:
    schedule = Schedule(Frequency.YEAR, from_jalali(1403, 12, 30))
    days = [to_jalali(day) for day in dates_of(schedule, until=from_jalali(1408, 12, 30))]
    assert [(day.year, day.day) for day in days] == [
        (1403, 30), (1404, 29), (1405, 29), (1406, 29), (1407, 29), (1408, 30),
    ]  # fmt: skip


def test_31_each_gregorian_month_ends_february_on_its_last_day() -> None:
    schedule = Schedule(Frequency.MONTH, date(2028, 1, 31), calendar=ScheduleCalendar.GREGORIAN)
    assert dates_of(schedule, until=date(2028, 4, 30))[1:] == [date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30)]


def test_day_that_has_passed_begins_in_the_next_month_and_counts_its_interval_from_there() -> None:
    schedule = Schedule(Frequency.MONTH, from_jalali(1405, 9, 20), month_day=5, interval=2)
    days = [to_jalali(day) for day in dates_of(schedule, until=from_jalali(1406, 1, 31))]
    assert [(day.year, day.month, day.day) for day in days] == [(1405, 10, 5), (1405, 12, 5)]


def test_once_gives_its_day_alone_and_none_before_it() -> None:
    once = Schedule(Frequency.ONCE, START)
    assert dates_of(once, until=START + timedelta(days=900)) == [START]
    assert dates_of(once, until=START - timedelta(days=1)) == []


def test_occasion_takes_each_one_from_the_start_on_and_every_second_when_asked() -> None:
    eids = [START + timedelta(days=354 * number) for number in range(-2, 6)]
    schedule = Schedule(Frequency.OCCASION, START, occasion="eid-al-fitr")
    later = Schedule(Frequency.OCCASION, START, occasion="eid-al-fitr", interval=2)
    assert dates_of(schedule, until=eids[-1], occasions=eids) == eids[2:]
    assert dates_of(later, until=eids[-1], occasions=eids) == eids[2::2]


def test_week_of_several_days_begins_on_saturday() -> None:
    # Saturday and Thursday of every second week, from a Wednesday on: the Thursday of that week comes first.
    schedule = Schedule(Frequency.WEEK, START - timedelta(days=1), weekdays=(5, THURSDAY), interval=2)
    assert dates_of(schedule, until=START + timedelta(days=14)) == [START, START + timedelta(9), START + timedelta(14)]


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
schedules = st.builds(
    Schedule,
    frequency=st.sampled_from([Frequency.DAY, Frequency.WEEK, Frequency.MONTH, Frequency.YEAR]),
    starts_on=days,
    interval=st.integers(1, 4),
    weekdays=st.sets(st.integers(0, 6), max_size=3).map(tuple),
    month_day=st.none() | st.integers(1, 31),
    month=st.none() | st.integers(1, 12),
    calendar=st.sampled_from(ScheduleCalendar.values),
    ends_on=st.none() | days,
    count=st.none() | st.integers(1, 30),
)


@CALM
@given(schedule=schedules, ahead=st.integers(0, 2500))
def test_days_rise_and_stay_within_their_limits(schedule: Schedule, ahead: int) -> None:
    until = schedule.starts_on + timedelta(days=ahead)
    found = dates_of(schedule, until=until)
    assert found == sorted(set(found))
    assert all(schedule.starts_on <= day <= min(until, schedule.ends_on or until) for day in found)
    assert schedule.count is None or len(found) <= schedule.count


@CALM
@given(schedule=schedules, ahead=st.integers(0, 1500), more=st.integers(0, 1500))
def test_days_are_the_same_however_the_horizon_is_cut(schedule: Schedule, ahead: int, more: int) -> None:
    near, far = (schedule.starts_on + timedelta(days=days) for days in (ahead, ahead + more))
    assert dates_of(schedule, until=near) == [day for day in dates_of(schedule, until=far) if day <= near]


def obeys(schedule: Schedule, day: date) -> bool:
    """Whether a day fits the rule with interval 1, told by looking at the day alone."""
    own = day if schedule.calendar == ScheduleCalendar.GREGORIAN else to_jalali(day)
    start = schedule.starts_on if schedule.calendar == ScheduleCalendar.GREGORIAN else to_jalali(schedule.starts_on)
    next_day = day + timedelta(days=1)
    tomorrow = next_day if schedule.calendar == ScheduleCalendar.GREGORIAN else to_jalali(next_day)
    wanted = schedule.month_day or start.day
    on_its_day = own.day == wanted or (own.day < wanted and tomorrow.day == 1)
    return {
        Frequency.DAY: True,
        Frequency.WEEK: day.weekday() in (schedule.weekdays or (schedule.starts_on.weekday(),)),
        Frequency.MONTH: on_its_day,
        Frequency.YEAR: on_its_day and own.month == (schedule.month or start.month),
    }[Frequency(schedule.frequency)]


every = schedules.map(
    lambda one: Schedule(
        one.frequency, one.starts_on, weekdays=one.weekdays, month_day=one.month_day, month=one.month,
        calendar=one.calendar,
    )
)  # fmt: skip


@CALM
@given(schedule=every)
def test_without_interval_every_day_that_fits_is_found_and_no_other(schedule: Schedule) -> None:
    until = schedule.starts_on + timedelta(days=800)
    fitting = [day for number in range(801) if obeys(schedule, day := schedule.starts_on + timedelta(days=number))]
    assert dates_of(schedule, until=until) == fitting


@CALM
@given(schedule=schedules.filter(lambda one: one.frequency != Frequency.WEEK), ahead=st.integers(0, 2500))
def test_with_interval_each_nth_is_found(schedule: Schedule, ahead: int) -> None:
    until = schedule.starts_on + timedelta(days=ahead)
    each = Schedule(
        schedule.frequency, schedule.starts_on, month_day=schedule.month_day, month=schedule.month,
        calendar=schedule.calendar, ends_on=schedule.ends_on,
    )  # fmt: skip
    assert dates_of(schedule, until=until) == dates_of(each, until=until)[:: schedule.interval][: schedule.count]


@CALM
@given(day=days)
def test_spans_of_month_and_year_hold_the_day_and_meet_their_neighbours(day: date) -> None:
    first, last = month_span(day)
    assert first <= day <= last
    assert month_span(last + timedelta(days=1))[0] == last + timedelta(days=1)
    begin, end = year_span(to_jalali(day).year)
    assert (end - begin).days + 1 == 365 + JalaliDate.is_leap(to_jalali(day).year)
