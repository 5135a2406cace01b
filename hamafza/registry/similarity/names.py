"""How alike two names are: honorifics aside, letters that sound alike as one, slips of a typing hand forgiven."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from hamafza.core.persian import words_key

#: Titles that are written in one file and left out in another. «سادات» and «میر» are also parts of names, so they are
#: taken off only when something is left.
HONORIFICS = frozenset({"سید", "سیده", "سیّد", "سادات", "السادات", "حاج", "حاجی", "حاجیه", "کربلایی", "مشهدی", "شیخ"})
_GLUED = ("سیده", "سید")

#: Letters of one sound in Persian.
_SOUNDS = str.maketrans({"ذ": "ز", "ض": "ز", "ظ": "ز", "ژ": "ز", "ث": "س", "ص": "س", "ط": "ت", "ق": "غ", "ح": "ه"})
_SOFT = frozenset("اوی ع")

#: Jaro-Winkler from which two words of some length are called alike though more than one letter differs.
ALIKE = 0.88
#: A slip of one letter in a word shorter than this makes another word, unless two neighbours only changed places.
SHORT = 3


class Likeness(StrEnum):
    """What comparing two names found, best first."""

    EQUAL = "equal"
    SOUND = "sound"
    SLIP = "slip"
    PART = "part"
    ALIKE = "alike"
    NEIGHBOUR = "neighbour"
    MISSING = "missing"
    DIFFERENT = "different"


@lru_cache(maxsize=16_384)
def bare(name: str) -> str:
    """The folded words of a name without its honorifics: «سید مجید» is «مجید»."""
    words = words_key(name).split()
    kept = [word for word in words if word not in HONORIFICS] or words
    return " ".join(
        _unglued(kept[0], alone=len(kept) == 1 and len(words) == 1) if place == 0 else word
        for place, word in enumerate(kept)
    )


def _unglued(word: str, *, alone: bool) -> str:
    """«سیدعلی» and «سیدحسینی» without their title; «سیدی» stays a name."""
    for title in _GLUED:
        rest = word.removeprefix(title)
        if rest != word and len(rest) >= SHORT and not (alone and len(rest) < SHORT):
            return rest
    return word


@lru_cache(maxsize=16_384)
def sound(name: str) -> str:
    """The letters one hears, in one spelling: «ذبیح» and «زبیه», «محمّد» and «محممد» are the same."""
    heard: list[str] = []
    for letter in bare(name).replace(" ", "").translate(_SOUNDS):
        if not heard or heard[-1] != letter:
            heard.append(letter)
    return "".join(heard)


@lru_cache(maxsize=16_384)
def skeleton(name: str) -> str:
    """The set of a name's consonants, for blocking: survives vowels, doubled, exchanged and like-sounding letters."""
    heard = sound(name)
    return "".join(sorted({letter for letter in heard if letter not in _SOFT})) or heard


@lru_cache(maxsize=65_536)
def likeness(a: str, b: str) -> Likeness:
    """How alike two names are, as written. `Likeness.SLIP` also when both are usual names: `score` knows better."""
    first, second = bare(a), bare(b)
    if not first or not second:
        return Likeness.MISSING
    one, other = first.replace(" ", ""), second.replace(" ", "")
    if one == other:
        return Likeness.EQUAL
    if sound(a) == sound(b):
        return Likeness.SOUND
    distance = OSA.distance(one, other, score_cutoff=2)
    if distance == 1 and min(len(one), len(other)) >= SHORT:
        return Likeness.SLIP
    if _is_part(first, second):
        return Likeness.PART
    longest = max(len(one), len(other))
    if (distance == 2 and longest >= 6) or (
        longest >= 5 and JaroWinkler.similarity(one, other) >= ALIKE and abs(len(one) - len(other)) <= 2
    ):
        return Likeness.ALIKE
    return Likeness.DIFFERENT


def _is_part(first: str, second: str) -> bool:
    """«فاطمه» and «فاطمه زهرا»: one is a whole half of the other, written apart or together."""
    shorter, longer = sorted((first, second), key=len)
    plain = longer.replace(" ", "")
    half = shorter.replace(" ", "")
    return len(half) >= SHORT and len(plain) - len(half) >= SHORT and (plain.startswith(half) or plain.endswith(half))
