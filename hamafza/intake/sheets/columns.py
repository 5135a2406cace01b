"""Which column means what: by its heading, whatever the words, spelling, language and order; else by its cells."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Self

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from hamafza.core.persian import key, words_key
from hamafza.core.rial import unit_in
from hamafza.intake.sheets import phrases
from hamafza.intake.sheets.phrases import (
    FILLERS,
    HEAD_WORDS,
    IGNORED,
    OTHERS,
    PERSONAL,
    PHONE,
    PHRASES,
    REPEATABLE,
    Meaning,
)
from hamafza.intake.sheets.sniffing import looks_like

#: A heading at least this sure counts when the header row is looked for.
SURE = 0.9
_SIMILAR = 86
_LONGEST = 200
#: In a shorter heading one letter makes another word: «کد ملی», «کد محلی».
_SHORTEST_SIMILAR = 7
_BY_KEY = {key(phrase): str(meaning) for meaning, said in PHRASES.items() for phrase in said}
#: Longer phrases first: «تلفن همراه» before «همراه». One short word inside a heading proves nothing.
_BY_WORDS = sorted(
    {
        words_key(phrase): str(meaning) for meaning, said in PHRASES.items() for phrase in said if len(key(phrase)) > 3
    }.items(),
    key=lambda entry: -len(entry[0]),
)
_HEAD_IN_PLACE = {
    phrases.HEAD_FIRST_NAME: Meaning.FIRST_NAME,
    phrases.HEAD_LAST_NAME: Meaning.LAST_NAME,
    phrases.HEAD_FULL_NAME: Meaning.FULL_NAME,
}
#: What stands with «سرپرست» in a heading; and how sure a heading is that is read without it.
_HEAD_TAIL = HEAD_WORDS | {"خانوار", "خانواده", "of", "the", "household"}
_OF_HEAD = 0.7
#: «نیاز1» is «نیاز ۱».
_NUMBERED = re.compile(r"([^\W\d])\d+\b")
_BIRTH_PARTS = {Meaning.BIRTH_DAY, Meaning.BIRTH_MONTH, Meaning.BIRTH_YEAR}
_NAMES = (Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.FULL_NAME)


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column of a sheet; `meaning` is a `Meaning` or empty (left out), `unit` is `rial`, `toman` or empty."""

    index: int
    header: str
    meaning: str
    unit: str = ""
    confidence: float = 0.0


@dataclass(frozen=True)
class Mapping:
    """What each column of a sheet means; shown for correction and remembered by `signature`."""

    columns: tuple[ColumnUse, ...]

    def used(self) -> dict[str, list[ColumnUse]]:
        """The columns in use, by meaning."""
        found: dict[str, list[ColumnUse]] = {}
        for column in self.columns:
            if column.meaning:
                found.setdefault(column.meaning, []).append(column)
        return found

    def with_meanings(self, meanings: dict[int, str], *, units: dict[int, str] | None = None) -> Self:
        """The mapping as a person corrected it: meanings and units by column index."""
        units = units or {}
        columns = (
            replace(
                column,
                meaning=meanings.get(column.index, column.meaning),
                unit=units.get(column.index, column.unit or _default_unit(meanings.get(column.index, column.meaning))),
                confidence=1.0,
            )
            for column in self.columns
        )
        return replace(self, columns=tuple(columns))

    def to_json(self) -> str:
        rows = [[use.index, use.header, use.meaning, use.unit, round(use.confidence, 3)] for use in self.columns]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls(tuple(ColumnUse(*row) for row in json.loads(text)))


def propose_mapping(
    header: Sequence[str], sample_rows: Sequence[Sequence[Any]], remembered: Mapping | None = None
) -> Mapping:
    """The likeliest mapping; columns of `remembered` (matched by heading, wherever they stand now) are taken as said."""
    guesses = [meaning_of(name[:_LONGEST]) for name in header]
    known = _remembered(header, remembered)
    samples = [[row[index] for row in sample_rows if index < len(row)] for index in range(len(header))]
    _settle_phones(guesses, samples)
    _put_head_in_place(guesses, header)
    _see_whole_names(guesses, samples)
    _ask_whole_birth_dates(guesses)
    _keep_the_surest(guesses, known)
    _guess_by_cells(guesses, samples, known)
    columns = (
        _use(index, name, known.get(index) or (*guesses[index], ""), samples[index])
        for index, name in enumerate(header)
    )
    return Mapping(tuple(columns))


