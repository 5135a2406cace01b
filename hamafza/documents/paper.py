"""A paper that is signed, said once: the same blocks become a PDF and a Word file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from hamafza.core.persian import persian_digits

_LATIN, _SPACES = re.compile("[A-Za-z]"), re.compile(r"(\s+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; lines that the writer broke stay broken."""

    text: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values; rows without a value are left out."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """The head is repeated over pages, rows stay whole. ``widths`` are shares of the line."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Bullets:
    items: Sequence[str]


Block = Heading | Text | Facts | Table | Bullets


@dataclass(frozen=True, slots=True)
class Paper:
    """``signatures`` are (post, name); digits are Persian on paper, whatever stands here."""

    organisation: str
    title: str
    blocks: Sequence[Block]
    unit: str = ""
    number: str = ""
    date: str = ""
    attachment: str = ""
    foot: str = ""
    signatures: Sequence[tuple[str, str]] = field(default=())

    def as_data(self) -> dict[str, Any]:
        """For ``documents/paper.typ``: what JSON holds."""
        head = {name: getattr(self, name) for name in _HEAD}
        return {
            **head,
            "blocks": [_block(one) for one in self.blocks],
            "signatures": [[list(one) for one in row] for row in signature_rows(self.signatures)],
        }


#: Signatures beside each other; letters of facts that are kept on one page.
PLACES_IN_A_ROW, LONGEST_WHOLE = 4, 1_200
_HEAD = ("organisation", "title", "unit", "number", "date", "attachment", "foot")


def in_persian_digits(text: str) -> str:
    """Numbers in Persian digits; an address or a code with Latin letters stays as it is. Signs that XML cannot hold go."""
    parts = _SPACES.split(_CONTROL.sub("", text))
    return "".join(part if _LATIN.search(part) else persian_digits(part) for part in parts)


def signature_rows(places: Sequence[tuple[str, str]]) -> list[Sequence[tuple[str, str]]]:
    """At most four beside each other, shared out evenly, so that none stands alone at the end."""
    rows = -(-len(places) // PLACES_IN_A_ROW)
    ends = [len(places) * row // rows for row in range(rows + 1)] if rows else [0]
    return [places[start:end] for start, end in pairwise(ends)]


def is_short(rows: Sequence[tuple[str, str]]) -> bool:
    """Whether facts stay together on a page; longer ones would leave the page."""
    return sum(len(value) for _label, value in rows) <= LONGEST_WHOLE


def lines_of(text: str) -> list[str]:
    """As the writer broke it, whatever sign the browser or a sheet puts at the end of a line."""
    return text.splitlines() or [""]


def _block(one: Block) -> dict[str, Any]:
    said = in_persian_digits
    match one:
        case Heading(text):
            return {"kind": "heading", "text": said(text)}
        case Text(text, soft):
            return {"kind": "text", "lines": [said(line) for line in lines_of(text)], "soft": soft}
        case Facts(rows):
            kept = [[said(value) for value in row] for row in rows if row[1]]
            return {"kind": "facts", "rows": kept, "whole": is_short(rows)}
        case Table(head, rows, widths):
            cells = [[said(value) for value in row] for row in rows]
            return {"kind": "table", "head": [said(name) for name in head], "rows": cells, "widths": list(widths)}
        case Bullets(items):
            return {"kind": "bullets", "items": [said(item) for item in items]}
