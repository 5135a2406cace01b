"""Sheets that come to the books from outside: which column is what, by the words of banks and of the treasury. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from hamafza.core.persian import key
from hamafza.core.rial import Unit, scale_in, unit_in
from hamafza.intake.sheets.cells import clean_amount
from hamafza.intake.sheets.workbook import SheetError, sheets_in

#: A title block above the header is never longer.
SEARCHED = 40
_BRACKETS = re.compile(r"[(（\[].*?[)）\]]")
_UNIT_WORDS = re.compile(r"ریال|تومان|به ریال|به تومان|rials?|tomans?|irr", re.IGNORECASE)

#: By column, its headings as they are written; a column may have several, the first found wins for each row.
Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column stands, and what its heading says about money."""

    place: int
    unit: Unit
    scale: int


@dataclass(frozen=True, slots=True)
class Table:
    """The table found in a file: columns by name (several places each), and the rows below the header."""

    columns: Mapping[str, Sequence[Column]]
    rows: Sequence[tuple[int, Sequence[Any]]]

    def cell(self, cells: Sequence[Any], name: str) -> Any:
        """The first of the column's cells that says something, or an empty text."""
        for column in self.columns.get(name, ()):
            if column.place < len(cells) and cells[column.place] not in ("", None):
                return cells[column.place]
        return ""

    def amount(self, cells: Sequence[Any], name: str) -> int | None:
        """Whole rials of an amount column; None where it says nothing. Raises ``ValueError`` where it says nonsense."""
        for column in self.columns.get(name, ()):
            value = cells[column.place] if column.place < len(cells) else ""
            if value in ("", None):
                continue
            amount, fault = clean_amount(_unsigned(value), unit=column.unit, scale=column.scale)
            if fault:
                raise ValueError(str(value))
            return -amount if amount and _is_negative(value) else amount
        return None


def read_table(path: Path, words: Words, *, needed: Sequence[Sequence[str]], most_rows: int) -> Table:
    """The first table that has the needed columns (one of each group); raises `SheetError` with a sentence."""
    known = {key(heading): name for name, headings in words.items() for heading in headings}
    for sheet in sheets_in(path):
        found = _table(sheet.rows(), known, needed, most_rows)
        if found:
            return found
    raise SheetError(
        _("No table was found. Above it must stand the names of its columns, at least: %(names)s.")
        % {"names": "، ".join(words[group[0]][0] for group in needed)}
    )


def _table(
    rows: Iterator[tuple[int, list[Any]]], known: Mapping[str, str], needed: Sequence[Sequence[str]], most_rows: int
) -> Table | None:
    for _number, cells in islice(rows, SEARCHED):
        columns = _columns(cells, known)
        if all(any(name in columns for name in group) for group in needed):
            below = [(number, row) for number, row in rows if any(cell not in ("", None) for cell in row)]
            if len(below) > most_rows:
                raise SheetError(_("The sheet has too many rows. Send it in parts, month by month."))
            return Table(columns, below)
    return None


def _columns(cells: Sequence[Any], known: Mapping[str, str]) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    for place, cell in enumerate(cells):
        heading = cell if isinstance(cell, str) else ""
        name = known.get(key(heading)) or known.get(key(_UNIT_WORDS.sub(" ", _BRACKETS.sub(" ", heading))))
        if name:
            found.setdefault(name, []).append(Column(place, unit_in(heading) or "rial", scale_in(heading)))
    return found


def _is_negative(value: Any) -> bool:
    if isinstance(value, int | float):
        return value < 0
    text = str(value).strip().strip("\u200e\u200f")
    return text.startswith(("-", "−", "(")) or text.endswith("-")


def _unsigned(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return abs(value)
    return str(value).strip().strip("\u200e\u200f-−()").strip() if isinstance(value, str) else value
