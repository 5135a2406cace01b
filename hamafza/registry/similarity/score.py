"""The score of a pair: 0..1000, with what it is made of."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from hamafza.core import jalali
from hamafza.registry.similarity import weights
from hamafza.registry.similarity.contacts import Match, number_match, place_match
from hamafza.registry.similarity.dates import Gap, gap
from hamafza.registry.similarity.names import Likeness, bare, likeness
from hamafza.registry.similarity.usual import USUAL_NAMES
from hamafza.registry.similarity.weights import Weights

#: Likenesses that rest on one name being the other: worth what the name's rarity says.
SAME_NAME = frozenset({Likeness.EQUAL, Likeness.SOUND, Likeness.SLIP, Likeness.PART, Likeness.ALIKE})
#: A name nobody else in the county bears is still not unique: as if each of 60 names stood on 8 more files.
PRETENDED_NAMES, PRETENDED_FILES = 60, 8
RAREST_BITS = 9.0
#: The two explanations a pair is weighed against, as places in a pair of weights.
STRANGER, RELATIVE = 0, 1
DAYS_OF_BIRTH = 25_000
#: What identity number, mobile and home seldom add more than to names and dates, against strangers and relatives.
BEST_CONTACTS: Weights = (16.0, 4.0)
USUAL_FILES, USUAL_SHARE = 3, 20_000


class Contacts(NamedTuple):
    """The sealed fields, opened only for pairs whose names and dates are worth it."""

    identity: str = ""
    mobile: str = ""
    address: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class Identified:
    """One person as far as comparing needs."""

    id: UUID
    first_name: str
    last_name: str
    father_name: str
    born_on: datetime.date | None
    sex: str
    household: UUID | None

    @property
    def born_digits(self) -> str:
        """The Jalali date of birth in eight digits, empty when it is not known."""
        return jalali_digits(self.born_on) if self.born_on else ""


class Finding(NamedTuple):
    """One row of the table that explains a score: what was compared, what was found, what it is worth."""

    part: str
    found: str
    points: int


@dataclass(frozen=True, slots=True)
class Scored:
    """A score with its parts. ``against`` says which other explanation was the harder to rule out."""

    score: int
    against: str
    findings: tuple[Finding, ...]

    def as_parts(self) -> dict[str, object]:
        """What is stored and printed: rule, and points by part."""
        return {
            "rule": weights.RULE_VERSION,
            "against": self.against,
            "parts": {finding.part: {"found": finding.found, "points": finding.points} for finding in self.findings},
        }


@dataclass
class Frequencies:
    """How often names and dates of birth stand on the county's files: an equal rare name says more."""

    persons: int = 0
    first: Counter[str] = field(default_factory=Counter)
    last: Counter[str] = field(default_factory=Counter)
    father: Counter[str] = field(default_factory=Counter)
    born: Counter[datetime.date] = field(default_factory=Counter)

    def count(self, person: Identified) -> None:
        self.persons += 1
        self.first[bare(person.first_name)] += 1
        self.last[bare(person.last_name)] += 1
        self.father[bare(person.father_name)] += 1
        if person.born_on:
            self.born[person.born_on] += 1

    def rarity(self, names: Counter[str], a: str, b: str) -> float:
        """Bits: how surprising it is that two strangers share the name (the more usual of the two spellings)."""
        files = max(names[bare(a)], names[bare(b)]) + PRETENDED_FILES
        return min(-math.log2(files / (self.persons + PRETENDED_FILES * PRETENDED_NAMES)), RAREST_BITS)

    def is_usual(self, names: Counter[str], name: str) -> bool:
        """Whether the spelling is a name of its own: known to everybody, or borne by many."""
        return (
            bare(name).replace(" ", "") in USUAL_NAMES or names[bare(name)] >= USUAL_FILES + self.persons // USUAL_SHARE
        )

    def crowded(self, day: datetime.date) -> float:
        """Bits lost when a date is an office's default (1 Farvardin), borne by far more than its share."""
        usual = self.persons / DAYS_OF_BIRTH
        surplus = max(self.born[day] - 2 - 3 * usual, 0.0) + max(usual, 0.05)
        return max(math.log2(surplus / max(usual, 0.05)), 0.0) if surplus > usual else 0.0


@lru_cache(maxsize=65_536)
def jalali_digits(day: datetime.date) -> str:
    """A date as eight digits of the Jalali calendar, the way it was typed."""
    there = jalali.to_jalali(day)
    return f"{there.year:04d}{there.month:02d}{there.day:02d}"


def is_worth_opening(a: Identified, b: Identified, *, frequencies: Frequencies) -> bool:
    """Whether names and dates leave a score of `weights.FLOOR` possible, so that the sealed fields should be opened."""
    first_names = ((a.first_name, b.first_name), (a.first_name, b.last_name), (b.first_name, a.last_name))
    if all(likeness(*names) is Likeness.DIFFERENT for names in first_names):
        return False  # twins, brothers, a whole family: nothing else makes them one person
    return _may_reach_floor(_names_and_date(a, b, frequencies))


