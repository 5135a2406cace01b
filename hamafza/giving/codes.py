"""Codes that people copy by hand: trace codes of gifts, verification codes of receipts. Pure.

The alphabet has no sign that is taken for another (no 0 O 1 I L U); each carries 4.9 bits.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from hamafza.core.persian import latin_digits, normalize

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
#: 58 bits: nobody finds a code by guessing.
LENGTH = 12
_GROUP = 4


def new_trace_code() -> str:
    """A code of a gift that nobody can guess, without its hyphens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy_code(typed: str) -> str:
    """What somebody typed, as it is kept: capitals without spaces, hyphens and marks; Persian digits are read."""
    return "".join(sign for sign in latin_digits(normalize(typed)).upper() if sign.isascii() and sign.isalnum())


def shown_code(code: str) -> str:
    """In groups of four: ``ABCD-EFGH-JKMN``."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def keyed_code(said: str, *, key: bytes) -> str:
    """A code of what is said, which only who has the key can make."""
    number = int.from_bytes(hmac.new(key, said.encode(), hashlib.sha256).digest())
    signs = []
    for _place in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)
