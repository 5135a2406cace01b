"""Numbers that stand for a person or a place: identity number, mobile, postal code, Sheba (IBAN).

Each has a `normalize_` that brings every common way of writing to one, and an `is_` that decides.
"""

import re
from operator import mul

from hamafza.core.persian import latin_digits, normalize

MOBILE = re.compile(r"09\d{9}")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−_./\\()*'`\u200c]+")
_SEVERAL = re.compile(r"[/\\،,;؛|\n]+|\s+-\s+|\s+(?:و|یا)\s+")
_COUNTRY_CODE = re.compile(r"^(?:\+|00)?980?(?=9\d{9}$)")
#: No cell of telephone numbers is longer; longer texts are not searched for several.
_LONGEST = 200
_WEIGHTS = range(10, 1, -1)
_MASK = "•"


def normalize_identity(value: str | float) -> str:
    """Ten digits where ten are meant: separators dropped, digits Latin, lost leading zeros put back.

    A text gets back up to three zeros, a number (which can hold none) up to five; `is_identity_number` still decides
    by the check digit. A value with anything else in it comes back as written, without separators, and so fails.
    """
    digits = _plain(value)
    fewest = 7 if isinstance(value, str) else 5
    return digits.zfill(10) if fewest <= len(digits) < 10 and digits.isdigit() else digits


def is_identity_number(value: str) -> bool:
    """Ten Latin digits with a right check digit, not all equal (the civil registry's rule)."""
    if len(value) != 10 or not (value.isascii() and value.isdigit()) or value == value[0] * 10:
        return False
    remainder: int = sum(map(mul, map(int, value), _WEIGHTS)) % 11
    return int(value[9]) == (remainder if remainder < 2 else 11 - remainder)


def normalize_mobile(value: str | float) -> str:
    """`09` and nine digits, from 9xxxxxxxxx, +98, 0098, numbers, Persian digits; empty when there is no mobile.

    Of several in one cell the first good one counts.
    """
    whole = _mobile(value)
    if whole or not isinstance(value, str):
        return whole
    return next((found for part in _SEVERAL.split(value[:_LONGEST]) if (found := _mobile(part))), "")


def is_mobile(value: str) -> bool:
    return MOBILE.fullmatch(value) is not None and value.isascii()


def normalize_postal_code(value: str | float) -> str:
    """Digits only; a wrong one is `is_postal_code`'s to say."""
    return _plain(value)


def is_postal_code(value: str) -> bool:
    """Ten Latin digits, not all equal. The post's finer rules have exceptions among old codes, so they are not asked."""
    return len(value) == 10 and value.isascii() and value.isdigit() and value != value[0] * 10


def normalize_iban(value: str | float) -> str:
    """`IR` and 24 digits, from any spacing, without IR or in small letters."""
    plain = _plain(value).upper()
    return f"IR{plain}" if len(plain) == 24 and plain.isdigit() else plain


def is_iban(value: str) -> bool:
    """Whether this is an Iranian Sheba with right check digits (ISO 13616, mod 97); spaces and a lost IR are allowed."""
    iban = normalize_iban(value)
    if re.fullmatch(r"IR[0-9]{24}", iban) is None or not iban[4:].strip("0"):
        return False
    return int(f"{iban[4:]}1827{iban[2:4]}") % 97 == 1


def mask(value: str, *, shown: int = 4) -> str:
    """The value with all but its last `shown` characters hidden; a short value is hidden whole."""
    if shown <= 0 or len(value) <= shown:
        return _MASK * len(value)
    return _MASK * (len(value) - shown) + value[-shown:]


def _plain(value: str | float) -> str:
    if not isinstance(value, str):
        return str(int(value) if value == int(value) else value)
    if value.isascii() and value.isdigit():
        return value
    text = latin_digits(normalize(value)).strip()
    if re.fullmatch(r"\d+\.0", text):
        text = text[:-2]
    return _SEPARATORS.sub("", text)


def _mobile(value: str | float) -> str:
    digits = _COUNTRY_CODE.sub("0", _plain(value))
    if len(digits) == 10 and digits.startswith("9"):
        digits = f"0{digits}"
    return digits if is_mobile(digits) else ""
