"""How identity numbers, mobiles and addresses of two files differ."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from hamafza.core.persian import words_key

#: Token sort ratio from which two addresses are the same place in other words.
SAME_PLACE = 88
#: Words that addresses have or leave out.
_FILLERS = frozenset(
    "خیابان خ کوچه ک پلاک پ بلوار میدان شهر شهرستان استان روستای روستا محله کوی واحد طبقه نبش جنب".split()
)
_NUMBERS = re.compile(r"\d+")


class Match(StrEnum):
    """What comparing two numbers or addresses found."""

    EQUAL = "equal"
    CLOSE = "close"
    MISSING = "missing"
    DIFFERENT = "different"


def number_match(a: str, b: str) -> Match:
    """Two numbers: equal, one digit typed wrong or two neighbours exchanged, or different."""
    if not a or not b:
        return Match.MISSING
    if a == b:
        return Match.EQUAL
    return Match.CLOSE if OSA.distance(a, b, score_cutoff=1) <= 1 else Match.DIFFERENT


@lru_cache(maxsize=8192)
def place_words(address: str) -> str:
    return " ".join(sorted(word for word in words_key(address).split() if word not in _FILLERS))


def place_match(a: str, b: str, *, postal_a: str, postal_b: str) -> Match:
    """Two homes: by their address, and by their postal code (a building or less) where an address says nothing else."""
    if postal_a and postal_a == postal_b:
        return Match.EQUAL
    if not a or not b:
        return Match.MISSING
    first, second = place_words(a), place_words(b)
    if first == second:
        return Match.EQUAL
    numbers = set(_NUMBERS.findall(first)) == set(_NUMBERS.findall(second))
    return Match.CLOSE if numbers and fuzz.ratio(first, second) >= SAME_PLACE else Match.DIFFERENT
