"""Dates at the edge of the program: stored Gregorian, written and read in the Jalali calendar."""

import datetime as dt
import re
from functools import lru_cache
from typing import Any, Literal

from django.utils.translation import get_language
from persiantools.jdatetime import JalaliDate

from hamafza.core.persian import key, latin_digits, normalize, persian_digits

Calendar = Literal["jalali", "gregorian"]

_Jalali: Any = JalaliDate  # the package says it is typed, but its functions are not

MONTHS_FA = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
MONTHS_EN = (
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
)
#: Monday first, as `date.weekday` counts.
WEEKDAYS_FA = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_GREGORIAN_MONTHS = (
    ("january", "jan", "ژانویه"),
    ("february", "feb", "فوریه"),
    ("march", "mar", "مارس"),
    ("april", "apr", "آوریل"),
    ("may", "مه", "می"),
    ("june", "jun", "ژوئن"),
    ("july", "jul", "ژوئیه", "جولای"),
    ("august", "aug", "اوت", "آگوست"),
    ("september", "sep", "sept", "سپتامبر"),
    ("october", "oct", "اکتبر"),
    ("november", "nov", "نوامبر"),
    ("december", "dec", "دسامبر"),
)
_MONTH_NAMES: dict[str, tuple[Calendar, int]] = {
    **{key(name): ("gregorian", month) for month, names in enumerate(_GREGORIAN_MONTHS, 1) for name in names},
    **{key(name): ("jalali", month) for month, name in enumerate(MONTHS_EN, 1)},
    **{key(name): ("jalali", month) for month, name in enumerate(MONTHS_FA, 1)},
    key("امرداد"): ("jalali", 5),
}
#: «متولد ۱۳۶۴/۰۲/۱۰», «۱۳۶۴/۰۲/۱۰ ه.ش»: words beside three numbers that change nothing.
_SILENT_WORDS = frozenset(
    map(key, "متولد تولد تاریخ مورخ مورخه ه ش هجری شمسی خورشیدی م میلادی روز ماه سال born on ad".split())
)
_JALALI_YEARS = range(1200, 1500)
_GREGORIAN_YEARS = range(1800, 2100)

_TIME = re.compile(r"[t\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]m)?z?$", re.IGNORECASE)
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
_LONGEST = 80
_EXCEL_EPOCH = dt.date(1899, 12, 30)


class ImpossibleDate(ValueError):
    """The text names no day of the calendar."""


def to_jalali(date: dt.date) -> JalaliDate:
    jalali: JalaliDate = _Jalali.to_jalali(date.year, date.month, date.day)
    return jalali


def from_jalali(year: int, month: int, day: int) -> dt.date:
    """The Gregorian date of a Jalali day; raises `ImpossibleDate`."""
    try:
        date: dt.date = _Jalali(year, month, day).to_gregorian()
    except ValueError as error:
        raise ImpossibleDate(f"{year}/{month}/{day}") from error
    return date


def from_excel_serial(number: float) -> dt.date:
    """The date behind a number Excel shows as a date (1900 system); raises `ImpossibleDate`."""
    if not 1 <= number < 73_051:
        raise ImpossibleDate(str(number))
    return _EXCEL_EPOCH + dt.timedelta(days=int(number) + (number < 60))


def parse_date(text: str, *, today: dt.date) -> dt.date:
    """The date a person wrote, in either calendar and any order; raises `ImpossibleDate`.

    Two-digit years are Jalali and take the latest century in which the day is not after `today`.
    """
    if len(text) > _LONGEST:
        raise ImpossibleDate(text[:_LONGEST])
    return _parse(text.strip(), today)


def format_date(
    date: dt.date, *, style: Literal["short", "long", "weekday"] = "short", language: str | None = None
) -> str:
    """`1404/08/03`, «۳ آبان ۱۴۰۴» or «شنبه ۳ آبان ۱۴۰۴»; names in the language given or active, Persian or English."""
    jalali = to_jalali(date)
    if style == "short":
        return f"{jalali.year:04}/{jalali.month:02}/{jalali.day:02}"
    persian = _is_persian_language(language)
    month = (MONTHS_FA if persian else MONTHS_EN)[jalali.month - 1]
    written = f"{jalali.day} {month} {jalali.year}"
    if style == "weekday":
        written = f"{weekday_name(date, language=language)} {written}"
    return persian_digits(written) if persian else written


