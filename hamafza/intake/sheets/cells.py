"""One cell -> (clean value, fault code or None). A fault code means that the clean value is empty.

A cell may be a text (CSV holds nothing else), a number, a boolean or a date. «-», «ندارد», «نامشخص», `#N/A` and the
like are empty: they say that nothing is known, and that is no fault.
"""

import datetime as dt
import math
import re
from functools import lru_cache
from typing import Any

from hamafza.core import identity, jalali, rial
from hamafza.core.persian import key, latin_digits, normalize
from hamafza.intake.sheets.vocabulary import Vocabulary

Cleaned = tuple[str, str | None]

_NOTHING_SAID = frozenset(
    map(
        key,
        (
            "ندارد",
            "ندارم",
            "نا مشخص",
            "نامعلوم",
            "نمی داند",
            "نمی‌دانم",
            "اعلام نشده",
            "ثبت نشده",
            "درج نشده",
            "وارد نشده",
            "فاقد",
            "هیچ",
            "هیچکدام",
            "خالی",
            "بدون",
            "بدون اطلاعات",
            "n/a",
            "#n/a",
            "#ref!",
            "#value!",
            "#name?",
            "#null!",
            "#num!",
            "#div/0!",
            "null",
            "none",
            "nan",
            "nil",
            "unknown",
            "not known",
            "not available",
            "xxx",
        ),
    )
)
#: A digit other than zero is always said on purpose.
_COUNTS = re.compile("[1-9۱-۹١-٩]")
_ZEROS = re.compile(r"0+(\.0+)?")
_DECILE = re.compile(r"(?:دهک|decile)?\s*(\d{1,3})(?:\.0+)?(?:\s*(?:م|ام|th|st|nd|rd))?", re.IGNORECASE)
_DECILE_WORDS = {
    key(word): place
    for place, word in enumerate(["اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم"], 1)
}
_JALALI_YEARS = range(1200, 1500)
_OLDEST_YEARS = 130
_LONGEST = 2_000
_COUNTY_WORDS = re.compile(r"^(?:شهرستان|فرمانداری|اداره بهزیستی|county of)\s+|\s+county$", re.IGNORECASE)
_COUNTY_PARTS = re.compile(r"[،,;؛/\\|\n()\-–—]+")


def text_of(value: Any) -> str:
    """The cell as a text: whole numbers without `.0`, dates as ISO, empty for nothing, cut where nobody wrote on."""
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else value[:_LONGEST]
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return str(value)


def clean_text(value: Any) -> str:
    """Any free text: tidy, empty when the cell says that nothing is known."""
    return _text(text_of(value))


def clean_name(value: Any) -> str:
    """A person's name: tidy, without stray digits and signs around it; empty when there is no letter."""
    return _name(text_of(value))


def clean_file_number(value: Any) -> str:
    """The office's own number of the file: Latin digits, no spaces, otherwise as written."""
    return _file_number(text_of(value))


def clean_identity(value: Any) -> Cleaned:
    """Ten digits with a right check digit, or `bad_check_digit`.

    Zeros alone («0», «0000000000») and words such as «ندارد» fill a cell whose number is not known: the person has no
    identity number here, and that is no fault. Any other filling («1111111111», 4 or 11 digits) claims to be a number,
    so it is refused like every wrong one. Words without a digit («اتباع») claim nothing: a warning, `unknown_value`.
    """
    text = text_of(value)
    if is_nothing(text):
        return "", None
    number = identity.normalize_identity(value if isinstance(value, float) else text)
    if identity.is_identity_number(number):
        return number, None
    if not any(sign.isdigit() for sign in text):
        return "", "unknown_value"
    return "", "bad_check_digit"


def clean_birth_date(value: Any, *, today: dt.date) -> tuple[dt.date | None, str | None]:
    """A date in any style, a date cell or an Excel serial; `bad_date` or `future_date`.

    A date cell whose year is 13xx or 14xx is a Jalali date typed into a date cell.
    """
    try:
        date = _date(value, today)
    except jalali.ImpossibleDate:
        return None, "bad_date"
    if date is None:
        return None, None
    if date > today:
        return None, "future_date"
    if today.year - date.year > _OLDEST_YEARS:
        return None, "bad_date"
    return date, None


def clean_mobile(value: Any) -> Cleaned:
    text = text_of(value)
    mobile = identity.normalize_mobile(text)
    return (mobile, None) if mobile or is_nothing(text) else ("", "bad_mobile")


