"""Spans of a report: a Jalali month, season or year, or any two days. Pure.

Kept and put into addresses as a short text in Jalali digits: ``1405-08`` a month, ``1405-S3`` a season (3: autumn),
``1405`` a year, ``1405-08-01~1405-08-15`` from one day to another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.core.jalali import MONTHS_EN, MONTHS_FA, ImpossibleDate, from_jalali, to_jalali

Kind = Literal["month", "season", "year", "days"]
MONTHS_OF_SEASON = 3
SEASONS = 4
DAY = timedelta(days=1)
#: The longest span between two days, in days: some years.
LONGEST = 366 * 5
_WRITTEN = re.compile(r"(?P<year>1[2-4]\d\d)(?:-(?:S(?P<season>[1-4])|(?P<month>\d\d)))?")
_DAY = re.compile(r"(1[2-4]\d\d)-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day; ``key`` is its short text."""

    kind: Kind
    first: date
    last: date

    @property
    def key(self) -> str:
        if self.kind == "days":
            return f"{_written(self.first)}~{_written(self.last)}"
        day = to_jalali(self.first)
        if self.kind == "year":
            return f"{day.year}"
        if self.kind == "season":
            return f"{day.year}-S{(day.month - 1) // MONTHS_OF_SEASON + 1}"
        return f"{day.year}-{day.month:02}"

    def counted_on(self, today: date) -> date:
        """The day whose evening the figures tell of: its last, or today while it runs."""
        return min(self.last, today)

    def over_until(self, today: date) -> date:
        """The first day that is not over: today while it runs, the day after its last once it is finished."""
        return min(self.last + DAY, today)

    def runs_on(self, today: date) -> bool:
        return self.first <= today <= self.last


def period_at(kind: Kind, on: date) -> Period:
    """The month, season or year a day lies in."""
    day = to_jalali(on)
    if kind == "year":
        return _months("year", day.year, 1, 12)
    if kind == "season":
        first = (day.month - 1) // MONTHS_OF_SEASON * MONTHS_OF_SEASON + 1
        return _months("season", day.year, first, MONTHS_OF_SEASON)
    return _months("month", day.year, day.month, 1)


def between(first: date, last: date) -> Period:
    """Raises `ValueError` when it ends before it begins, or is longer than `LONGEST`."""
    if not 0 <= (last - first).days <= LONGEST:
        raise ValueError(f"{first} {last}")
    return Period("days", first, last)


def period_of(key: str) -> Period:
    """What a short text stands for; raises `ValueError` when it is none."""
    if "~" in key:
        first, last = (_read(part) for part in key.split("~", 1))
        return between(first, last)
    found = _WRITTEN.fullmatch(key)
    if found is None:
        raise ValueError(key)
    year = int(found["year"])
    if found["season"]:
        return _months("season", year, (int(found["season"]) - 1) * MONTHS_OF_SEASON + 1, MONTHS_OF_SEASON)
    if found["month"]:
        if not 1 <= int(found["month"]) <= 12:
            raise ValueError(key)
        return _months("month", year, int(found["month"]), 1)
    return _months("year", year, 1, 12)


def before(period: Period) -> Period:
    """The one just before, of the same kind; for two days as many days."""
    last = period.first - DAY
    if period.kind == "days":
        return Period("days", last - (period.last - period.first), last)
    return period_at(period.kind, last)


def same_day(earlier: Period, period: Period, today: date) -> date:
    """Beside a running period the one before is told as on the same day of it, at most its last; else as of today."""
    if not period.runs_on(today):
        return today
    return earlier.first + (today - period.first)


def recent(kind: Kind, on: date, *, count: int) -> list[Period]:
    """The running one and those before it, the newest first."""
    found = [period_at(kind, on)]
    while len(found) < count:
        found.append(before(found[-1]))
    return found


def period_shown(period: Period) -> str:
    """A period in the words of the page."""
    day = to_jalali(period.first)
    year = wording.digits(str(day.year))
    if period.kind == "year":
        return _("year %(year)s") % {"year": year}
    if period.kind == "season":
        return f"{_season((day.month - 1) // MONTHS_OF_SEASON)} {year}"
    if period.kind == "month":
        return f"{(MONTHS_FA if wording.is_persian() else MONTHS_EN)[day.month - 1]} {year}"
    return _("from %(first)s to %(last)s") % {
        "first": wording.long_date(period.first),
        "last": wording.long_date(period.last),
    }


def _season(place: int) -> str:
    return (_("Spring"), _("Summer"), _("Autumn"), _("Winter"))[place]


def _months(kind: Kind, year: int, month: int, count: int) -> Period:
    after = (year, month + count) if month + count <= 12 else (year + 1, 1)
    try:
        return Period(kind, from_jalali(year, month, 1), from_jalali(*after, 1) - DAY)
    except ImpossibleDate as error:
        raise ValueError(f"{year}-{month}") from error


def _written(day: date) -> str:
    jalali = to_jalali(day)
    return f"{jalali.year}-{jalali.month:02}-{jalali.day:02}"


def _read(text: str) -> date:
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    try:
        return from_jalali(*(int(part) for part in found.groups()))
    except ImpossibleDate as error:
        raise ValueError(text) from error
