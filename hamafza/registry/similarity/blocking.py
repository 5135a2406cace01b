"""Which pairs are worth comparing: files that share at least one of these keys.

Each key forgives another slip: a misspelt first name, another surname, a wrong day or year of birth, a missing father,
another telephone. Keys hold what one hears, so spellings do not matter. A county's keys are kept as numbers, so that
its people need not be in memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import combinations, groupby

from hamafza.registry.similarity.names import skeleton
from hamafza.registry.similarity.score import Identified

#: Larger blocks are left to the finer keys that their true pairs share as well. Coarse are a birthday alone, names
#: alone and a name with a month: more strangers share them the larger the county is, and pairs grow with the square.
_COARSE, _FINE = 20, 120
#: Places handed out at a time, at least.
PLACES_AT_A_TIME = 2_000
#: Two keys that fall on one number only bring a few strangers together.
_HASH = (1 << 32) - 2
_PLACE_BITS = 24
#: Keys sorted at a time: Python's numbers take forty bytes while they are sorted.
_SORTED_AT_A_TIME = 250_000

Pair = tuple[int, int]

#: The largest block compared, by place in `block_keys`.
LARGEST_BLOCKS = (_COARSE, _FINE, _FINE, _FINE, _COARSE, _COARSE, _COARSE, _COARSE, _FINE, _FINE, _FINE, _FINE)


def block_keys(person: Identified, *, mobile: str) -> tuple[str, ...]:
    """Keys in a fixed order, empty where a part is missing. ``mobile`` may be the number or its blind index."""
    first, last, father = skeleton(person.first_name), skeleton(person.last_name), skeleton(person.father_name)
    year, month, day = person.born_digits[:4], person.born_digits[:6], person.born_digits[4:]
    names = "|".join(sorted((first, last)))
    return tuple(
        "|".join(parts) if all(parts) else ""
        for parts in (
            (person.born_digits,),
            (mobile,),
            (names, father),
            (names, year),
            (names,),
            (first, month),
            (last, month),
            (father, month),
            (first, father, year),
            (last, father, year),
            (first, father, day),
            (last, father, day),
        )
    )


class Blocks:
    """The keys of a county's people by their place in the list: four bytes a key (at most 16 million people)."""

    def __init__(self) -> None:
        self._columns: list[array[int]] = []
        self._crowded: list[set[int]] = []

    def add(self, keys: tuple[str, ...]) -> None:
        """Add the next person."""
        if not self._columns:
            self._columns = [array("I") for _ in keys]
            self._crowded = [set() for _ in keys]
        for column, key in zip(self._columns, keys, strict=True):
            column.append(hash(key) % _HASH + 1 if key else 0)

    def pairs(self, *, only: frozenset[int] | None = None) -> Iterator[list[Pair]]:
        """Every pair of places once, in portions; with ``only``, pairs of which at least one place is among them."""
        portion: list[Pair] = []
        places = 0
        for number in range(len(self._columns)):
            for block in self._blocks(number):
                if only is not None and only.isdisjoint(block):
                    continue
                portion += [
                    (a, b)
                    for a, b in combinations(block, 2)
                    if (only is None or a in only or b in only) and not self._met(number, a, b)
                ]
                places += len(block)
                if places >= PLACES_AT_A_TIME:
                    yield portion
                    portion, places = [], 0
        yield portion

    def _blocks(self, number: int) -> Iterator[list[int]]:
        column = self._columns[number]
        parts = 1 + len(column) // _SORTED_AT_A_TIME
        for part in range(parts):
            ordered = sorted(
                key << _PLACE_BITS | place for place, key in enumerate(column) if key and key % parts == part
            )
            for key, members in groupby(ordered, key=lambda entry: entry >> _PLACE_BITS):
                block = [entry & ((1 << _PLACE_BITS) - 1) for entry in members]
                if len(block) > LARGEST_BLOCKS[number]:
                    self._crowded[number].add(key)
                elif len(block) > 1:
                    yield block

    def _met(self, number: int, a: int, b: int) -> bool:
        """Whether an earlier key has brought the two together already."""
        return any(
            column[a] == column[b] and column[a] and column[a] not in crowded
            for column, crowded in zip(self._columns[:number], self._crowded, strict=False)
        )
