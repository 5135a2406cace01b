"""Periods for which bodies plan: a season or a month of the Jalali year. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from hamafza.core import wording
from hamafza.core.jalali import MONTHS_EN, MONTHS_FA, from_jalali, to_jalali

SEASON, MONTH = "s", "m"
SEASONS = (_("Spring"), _("Summer"), _("Autumn"), _("Winter"))
MONTHS_OF_SEASON = 3
#: Years that can be reckoned, and are planned for.
YEARS = range(1380, 1500)
_CODE = re.compile(r"([0-9]{4})-(?:(s)([1-4])|(m)(0[1-9]|1[0-2]))")


class UnknownPeriod(ValueError):
    """The code names no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """Season 1 to 4 or month 1 to 12 of a Jalali year."""

    year: int
    kind: str
    number: int

    @property
    def code(self) -> str:
        """``1405-s3`` or ``1405-m09``."""
        return f"{self.year}-{self.kind}{self.number:0{1 if self.kind == SEASON else 2}}"

    @property
    def first_day(self) -> date:
        return from_jalali(self.year, self._first_month, 1)

    @property
    def last_day(self) -> date:
        return self.following.first_day - timedelta(days=1)

    @property
    def following(self) -> Period:
        """The next one of its kind."""
        last = 4 if self.kind == SEASON else 12
        return (
            Period(self.year + 1, self.kind, 1)
            if self.number == last
            else Period(self.year, self.kind, self.number + 1)
        )

    @property
    def title(self) -> str:
        """«پاییز ۱۴۰۵» or «آذر ۱۴۰۵» in the language of the page."""
        months = MONTHS_FA if wording.is_persian() else MONTHS_EN
        name = SEASONS[self.number - 1] if self.kind == SEASON else months[self.number - 1]
        return f"{name} {wording.digits(str(self.year))}"

    @property
    def _first_month(self) -> int:
        return (self.number - 1) * MONTHS_OF_SEASON + 1 if self.kind == SEASON else self.number


def period_named(code: str) -> Period:
    """The period of a code; raises `UnknownPeriod`."""
    found = _CODE.fullmatch(code)
    if found is None or int(found[1]) not in YEARS:
        raise UnknownPeriod(code)
    return Period(int(found[1]), found[2] or found[4], int(found[3] or found[5]))


def period_on(day: date, *, kind: str) -> Period:
    """The season or the month in which a day lies."""
    jalali = to_jalali(day)
    number = (jalali.month - 1) // MONTHS_OF_SEASON + 1 if kind == SEASON else jalali.month
    return Period(jalali.year, kind, number)


def periods_from(day: date, *, kind: str, count: int) -> Iterator[Period]:
    """The one in which a day lies, and those after it."""
    period = period_on(day, kind=kind)
    for _number in range(count):
        yield period
        period = period.following
