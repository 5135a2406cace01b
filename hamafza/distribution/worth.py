"""What goods are worth when it is asked how many hands a step needs. Pure; rial."""

from __future__ import annotations

from collections.abc import Iterable


def worth_of(parts: Iterable[tuple[int, int]]) -> int | None:
    """Of so many units at so much each; nobody knows when one of them has no value, or there are none."""
    known = list(parts)
    if not known or any(units and not each for units, each in known):
        return None
    return sum(units * each for units, each in known)