@lru_cache(maxsize=4096)
def meaning_of(heading: str) -> tuple[str, float]:
    """Meaning (perhaps `IGNORED`, `PHONE` or a name of the head) and confidence; `("", 0)` when nothing fits."""
    for form, confidence in ((heading, 1.0), (_without_brackets(heading), 0.97), (_without_fillers(heading), 0.95)):
        if exact := _BY_KEY.get(key(form)):
            return exact, confidence
    bare = words_key(_without_fillers(heading))
    words = set(bare.split())
    if not words:
        return "", 0.0
    if words & OTHERS:
        return IGNORED, 0.8
    meaning, confidence = _similar(key(bare)) or _contained(bare) or ("", 0.0)
    if meaning == phrases.HEAD_FULL_NAME and confidence < SURE and (rest := _without_head(heading)):
        meaning, confidence = meaning_of(rest)[0] or meaning, _OF_HEAD
    return (IGNORED, 0.8) if meaning in PERSONAL and words & HEAD_WORDS else (meaning, confidence)


def signature(header: Iterable[str]) -> str:
    """The same for the same headings in any order, spelling and unit of spaces."""
    keys = sorted(key(name) for name in header if key(name))
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:32]


def faults_in(mapping: Mapping) -> list[str]:
    """Sentences that say what must be corrected before this mapping can be used; none when it can."""
    used = mapping.used()
    faults = [
        _("Two columns have one meaning, %(meaning)s: %(columns)s. Keep one and leave out the other.")
        % {"meaning": Meaning(meaning).label, "columns": _listed(columns)}
        for meaning, columns in used.items()
        if len(columns) > 1 and meaning not in REPEATABLE
    ]
    if not any(meaning in used for meaning in _NAMES):
        faults.append(_("No column holds a name. Say which column is the first name, the last name or both."))
    return faults


def _listed(columns: list[ColumnUse]) -> str:
    return "، ".join(f"«{column.header}»" for column in columns)


def _use(index: int, name: str, guess: tuple[str, float, str], cells: list[Any]) -> ColumnUse:
    meaning, confidence, unit = guess
    if meaning not in Meaning.values:
        return ColumnUse(index, name, "", "", confidence)
    if meaning != Meaning.INCOME:
        return ColumnUse(index, name, str(meaning), "", confidence)
    return ColumnUse(index, name, str(meaning), unit or unit_in(name) or _unit_of(cells), confidence)


def _default_unit(meaning: str) -> str:
    return "rial" if meaning == Meaning.INCOME else ""


def _unit_of(cells: list[Any]) -> str:
    units = Counter(unit for cell in cells if isinstance(cell, str) and (unit := unit_in(cell)))
    return units.most_common(1)[0][0] if units else "rial"


def _remembered(header: Sequence[str], remembered: Mapping | None) -> dict[int, tuple[str, float, str]]:
    if remembered is None:
        return {}
    said: dict[str, list[ColumnUse]] = {}
    for column in remembered.columns:
        said.setdefault(key(column.header), []).append(column)
    known = {}
    for index, name in enumerate(header):
        if columns := said.get(key(name)):
            column = columns.pop(0)
            known[index] = (column.meaning or IGNORED, 1.0, column.unit)
    return known


def _settle_phones(guesses: list[tuple[str, float]], samples: list[list[Any]]) -> None:
    """A plain «تلفن» is the mobile when its cells are, and nothing else is called mobile."""
    for index, (meaning, confidence) in enumerate(guesses):
        if meaning == PHONE:
            taken = any(other == Meaning.MOBILE for other, _sure in guesses)
            mobile = not taken and looks_like(samples[index], Meaning.MOBILE, least=0.3)
            guesses[index] = (Meaning.MOBILE if mobile else IGNORED, confidence * 0.9)


def _put_head_in_place(guesses: list[tuple[str, float]], header: Sequence[str]) -> None:
    """In a sheet of one row for each household the head is the person."""
    meanings = {meaning for meaning, _sure in guesses}
    alone = not meanings & set(_NAMES)
    for index, (meaning, confidence) in enumerate(guesses):
        if meaning in _HEAD_IN_PLACE:
            guesses[index] = (_HEAD_IN_PLACE[meaning], confidence * 0.8) if alone else (IGNORED, confidence)
        elif meaning == Meaning.HEAD_IDENTITY and alone and Meaning.IDENTITY_NUMBER not in meanings:
            guesses[index] = (Meaning.IDENTITY_NUMBER, confidence * 0.8)
        elif meaning == IGNORED and alone and (own := meaning_of(_without_head(header[index]))[0]) in PERSONAL:
            guesses[index] = (own, _OF_HEAD)
    first = next((index for index, (meaning, _sure) in enumerate(guesses) if meaning == Meaning.FULL_NAME), None)
    if (
        first is not None
        and any(meaning == Meaning.LAST_NAME for meaning, _sure in guesses)
        and Meaning.FIRST_NAME not in meanings
    ):
        guesses[first] = (Meaning.FIRST_NAME, guesses[first][1] * 0.9)