def clean_postal_code(value: Any) -> Cleaned:
    text = text_of(value)
    code = identity.normalize_postal_code(text)
    if identity.is_postal_code(code):
        return code, None
    return "", None if is_nothing(text) else "bad_postal_code"


def clean_iban(value: Any) -> Cleaned:
    text = text_of(value)
    if is_nothing(text) or key(text) == "ir":
        return "", None
    iban = identity.normalize_iban(text)
    return (iban, None) if identity.is_iban(iban) else ("", "bad_iban")


def clean_amount(value: Any, *, unit: str, scale: int = 1) -> tuple[int | None, str | None]:
    """Whole rials; `unit` and `scale` are what the heading says, those of the cell win. Zero is an amount."""
    if isinstance(value, bool | dt.date):
        return None, "bad_amount"
    text = text_of(value)
    if is_nothing(text) and not _ZEROS.fullmatch(latin_digits(text).strip()):
        return None, None
    try:
        amount = rial.parse_amount(text, unit="toman" if unit == "toman" else "rial")
    except rial.ImpossibleAmount:
        return None, "bad_amount"
    says_itself = scale > 1 and (rial.unit_in(text) or rial.scale_in(text) > 1)
    return amount if says_itself else amount * scale, None


@lru_cache(maxsize=1024)
def _decile(text: str) -> tuple[int | None, str | None]:
    if is_nothing(text):
        return None, None
    tidy = latin_digits(normalize(text))
    found = _DECILE.fullmatch(tidy)
    decile = int(found[1]) if found else _DECILE_WORDS.get(key(tidy.replace("دهک", "")), 0)
    return (decile, None) if 1 <= decile <= 10 else (None, "bad_decile")


def clean_decile(value: Any) -> tuple[int | None, str | None]:
    return _decile(text_of(value))


def clean_code(value: Any, words: Vocabulary) -> Cleaned:
    """The one code a cell names (the first of several); `unknown_value` when it names none."""
    text = text_of(value)
    if not text:
        return "", None
    codes, _unknown = words.read(text)
    if codes:
        return codes[0], None
    return "", None if is_nothing(text) else "unknown_value"


def clean_codes(value: Any, words: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All codes a cell names, and its parts that name none (for warnings)."""
    text = text_of(value)
    if not text:
        return (), ()
    codes, unknown = words.read(text)
    if not codes and is_nothing(text):
        return (), ()
    return codes, tuple(part for part in unknown if not is_nothing(part))


@lru_cache(maxsize=1024)
def county_keys(text: str) -> frozenset[str]:
    """Folded names and codes a county cell may mean («شهرستان پاکدشت», «تهران - پاکدشت», 2313)."""
    tidy = latin_digits(normalize(text))
    parts = [tidy, *_COUNTY_PARTS.split(tidy)]
    return frozenset(filter(None, (key(_COUNTY_WORDS.sub("", part.strip())) for part in parts)))


def is_nothing(text: str) -> bool:
    """Whether a cell is empty or says that nothing is known: signs only, zeros only, «ندارد»."""
    return _COUNTS.search(text) is None and _says_nothing(text)


@lru_cache(maxsize=4_096)
def _says_nothing(text: str) -> bool:
    folded = key(text)
    return not folded or folded in _NOTHING_SAID or _ZEROS.fullmatch(folded) is not None


@lru_cache(maxsize=4_096)
def _text(text: str) -> str:
    return "" if is_nothing(text) else normalize(text)


@lru_cache(maxsize=4_096)
def _name(text: str) -> str:
    tidy = _text(text).strip(" -–—_.،,؛;:*/\\0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩\"'«»")
    return tidy if any(sign.isalpha() for sign in tidy) else ""


@lru_cache(maxsize=4_096)
def _file_number(text: str) -> str:
    tidy = latin_digits(_text(text)).replace(" ", "")
    return tidy[:-2] if re.fullmatch(r"\d+\.0", tidy) else tidy


def _date(value: Any, today: dt.date) -> dt.date | None:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return jalali.from_jalali(value.year, value.month, value.day) if value.year in _JALALI_YEARS else value
    if isinstance(value, dt.time | dt.timedelta | bool):
        raise jalali.ImpossibleDate(str(value))
    text = text_of(value).strip()
    if is_nothing(text):
        return None
    digits = latin_digits(text)
    if re.fullmatch(r"\d{5}(\.\d+)?", digits):
        return jalali.from_excel_serial(float(digits))
    return jalali.parse_date(text, today=today)
