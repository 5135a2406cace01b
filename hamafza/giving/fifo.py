"""First come, first used: which gifts an amount is taken from. Pure; amounts in rial."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

K = TypeVar("K")


def take(amount: int, remaining: Iterable[tuple[K, int]]) -> list[tuple[K, int]]:
    """``amount`` out of what remains, in the order given; less when there is not so much. Nothing is taken twice."""
    taken = []
    for one, left in remaining:
        part = min(left, amount)
        if part > 0:
            taken.append((one, part))
            amount -= part
    return taken


def give_back(amount: int, used: Iterable[tuple[K, int]]) -> list[tuple[K, int]]:
    """``amount`` back to where it came from, the last used first."""
    return take(amount, reversed(list(used)))
