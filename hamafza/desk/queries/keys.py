"""Where a list goes on."""

from __future__ import annotations

from uuid import UUID


def key_of(text: str) -> UUID | None:
    """The key of a row as an address holds it; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
