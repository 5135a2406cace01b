"""Money: stored in whole rials, spoken of in tomans (1 toman = 10 rials)."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

from hamafza.core.persian import latin_digits, normalize

Unit = Literal["rial", "toman"]

RIALS_IN_A_TOMAN = 10
_LONGEST = 80
_LARGEST = 10**17
_TOMAN = re.compile(r"تومان|تومن|tomans?|tumans?|\btmn\b", re.IGNORECASE)
_RIAL = re.compile(r"ریال|rials?|\birr\b|﷼", re.IGNORECASE)
_SCALES = (
    (re.compile(r"میلیارد|billion", re.IGNORECASE), 10**9),
    (re.compile(r"میلیون|ملیون|million", re.IGNORECASE), 10**6),
    (re.compile(r"هزار|thousand", re.IGNORECASE), 10**3),
)
_THOUSANDS = re.compile(r"[٬,،'’\s_\u200c](?=\d{3}(?!\d))")
_DOTTED = re.compile(r"^\d{1,3}(\.\d{3}){2,}$|^\d{1,3}\.000$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

_ONES = [
    "صفر",
    "یک",
    "دو",
    "سه",
    "چهار",
    "پنج",
    "شش",
    "هفت",
    "هشت",
    "نه",
    "ده",
    "یازده",
    "دوازده",
    "سیزده",
    "چهارده",
    "پانزده",
    "شانزده",
    "هفده",
    "هجده",
    "نوزده",
]
_TENS = ["-", "-", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"]
_HUNDREDS = ["-", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد"]
_STEPS = ("", "هزار", "میلیون", "میلیارد", "هزار میلیارد", "میلیون میلیارد")


class ImpossibleAmount(ValueError):
    """The text is no amount of money: no number, a negative one, or not a whole number of rials."""


@lru_cache(maxsize=4_096)
def parse_amount(text: str, *, unit: Unit = "rial") -> int:
    """Rials in a text such as «۱۲٬۰۰۰٬۰۰۰», `12.000.000`, «۲٫۵ میلیون تومان»; a unit in the text wins over `unit`.

    Raises `ImpossibleAmount`.
    """
    if len(text) > _LONGEST:
        raise ImpossibleAmount(text[:_LONGEST])
    tidy = latin_digits(normalize(text)).replace("٫", ".")
    unit = unit_in(tidy) or unit
    tidy = _RIAL.sub(" ", _TOMAN.sub(" ", tidy))
    factor = 1
    for scale, size in _SCALES:
        tidy, found = scale.subn(" ", tidy, count=1)
        factor *= size if found else 1
    number = _whole_number(tidy.strip().rstrip("-/"), text)
    amount = number * factor * (RIALS_IN_A_TOMAN if unit == "toman" else 1)
    if amount != int(amount) or amount > _LARGEST:
        raise ImpossibleAmount(text)
    return int(amount)


def unit_in(text: str) -> Unit | Literal[""]:
    """The unit a heading or cell names, or an empty text."""
    tidy = normalize(text)
    if _TOMAN.search(tidy):
        return "toman"
    return "rial" if _RIAL.search(tidy) or "﷼" in text else ""


def scale_in(text: str) -> int:
    """What a heading counts in: 1000 for «درآمد (هزار تومان)», else 1."""
    tidy = normalize(text)
    return next((size for scale, size in _SCALES if scale.search(tidy)), 1)


def to_toman(rial: int) -> int:
    """Whole tomans in an amount of rials (towards zero)."""
    return rial // RIALS_IN_A_TOMAN if rial >= 0 else -(-rial // RIALS_IN_A_TOMAN)


def grouped(number: int, *, separator: str = ",") -> str:
    """12,000,000 in Latin digits; a template filter turns digits and passes «٬» where the page is Persian."""
    return f"{number:,}".replace(",", separator)


def amount_in_words(rial: int) -> str:
    """«دوازده میلیون و پانصد هزار ریال», for receipts."""
    if rial < 0:
        return f"منفی {amount_in_words(-rial)}"
    groups = []
    step, rest = 0, rial
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            groups.append(f"{_below_thousand(group)} {_STEPS[step]}".strip())
        step += 1
    return f"{' و '.join(reversed(groups)) or _ONES[0]} ریال"


def _whole_number(tidy: str, written: str) -> Decimal:
    digits = _THOUSANDS.sub("", tidy)
    if _DOTTED.match(digits):
        digits = digits.replace(".", "")
    if not _NUMBER.fullmatch(digits):
        raise ImpossibleAmount(written)
    try:
        return Decimal(digits)
    except InvalidOperation as error:  # pragma: no cover - the pattern lets only numbers through
        raise ImpossibleAmount(written) from error


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [_HUNDREDS[hundreds]] if hundreds else []
    if rest and rest < len(_ONES):
        words.append(_ONES[rest])
    else:
        words += [_TENS[tens]] if tens else []
        words += [_ONES[ones]] if ones else []
    return " و ".join(words)