def _see_whole_names(guesses: list[tuple[str, float]], samples: list[list[Any]]) -> None:
    """A lone «نام» whose cells are mostly of several words holds first and last name."""
    meanings = {meaning for meaning, _sure in guesses}
    if meanings & {Meaning.LAST_NAME, Meaning.FULL_NAME}:
        return
    for index, (meaning, confidence) in enumerate(guesses):
        names = [cell for cell in samples[index] if isinstance(cell, str) and cell.strip()]
        if meaning == Meaning.FIRST_NAME and sum(" " in name.strip() for name in names) * 2 > len(names):
            guesses[index] = (Meaning.FULL_NAME, confidence * 0.9)


def _ask_whole_birth_dates(guesses: list[tuple[str, float]]) -> None:
    """Day, month and year columns count only together: a year alone is no date, and «سال» may be anything."""
    meanings = {meaning for meaning, _sure in guesses}
    if Meaning.BORN_ON in meanings or not meanings >= _BIRTH_PARTS:
        guesses[:] = [(IGNORED, sure) if meaning in _BIRTH_PARTS else (meaning, sure) for meaning, sure in guesses]


def _keep_the_surest(guesses: list[tuple[str, float]], known: dict[int, tuple[str, float, str]]) -> None:
    best: dict[str, int] = {}
    taken = {meaning for meaning, _sure, _unit in known.values()}
    for index, (meaning, confidence) in enumerate(guesses):
        if not meaning or meaning == IGNORED or meaning in REPEATABLE or index in known:
            continue
        rival = best.get(meaning)
        if meaning in taken or (rival is not None and guesses[rival][1] >= confidence):
            guesses[index] = ("", 0.0)
            continue
        if rival is not None:
            guesses[rival] = ("", 0.0)
        best[meaning] = index


def _guess_by_cells(
    guesses: list[tuple[str, float]], samples: list[list[Any]], known: dict[int, tuple[str, float, str]]
) -> None:
    """Columns without a telling heading, by what stands in them: identity numbers, mobiles, Shebas, dates."""
    taken = {meaning for meaning, _sure in guesses} | {meaning for meaning, _sure, _unit in known.values()}
    for index, (meaning, _sure) in enumerate(guesses):
        if meaning or index in known:
            continue
        for candidate in (Meaning.IBAN, Meaning.MOBILE, Meaning.IDENTITY_NUMBER, Meaning.BORN_ON):
            if candidate not in taken and looks_like(samples[index], candidate, least=0.7):
                guesses[index] = (str(candidate), 0.6)
                taken.add(candidate)
                break


def _without_brackets(heading: str) -> str:
    return heading.split("(", maxsplit=1)[0].split("[", maxsplit=1)[0].split(":", maxsplit=1)[0]


@lru_cache(maxsize=4096)
def _without_head(heading: str) -> str:
    """«تاریخ تولد سرپرست خانوار» -> «تاریخ تولد»; empty when the head is not spoken of, or nothing else is."""
    words = words_key(_without_brackets(heading[:_LONGEST])).split()
    return " ".join(word for word in words if word not in _HEAD_TAIL) if HEAD_WORDS & set(words) else ""


@lru_cache(maxsize=4096)
def _without_fillers(heading: str) -> str:
    words = _NUMBERED.sub(r"\1", words_key(_without_brackets(heading))).split()
    left = [word for word in words if word not in FILLERS and not word.isdigit()]
    return " ".join(left or words)


def _similar(bare: str) -> tuple[str, float] | None:
    if len(bare) < _SHORTEST_SIMILAR:
        return None
    found = process.extractOne(bare, _BY_KEY.keys(), scorer=fuzz.ratio, score_cutoff=_SIMILAR)
    return (_BY_KEY[found[0]], found[1] / 100 * 0.9) if found else None


def _contained(bare: str) -> tuple[str, float] | None:
    padded = f" {bare} "
    found = next((meaning for phrase, meaning in _BY_WORDS if f" {phrase} " in padded), None)
    return (found, 0.7) if found else None
