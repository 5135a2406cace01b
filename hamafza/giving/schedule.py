"""The days of a schedule: every Thursday, the last day of each month, each year on an occasion.

Pure: reads no clock and no table. Months and years are those of the schedule's calendar, so that day 31 falls on the
last day of a month of 30 or 29, and a month has as many Thursdays as it has.
"""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice, takewhile

from persiantools.jdatetime import JalaliDate

from hamafza.core.jalali import from_jalali, to_jalali
from hamafza.giving.choices import Frequency, ScheduleCalendar

WEEK = 7
MONTHS = 12
#: No schedule is followed further than this from its first day.
LONGEST_YEARS = 60
#: What `date.weekday` gives for the first day of a week.
_FIRST_WEEKDAY = {ScheduleCalendar.JALALI: 5, ScheduleCalendar.GREGORIAN: 0}


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something promised falls due.

    ``interval``: every how many days, weeks, months, years or occasions, counted from the first day that fits.
    ``weekdays`` (Monday is 0), ``month_day`` and ``month`` are taken from ``starts_on`` when they are not said.
    ``occasion`` is the code of an occasion; ``ends_on`` is the last day on which something may fall due.
    """

    frequency: str
    starts_on: date
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    month_day: int | None = None
    month: int | None = None
    calendar: str = ScheduleCalendar.JALALI
    occasion: str = ""
    ends_on: date | None = None
    count: int | None = None


def dates_of(schedule: Schedule, *, until: date, occasions: Iterable[date] = ()) -> list[date]:
    """Every day up to and with ``until`` on which something falls due, in order, none twice.

    ``occasions``: the first days of the schedule's occasion, in order, over the whole of that time.
    """
    last = min(until, schedule.ends_on or until, _add_years(schedule.starts_on, LONGEST_YEARS))
    days = takewhile(lambda day: day <= last, _endless(schedule, occasions))
    return list(islice(days, schedule.count))


def month_span(day: date) -> tuple[date, date]:
    """First and last day of the Jalali month that holds a day."""
    month = to_jalali(day)
    return from_jalali(month.year, month.month, 1), _day_in(month.year, month.month, 31, ScheduleCalendar.JALALI)


def year_span(jalali_year: int) -> tuple[date, date]:
    """First and last day of a Jalali year."""
    return from_jalali(jalali_year, 1, 1), _day_in(jalali_year, MONTHS, 31, ScheduleCalendar.JALALI)


def _endless(schedule: Schedule, occasions: Iterable[date]) -> Iterator[date]:
    start, step = schedule.starts_on, schedule.interval
    match schedule.frequency:
        case Frequency.ONCE:
            return iter([start])
        case Frequency.DAY:
            return (start + timedelta(days=step * number) for number in count())
        case Frequency.WEEK:
            return _weekly(schedule)
        case Frequency.MONTH:
            return _monthly(schedule, first=_month_number(start, schedule.calendar), step=step)
        case Frequency.YEAR:
            year, month = divmod(_month_number(start, schedule.calendar), MONTHS)
            own = schedule.month - 1 if schedule.month else month
            return _monthly(schedule, first=year * MONTHS + own, step=step * MONTHS, unit=MONTHS)
        case _:
            return islice((day for day in occasions if day >= start), 0, None, step)


def _weekly(schedule: Schedule) -> Iterator[date]:
    """Every n-th week from the first one that has a day of the rule not before the start."""
    start = schedule.starts_on
    first_weekday = _FIRST_WEEKDAY[ScheduleCalendar(schedule.calendar)]
    offsets = sorted({(day - first_weekday) % WEEK for day in schedule.weekdays or (start.weekday(),)})
    week = start - timedelta(days=(start.weekday() - first_weekday) % WEEK)
    if week + timedelta(days=offsets[-1]) < start:
        week += timedelta(days=WEEK)
    for number in count():
        for offset in offsets:
            day = week + timedelta(days=number * schedule.interval * WEEK + offset)
            if day >= start:
                yield day


def _monthly(schedule: Schedule, *, first: int, step: int, unit: int = 1) -> Iterator[date]:
    """One day in every ``step``-th month from ``first`` on; later by ``unit`` when that day is before the start."""
    wanted = schedule.month_day or _day_number(schedule.starts_on, schedule.calendar)
    if _in_month(first, wanted, schedule.calendar) < schedule.starts_on:
        first += unit
    for number in count():
        yield _in_month(first + number * step, wanted, schedule.calendar)


def _in_month(number: int, day: int, calendar: str) -> date:
    year, month = divmod(number, MONTHS)
    return _day_in(year, month + 1, day, calendar)


def _day_in(year: int, month: int, day: int, calendar: str) -> date:
    """That day of a month, or its last day when the month is shorter."""
    if calendar == ScheduleCalendar.GREGORIAN:
        return date(year, month, min(day, gregorian.monthrange(year, month)[1]))
    return from_jalali(year, month, min(day, int(JalaliDate.days_in_month(month, year))))


def _month_number(day: date, calendar: str) -> int:
    """Months since the year 0 of the calendar."""
    own = day if calendar == ScheduleCalendar.GREGORIAN else to_jalali(day)
    return int(own.year) * MONTHS + int(own.month) - 1


def _day_number(day: date, calendar: str) -> int:
    return day.day if calendar == ScheduleCalendar.GREGORIAN else int(to_jalali(day).day)


def _add_years(day: date, years: int) -> date:
    return _day_in(day.year + years, day.month, day.day, ScheduleCalendar.GREGORIAN)
