"""The hash of an entry: over what it says, its lines and the hash of the entry before it (F11). Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

#: An entry as it is hashed, without its lines: number, on, kind, description, source, reversal_of, transfer.
Head = tuple[int, date, str, str, str, UUID, UUID | None, UUID | None]
#: A line as it is hashed: position, account, fund, amount, counterparty, memo.
Line = tuple[int, str, UUID, int, UUID | None, str]


def first_link(county: str) -> str:
    """What the first entry of a county's books points back to: its code, so that both databases can say it too."""
    return county.rjust(64, "0")


def link(prev_hash: str, head: Head, lines: Iterable[Line]) -> str:
    """The hash of an entry; ``lines`` in the order of their positions."""
    said = [prev_hash, *map(_plain, head), [[_plain(value) for value in line] for line in lines]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _plain(value: object) -> object:
    return value.hex if isinstance(value, UUID) else value.isoformat() if isinstance(value, date) else value


def sums_by_fund(lines: Sequence[Line]) -> dict[UUID, int]:
    """What the lines sum to in each fund: all zero in an entry that is balanced (F1)."""
    sums: dict[UUID, int] = {}
    for _position, _account, fund, amount, *_rest in lines:
        sums[fund] = sums.get(fund, 0) + amount
    return sums
