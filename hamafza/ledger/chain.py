"""The hash of an entry: over what it says, who posted it when, its lines and the hash of the entry before it (F11). Pure.

Everything is hashed as text or number: days as year-month-day, keys as 32 hexadecimal digits, moments in UTC with six
digits of a second. `queries.integrity` reads rows in that form by the million.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

#: An entry as it is hashed, without its lines:
#: number, on, kind, description, source, reversal_of, transfer, posted_at, created_by.
Head = tuple[int, date, str, str, str, UUID, UUID | None, UUID | None, datetime, UUID | None]
#: A line as it is hashed: position, account, fund, amount, counterparty, memo.
Line = tuple[int, str, UUID, int, UUID | None, str]

_said = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def first_link(county: str) -> str:
    """What the first entry of a county's books points back to: its code, so that both databases can say it too."""
    return county.rjust(64, "0")


def link(prev_hash: str, head: Head, lines: Iterable[Line]) -> str:
    """The hash of an entry; ``lines`` in the order of their positions."""
    return link_plain([prev_hash, *map(_plain, head), [[_plain(value) for value in line] for line in lines]])


def link_plain(said: Sequence[object]) -> str:
    """The same of values that are text and numbers already."""
    return hashlib.sha256(_said(said).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def sums_by_fund(lines: Sequence[Line]) -> dict[UUID, int]:
    """What the lines sum to in each fund: all zero in an entry that is balanced (F1)."""
    sums: dict[UUID, int] = {}
    for _position, _account, fund, amount, *_rest in lines:
        sums[fund] = sums.get(fund, 0) + amount
    return sums
