"""Search among the people of the open counties: by number, telephone, file, name and father's name.

What was typed tells what is meant. Names are looked up by runs of three letters (`core.db`), then ranked here, so that
another spelling, a letter lost or exchanged and any order of the names still find the person.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from hamafza.core.db import NameSearch, rows_with_letters
from hamafza.core.identity import is_identity_number, is_mobile, normalize_identity, normalize_mobile
from hamafza.core.persian import key, latin_digits, normalize, words_key
from hamafza.core.session import current_scope
from hamafza.registry.models import Person
from hamafza.registry.models.person import PHONE_TAIL_DIGITS
from hamafza.registry.similarity.names import bare

MOST = 20
#: Rows the index hands over for ranking.
CANDIDATES = 300
#: Out of 100: what a name must be like to be shown, and from where the first guesses are good enough.
SHOWN, GOOD = 72, 88
_RUN = 3
#: Seconds for which the spellings of a county's names are remembered.
KNOWN_FOR = 300
_SPELLINGS = 8

Names = tuple[UUID, str, str, str]

SEARCH = NameSearch(table="registry_person", names="name_key", father="father_key", county="county_id")
_FATHER = re.compile(r"\s+(?:فرزند|پسر|دختر|ولد|بن|بنت|نام پدر|پدر)\s+")
_NOT_A_DIGIT = re.compile(r"[\s\-‐‑‒–—−_./\\()+\u200c]+")


class Kind(StrEnum):
    """What was understood."""

    NOTHING = "nothing"
    IDENTITY = "identity"
    MOBILE = "mobile"
    MOBILE_TAIL = "mobile_tail"
    FILE = "file"
    NAME = "name"
    NAME_AND_FATHER = "name_and_father"


@dataclass(frozen=True)
class Answer:
    """People found, best first; ``more``: there are others, so the words should be narrowed."""

    kind: Kind
    people: Sequence[Person]
    more: bool = False


def search_people(text: str) -> Answer:
    """At most twenty people of the open counties."""
    typed = normalize(text)[:80]
    digits = _NOT_A_DIGIT.sub("", latin_digits(typed))
    if not typed:
        return Answer(Kind.NOTHING, ())
    if digits.isascii() and digits.isdigit():
        return _by_number(digits)
    if any(letter.isdigit() for letter in digits):
        return _by_file(typed)
    name, *father = _FATHER.split(f" {typed} ", maxsplit=1)
    return _by_name(name.strip(), father=father[0].strip() if father else "")


def _by_number(digits: str) -> Answer:
    identity, mobile = normalize_identity(digits), normalize_mobile(digits)
    meant: dict[Kind, Q] = {}
    if is_mobile(mobile):
        meant[Kind.MOBILE] = Q(mobile_index=_index("mobile_index", mobile))
    if is_identity_number(identity):
        meant[Kind.IDENTITY] = Q(identity_index=_index("identity_index", identity))
    if len(digits) == PHONE_TAIL_DIGITS:
        meant[Kind.MOBILE_TAIL] = Q(mobile_tail_index=_index("mobile_tail_index", digits))
    for kind, condition in meant.items():
        rows = list(_people().filter(condition).order_by("pk")[: MOST + 1])
        if kind is Kind.MOBILE_TAIL:  # four digits are often a file's number too
            rows += [person for person in _of_file(digits) if person not in rows]
        if rows:
            return _answer(kind, rows)
    files = _by_file(digits)
    return files if files.people or not meant else Answer(next(reversed(meant)), ())


def _by_file(typed: str) -> Answer:
    number = key(latin_digits(typed))
    if not number:
        return Answer(Kind.FILE, ())
    begun = _people().filter(household__file_key__startswith=number).order_by("household__file_key", "pk")
    return _answer(Kind.FILE, _of_file(number) or list(begun[: MOST + 1]))


def _of_file(number: str) -> list[Person]:
    return list(_people().filter(household__file_key=number).order_by("pk")[: MOST + 1])


def _by_name(name: str, *, father: str) -> Answer:
    """As it is written first, then with slips, then by the nearest names there are."""
    kind = Kind.NAME_AND_FATHER if father else Kind.NAME
    words, theirs = bare(name) or words_key(name), bare(father)
    found: dict[UUID, float] = {}
    for look in (partial(_with_letters, every=True), partial(_with_letters, every=False), _spelt_nearly):
        if not found or max(found.values()) < GOOD:
            found |= _ranked(look(words, theirs), words, father=theirs)
    best = sorted(found, key=lambda pk: (-found[pk], pk))[: MOST + 1]
    people = _people().in_bulk(best)
    return _answer(kind, [people[pk] for pk in best if pk in people])


def _people() -> QuerySet[Person]:
    """With household and its head: no query a row."""
    return Person.objects.filter(merged_into__isnull=True).select_related("household__head", "household__district")


def _index(field: str, value: str) -> str:
    index: str = Person._meta.get_field(field).index_of(value)  # type: ignore[union-attr]  # a BlindIndexField
    return index


def _answer(kind: Kind, rows: Sequence[Person]) -> Answer:
    return Answer(kind, rows[:MOST], more=len(rows) > MOST)


# --- names ---


def _with_letters(words: str, father: str, *, every: bool) -> Iterable[Names]:
    """People who share runs of letters with the name, or whose names begin with it when it is too short for runs."""
    runs = list(dict.fromkeys(run for part in (*words.split(), *father.split()) for run in _runs(part)))
    if runs:
        counties = sorted(current_scope().counties)
        ids = rows_with_letters(connection, SEARCH, runs, counties=counties, every=every, limit=CANDIDATES)
        return _names_of(Q(pk__in=ids))
    begins = key(words)
    return _names_of(Q(name_key__startswith=begins)) if begins else ()


def _names_of(condition: Q) -> Iterable[Names]:
    found = Person.objects.filter(condition, merged_into__isnull=True).order_by("pk")
    return found.values_list("pk", "first_name", "last_name", "father_name")[:CANDIDATES]


def _runs(word: str) -> Iterable[str]:
    return (word[start : start + _RUN] for start in range(len(word) - _RUN + 1))


def _spelt_nearly(words: str, father: str) -> list[Names]:
    """People whose first or last name is the nearest existing spelling of a word: short names leave no run unharmed."""
    found: list[Names] = []
    newest = Person.objects.order_by("-pk").values_list("pk", flat=True).first()
    for field in ("first_name", "last_name"):
        known = _known_names(field, current_scope().counties, newest, int(time.monotonic() // KNOWN_FOR))
        folded = list(set(known.values()))
        near = {
            name
            for word in words.split()
            for name, _, _ in process.extract(word, folded, scorer=fuzz.ratio, score_cutoff=66, limit=_SPELLINGS)
        }
        spelt = {name for name, plain in known.items() if plain in near}
        found += _names_of(Q(**{f"{field}__in": spelt}))
    return found


@lru_cache(maxsize=8)
def _known_names(field: str, counties: frozenset[str], newest: UUID | None, moment: int) -> dict[str, str]:
    """The spellings of a name in these counties, folded; read again when somebody has been added, or after a while."""
    return {name: _plain(name) for name in Person.objects.order_by().values_list(field, flat=True).distinct()}


def _ranked(people: Iterable[Names], words: str, *, father: str) -> dict[UUID, float]:
    scores = {pk: _rank(first, last, theirs, words, father=father) for pk, first, last, theirs in people}
    return {pk: score for pk, score in scores.items() if score >= SHOWN}


def _rank(first_name: str, last_name: str, father_name: str, words: str, *, father: str) -> float:
    """0..100: the best way the words can be meant."""
    typed = words.replace(" ", "")
    first, last, theirs = _plain(first_name), _plain(last_name), _plain(father_name)
    ways = [_like(typed, first + last), _like(typed, last + first)]
    alone = max(_like(typed, last) - 1, _like(typed, first) - 2)
    if " " not in words or alone >= GOOD:  # of «علی احمدی», «احمدی» alone is not the half that counts
        ways.append(alone)
    if father:
        return min(max(ways), 100) * 0.6 + _like(father.replace(" ", ""), theirs) * 0.4
    if theirs and " " in words:
        ways += [
            _like(typed, first + last + theirs) - 1,
            _like(typed, first + theirs) - 2,
            _like(typed, last + theirs) - 3,
        ]
    begun = any(name.startswith(typed) for name in (first + last, last + first))
    return max([*ways, 90.0 if begun else 0.0])


@lru_cache(maxsize=65_536)
def _plain(name: str) -> str:
    return bare(name).replace(" ", "")


def _like(typed: str, name: str) -> float:
    """Likeness in percent; one slip (a letter lost, added, changed, or two exchanged) is forgiven in any word."""
    if not typed or not name:
        return 0.0
    if OSA.distance(typed, name, score_cutoff=1) == 1 and min(len(typed), len(name)) >= _RUN:
        return max(fuzz.ratio(typed, name), 80.0)
    return fuzz.ratio(typed, name)
