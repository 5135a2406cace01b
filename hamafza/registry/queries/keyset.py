"""Paging by the last row shown: every page costs the same, however far down the list it is."""

from __future__ import annotations

import base64
import json
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
SortValue = str | int


def cursor_of(value: SortValue, pk: UUID) -> str:
    """The place after a row, fit for an address."""
    return base64.urlsafe_b64encode(json.dumps([value, str(pk)]).encode()).decode().rstrip("=")


def rows_after(rows: QuerySet[M], *, field: str, falling: bool, cursor: str) -> QuerySet[M]:
    """``rows`` in the order of ``field`` and key, from ``cursor`` on; a cursor nobody made is no cursor."""
    names = ["pk"] if field == "pk" else [field, "pk"]
    ordered = rows.order_by(*(f"-{name}" if falling else name for name in names))
    place = _place(cursor)
    if place is None:
        return ordered
    value, pk = place
    side = "lt" if falling else "gt"
    if field == "pk":
        return ordered.filter(**{f"pk__{side}": pk})
    try:
        return ordered.filter(Q(**{f"{field}__{side}": value}) | Q(**{field: value, f"pk__{side}": pk}))
    except (ValueError, TypeError):  # the cursor of another list: a word where this one has a number
        return ordered


def _place(cursor: str) -> tuple[SortValue, UUID] | None:
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return (value, UUID(pk)) if isinstance(value, str | int) else None
    except (ValueError, TypeError, AttributeError):
        return None
