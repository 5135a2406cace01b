"""Spans in which nobody is served twice with the same thing: a Jalali month or a week from Saturday to Friday. Pure.

A period is kept as a short text: ``1405-08`` is a month, ``1405-W34`` the 34th week that begins in a year.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.core.jalali import MONTHS_EN, MONTHS_FA, from_jalali, to_jalali

Kind = Literal["month", "week"]
KINDS: tuple[Kind, ...] = ("month", "week")
_WRITTEN = re.compile(r"(?P<year>\d{4})-(?:(?P<month>\d{2})|W(?P<week>\d{2}))")
_WEEK = 7
_MONTHS = 12


class Span(NamedTuple):
    """The first and the last day of a period."""

    first: date
    last: date


def period_of(kind: Kind, on: date) -> str:
    """The month or week a day lies in."""
    if kind == "month":
        day = to_jalali(on)
        return f"{day.year:04}-{day.month:02}"
    saturday = _saturday(on)
    year = to_jalali(saturday).year
    return f"{year:04}-W{(saturday - from_jalali(year, 1, 1)).days // _WEEK + 1:02}"


def span_of(period: str) -> Span:
    """The days of a period; raises `ValueError` when it is none."""
    found = _WRITTEN.fullmatch(period)
    if found is None:
        raise ValueError(period)
    year = int(found["year"])
    if found["month"]:
        month = int(found["month"])
        after = (year, month + 1) if month < _MONTHS else (year + 1, 1)
        return Span(from_jalali(year, month, 1), from_jalali(*after, 1) - timedelta(days=1))
    new_year = from_jalali(year, 1, 1)
    to_saturday = (_saturday(new_year) - new_year).days % _WEEK
    first = new_year + timedelta(days=to_saturday + _WEEK * (int(found["week"]) - 1))
    return Span(first, first + timedelta(days=_WEEK - 1))


def overlapping(period: str) -> frozenset[str]:
    """All periods that share a day with this one: who was served in a week of a month has had the month's share."""
    first, last = span_of(period)
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return frozenset(period_of(kind, day) for kind in KINDS for day in days)


def period_shown(period: str) -> str:
    """A period in the words of the page."""
    first, last = span_of(period)
    if "W" in period:
        return _("week from %(first)s to %(last)s") % {
            "first": wording.long_date(first),
            "last": wording.long_date(last),
        }
    day = to_jalali(first)
    month = (MONTHS_FA if wording.is_persian() else MONTHS_EN)[day.month - 1]
    return f"{month} {wording.digits(str(day.year))}"


def _saturday(on: date) -> date:
    """The Saturday on or before a day."""
    return on - timedelta(days=(on.weekday() + 2) % _WEEK)