def weekday_name(date: dt.date, *, language: str | None = None) -> str:
    return (WEEKDAYS_FA if _is_persian_language(language) else WEEKDAYS_EN)[date.weekday()]


def age_on(born: dt.date, on: dt.date) -> int:
    """Completed Jalali years."""
    birth, then = to_jalali(born), to_jalali(on)
    return int(then.year - birth.year - ((then.month, then.day) < (birth.month, birth.day)))


def _is_persian_language(language: str | None) -> bool:
    return (language or get_language() or "fa").startswith("fa")


@lru_cache(maxsize=4_096)
def _parse(text: str, today: dt.date) -> dt.date:
    tidy = _TIME.sub("", latin_digits(normalize(text)))
    parts = _PARTS.findall(tidy)
    numbers = [part for part in parts if part.isdigit()]
    if len(numbers) == 3:
        parts = [part for part in parts if part.isdigit() or key(part) not in _SILENT_WORDS]
    if len(numbers) != len(parts):
        return _with_month_name(text, parts, numbers, today)
    if len(numbers) == 1:
        numbers = _split_digits(numbers[0])
    if len(numbers) != 3 or tidy.startswith("-"):
        raise ImpossibleDate(text)
    return _from_numbers(text, numbers, today)


def _split_digits(digits: str) -> list[str]:
    """13640210, 19850927, 27091985 and 640210."""
    if len(digits) == 6:
        return [digits[:2], digits[2:4], digits[4:]]
    if len(digits) != 8:
        raise ImpossibleDate(digits)
    if int(digits[:4]) in _JALALI_YEARS or int(digits[:4]) in _GREGORIAN_YEARS:
        return [digits[:4], digits[4:6], digits[6:]]
    return [digits[:2], digits[2:4], digits[4:]]


def _from_numbers(text: str, parts: list[str], today: dt.date) -> dt.date:
    first, middle, last = map(int, parts)
    if len(parts[0]) >= 3:
        return _day(text, first, middle, last)
    if len(parts[2]) >= 3:
        american = last in _GREGORIAN_YEARS and middle > 12
        return _day(text, last, first, middle) if american else _day(text, last, middle, first)
    if last > 31 >= first or last == 0 < first:
        return _two_digit(text, last, middle, first, today)
    return _two_digit(text, first, middle, last, today)


def _with_month_name(text: str, parts: list[str], numbers: list[str], today: dt.date) -> dt.date:
    """«۳ آبان ۱۴۰۴», «شنبه ۳ آبان ۱۴۰۴», `27 September 1985`, `Sep 27, 1985`, «۱۴۰۴ آبان ۳»."""
    words = [part for part in parts if not part.isdigit()]
    # «اردی بهشت» is one month
    named = [found for part in {*words, "".join(words)} if (found := _MONTH_NAMES.get(key(part)))]
    if len(named) != 1 or len(numbers) != 2:
        raise ImpossibleDate(text)
    calendar, month = named[0]
    day, year = (numbers[1], numbers[0]) if len(numbers[0]) > 2 else (numbers[0], numbers[1])
    if len(year) <= 2 and calendar == "jalali":
        return _two_digit(text, int(year), month, int(day), today)
    if len(year) == 2:
        year = _full_gregorian_year(int(year), month, int(day), today)
    years = _JALALI_YEARS if calendar == "jalali" else _GREGORIAN_YEARS
    if int(year) not in years:
        raise ImpossibleDate(text)
    return _day(text, int(year), month, int(day))


def _full_gregorian_year(year: int, month: int, day: int, today: dt.date) -> str:
    """`10-Feb-85`, as Excel writes dates into a CSV file: the latest century in which the day is not after today."""
    return str(2000 + year if (2000 + year, month, day) <= (today.year, today.month, today.day) else 1900 + year)


def _two_digit(text: str, year: int, month: int, day: int, today: dt.date) -> dt.date:
    for century in (1400, 1300):
        try:
            found = from_jalali(century + year, month, day)
        except ImpossibleDate:
            continue
        if found <= today:
            return found
    raise ImpossibleDate(text)


def _day(text: str, year: int, month: int, day: int) -> dt.date:
    if year in _JALALI_YEARS:
        return from_jalali(year, month, day)
    if year not in _GREGORIAN_YEARS:
        raise ImpossibleDate(text)
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise ImpossibleDate(text) from error
