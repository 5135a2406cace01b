"""Numbers and dates in the words of the page's language.

Dates are Jalali in both languages, since offices work by them; an English page writes them in Latin letters and digits.
"""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.utils import timezone
from django.utils.translation import get_language, gettext as _, gettext_noop

from hamafza.core import jalali, persian

#: Sentences of Django that our catalogue says in the words of this program («فیلد» is no word for a clerk).
RESTATED = (gettext_noop("This field is required."),)

LATIN_LETTER = re.compile(r"[A-Za-z]")
Moment = datetime.date | datetime.datetime


def is_persian() -> bool:
    """Whether the page being written is in Persian."""
    return (get_language() or "fa").startswith("fa")


def digits(text: str) -> str:
    """The text with the digits of the language, whatever script they came in."""
    return persian.persian_digits(text) if is_persian() else persian.latin_digits(text)


def code(text: str) -> str:
    """A code in one kind of writing: its digits are of the language, but Latin beside Latin letters."""
    return persian.latin_digits(text) if LATIN_LETTER.search(text) else digits(text)


def number(value: int | float | Decimal, *, places: int = 0) -> str:
    """A number grouped by thousands, rounded half up; the minus sign stands before it."""
    step = Decimal(1).scaleb(-places)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{rounded:,}"
    if not is_persian():
        return text
    # The mark keeps a minus sign on the left of its number in right-to-left text.
    sign = "\u200e" if rounded < 0 else ""
    return sign + digits(text.replace(",", "٬").replace(".", "٫"))


def percent(share: float | Decimal, *, places: int = 0) -> str:
    """A share between 0 and 1 with the sign after the number: ۴۲٪ or 42%."""
    return number(Decimal(str(share)) * 100, places=places) + ("٪" if is_persian() else "%")


def yes() -> str:
    """The word for a box that is ticked."""
    return _("yes")


def short_date(value: Moment) -> str:
    """۱۴۰۴/۰۸/۰۳, with the time of day when the value has one."""
    return _with_time(value, "short")


def long_date(value: Moment) -> str:
    """۳ آبان ۱۴۰۴, with the time of day when the value has one."""
    return _with_time(value, "long")


def weekday_date(value: Moment) -> str:
    """شنبه ۳ آبان ۱۴۰۴: the date in full."""
    return _with_time(value, "weekday")


def day_of(value: Moment) -> datetime.date:
    """The day of a moment where the office is."""
    local = _local(value)
    return local.date() if isinstance(local, datetime.datetime) else local


def _with_time(value: Moment, style: Literal["short", "long", "weekday"]) -> str:
    date = digits(jalali.format_date(day_of(value), style=style))
    local = _local(value)
    if not isinstance(local, datetime.datetime):
        return date
    return f"{date}{'،' if is_persian() else ','} {digits(f'{local:%H:%M}')}"


def _local(value: Moment) -> Moment:
    return timezone.localtime(value) if isinstance(value, datetime.datetime) and timezone.is_aware(value) else value
