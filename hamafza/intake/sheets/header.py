"""Where a list begins: the header row, under merged titles, blank rows and a row of group headings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hamafza.core.persian import key
from hamafza.intake.sheets.columns import SURE, meaning_of

#: Rows looked at; a title block is never longer.
SEARCHED = 40
_FEWEST_KNOWN = 2


@dataclass(frozen=True, slots=True)
class Header:
    """`row` is the sheet's own 1-based number of the (last) header row, `names` the headings as written."""

    row: int
    names: tuple[str, ...]
    score: float


def find_header(rows: Iterable[tuple[int, Sequence[Any]]]) -> Header | None:
    """The best header among the first rows, or None; two rows are read as one where that says clearly more."""
    window = [(number, _texts(cells)) for (number, cells), _place in zip(rows, range(SEARCHED), strict=False)]
    best: Header | None = None
    for place, (number, names) in enumerate(window):
        score = _score(names)
        candidate = Header(number, names, score)
        if place + 1 < len(window) and score:
            below_number, below = window[place + 1]
            both = _joined(names, below)
            # a joined row must win by more than one heading, or a first row of data could be taken for headings
            if _score(both) >= score + 1.5 and _is_wordy(below):
                candidate = Header(below_number, both, _score(both))
        if best is None or candidate.score > best.score:
            best = candidate
    return best if best and best.score >= _FEWEST_KNOWN else None


def _texts(cells: Sequence[Any]) -> tuple[str, ...]:
    names = [str(cell).strip() if isinstance(cell, str) else "" for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _score(names: Sequence[str]) -> float:
    """How many different columns are recognised beyond doubt; unknown headings neither help nor harm."""
    sure: dict[str, float] = {}
    for name in names:
        if name and len(name) < 80:
            meaning, confidence = meaning_of(name)
            place = meaning if meaning != "ignored" else f"ignored:{key(name)}"
            if meaning and confidence >= SURE:
                sure[place] = max(sure.get(place, 0), 0.5 if meaning == "ignored" else confidence)
    return sum(sure.values()) if any(not place.startswith("ignored") for place in sure) else 0.0


def _joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """«تاریخ تولد» over «روز»: the group's name stands in its first column only, so it is carried on."""
    names: list[str] = []
    group = ""
    for index in range(max(len(above), len(below))):
        over = above[index] if index < len(above) else ""
        under = below[index] if index < len(below) else ""
        group = over or group
        names.append(_name_of(over, under, group))
    return tuple(names)


def _name_of(over: str, under: str, group: str) -> str:
    if not under:
        return over
    together = f"{group} {under}"
    return together if group and meaning_of(together)[1] >= SURE and meaning_of(under)[1] < 1.0 else under


def _is_wordy(names: Sequence[str]) -> bool:
    filled = [name for name in names if name]
    return bool(filled) and all(not any(sign.isdigit() for sign in name) for name in filled)
