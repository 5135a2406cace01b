"""How two dates of birth differ, in the calendar they were written in."""

from __future__ import annotations

import datetime
from enum import StrEnum

from rapidfuzz.distance import OSA

#: No brother or sister is born within a month of another, except twins, who share the day.
WEEKS_APART = 31


class Gap(StrEnum):
    """What comparing two dates found."""

    EQUAL = "equal"
    NEXT_DAY = "next_day"
    SWAPPED = "swapped"
    DIGIT = "digit"
    WEEKS = "weeks"
    YEAR_OFF = "year_off"
    YEAR = "year"
    MISSING = "missing"
    DIFFERENT = "different"


def gap(a: datetime.date | None, b: datetime.date | None, *, digits_a: str, digits_b: str) -> Gap:
    """The kind of difference. ``digits`` are the Jalali year, month and day, eight digits (empty: unknown)."""
    if a is None or b is None:
        return Gap.MISSING
    if a == b:
        return Gap.EQUAL
    if abs((a - b).days) == 1:
        return Gap.NEXT_DAY
    if digits_a[:4] == digits_b[:4] and digits_a[4:6] == digits_b[6:] and digits_a[6:] == digits_b[4:6]:
        return Gap.SWAPPED
    if OSA.distance(digits_a, digits_b, score_cutoff=1) <= 1 or _one_part_off(digits_a, digits_b):
        return Gap.DIGIT
    if abs((a - b).days) <= WEEKS_APART:
        return Gap.WEEKS
    if digits_a[4:] == digits_b[4:]:
        return Gap.YEAR_OFF
    return Gap.YEAR if digits_a[:4] == digits_b[:4] else Gap.DIFFERENT


def _one_part_off(a: str, b: str) -> bool:
    """The year, or the month, is the neighbour of the other and the rest is the same."""
    if a[4:] == b[4:]:
        return abs(int(a[:4]) - int(b[:4])) == 1
    return a[:4] == b[:4] and a[6:] == b[6:] and abs(int(a[4:6]) - int(b[4:6])) == 1