def score_pair(
    a: Identified, b: Identified, *, frequencies: Frequencies, contacts: Callable[[Identified], Contacts]
) -> Scored | None:
    """The score of two files, or None when it lies below `weights.FLOOR`. Opens the contacts of both."""
    found = _names_and_date(a, b, frequencies)
    found += _contacts(contacts(a), contacts(b), one_household=a.household is not None and a.household == b.household)
    return _summed(found)


def _may_reach_floor(found: list[tuple[str, str, Weights]]) -> bool:
    stranger, relative = _sums(found)
    return _points(min(stranger + BEST_CONTACTS[0], relative + BEST_CONTACTS[1])) + 500 >= weights.FLOOR


def _sums(found: list[tuple[str, str, Weights]]) -> Weights:
    stranger, relative = weights.PRIOR
    for _, _, (against_stranger, against_relative) in found:
        stranger += against_stranger
        relative += against_relative
    return stranger, relative


def _names_and_date(a: Identified, b: Identified, frequencies: Frequencies) -> list[tuple[str, str, Weights]]:
    straight = _names(a, b, frequencies, swapped=False)
    if straight[0][1] in (Likeness.DIFFERENT, Likeness.MISSING) and straight[1][1] in (
        Likeness.DIFFERENT,
        Likeness.MISSING,
    ):
        crossed = _names(a, b, frequencies, swapped=True)
        if crossed[0][1] in SAME_NAME and crossed[1][1] in SAME_NAME:
            straight = [*crossed, ("order", "swapped", weights.NAMES_SWAPPED)]
    born = gap(a.born_on, b.born_on, digits_a=a.born_digits, digits_b=b.born_digits)
    worth = weights.BORN[born]
    if born == Gap.EQUAL and a.born_on:
        worth = (worth[0] - frequencies.crowded(a.born_on), worth[1])
    father = _name(a.father_name, b.father_name, frequencies, frequencies.father, weights.FATHER_NAME)
    sex = _sex(a.sex, b.sex)
    return [*straight, ("father_name", *father), ("born_on", born, worth), ("sex", sex, weights.SEX[sex])]


def _names(a: Identified, b: Identified, frequencies: Frequencies, *, swapped: bool) -> list[tuple[str, str, Weights]]:
    first, last = (b.last_name, b.first_name) if swapped else (b.first_name, b.last_name)
    return [
        ("first_name", *_name(a.first_name, first, frequencies, frequencies.first, weights.FIRST_NAME)),
        ("last_name", *_name(a.last_name, last, frequencies, frequencies.last, weights.LAST_NAME)),
    ]


def _name(
    a: str, b: str, frequencies: Frequencies, names: Counter[str], table: dict[Likeness, Weights]
) -> tuple[str, Weights]:
    found = likeness(a, b)
    two_names = (
        found in (Likeness.SLIP, Likeness.ALIKE) and frequencies.is_usual(names, a) and frequencies.is_usual(names, b)
    )
    found = Likeness.NEIGHBOUR if two_names else found
    worth = table[found]
    if found in SAME_NAME:
        worth = (worth[0] + frequencies.rarity(names, a, b), worth[1])
    return found, worth


def _contacts(a: Contacts, b: Contacts, *, one_household: bool) -> list[tuple[str, str, Weights]]:
    identity = number_match(a.identity, b.identity)
    mobile = number_match(a.mobile, b.mobile)
    home = place_match(a.address, b.address, postal_a=a.postal_code, postal_b=b.postal_code)
    household = Match.EQUAL if one_household else Match.DIFFERENT
    return [
        ("identity_number", identity, weights.IDENTITY[identity]),
        ("mobile", mobile, weights.MOBILE[mobile]),
        ("home", home, weights.HOME[home]),
        ("household", household, weights.HOUSEHOLD[one_household]),
    ]


def _sex(a: str, b: str) -> Match:
    if not a or not b:
        return Match.MISSING
    return Match.EQUAL if a == b else Match.DIFFERENT


def _summed(found: list[tuple[str, str, Weights]]) -> Scored | None:
    """Against the explanation that is harder to rule out."""
    sums = _sums(found)
    side = STRANGER if sums[STRANGER] <= sums[RELATIVE] else RELATIVE
    score = min(max(500 + _points(sums[side]), 0), 1000)
    if score < weights.FLOOR:
        return None
    prior = Finding("prior", "", 500 + _points(weights.PRIOR[side]))
    rows = tuple(Finding(part, str(said), _points(worth[side])) for part, said, worth in found)
    return Scored(score, ("stranger", "relative")[side], (prior, *rows))


def _points(bits: float) -> int:
    return round(bits * weights.POINTS_PER_BIT)
