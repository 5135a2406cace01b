"""Which units of a lot are whose. Pure.

Units that mix (the rice of two givers in one sack of kits, the money of five in one purchase) are told apart by their
order: what came first goes first. Each unit then belongs to exactly one giver, and the shares of all givers add up to
the whole, whatever the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

Whole = int | Fraction


@dataclass(frozen=True, slots=True)
class Stretch:
    """The units from ``start`` up to ``end`` of a lot, in the lot's order.

    ``weight`` says how many units of what was given lie in one unit of this lot: five kilos in each kit.
    """

    start: Fraction
    end: Fraction
    weight: Fraction = Fraction(1)

    @classmethod
    def whole(cls, units: int) -> Stretch:
        """A whole lot."""
        return cls(Fraction(0), Fraction(units))

    @property
    def length(self) -> Fraction:
        return self.end - self.start

    def within(self, start: Whole, end: Whole) -> Stretch | None:
        """The part of it that lies between two places; none when they do not meet."""
        low, high = max(self.start, Fraction(start)), min(self.end, Fraction(end))
        return Stretch(low, high, self.weight) if low < high else None


def given(stretches: Iterable[Stretch]) -> Fraction:
    """How much of what was given lies in them."""
    return sum((one.length * one.weight for one in stretches), Fraction(0))


def cut(stretches: Iterable[Stretch], start: Whole, end: Whole) -> list[Stretch]:
    """What of them lies between two places."""
    return [part for one in stretches if (part := one.within(start, end))]


def share_of_units(first: int, last: int, *, of: int, units: int) -> Stretch | None:
    """The units bought with the rials from ``first`` up to ``last`` of a purchase of ``of`` rials."""
    if first >= last or not units:
        return None
    return Stretch(Fraction(first * units, of), Fraction(last * units, of))


def into_kit(part: Stretch, *, begins: int, offset: int, of: int, kits: int) -> Stretch:
    """Units of a source lot as they lie in the kits packed of it.

    The lot's units from ``begins`` on went into the kits; before them lie ``offset`` units of the same item from other
    lots; ``of`` units of it make ``kits`` kits.
    """
    scale = Fraction(kits, of)
    return Stretch(
        (part.start - begins + offset) * scale, (part.end - begins + offset) * scale, part.weight * Fraction(of, kits)
    )


def whole_units(stretches: Iterable[Stretch]) -> int:
    """Whole units that lie in them, so counted that the counts of neighbours add up to all."""
    return sum(floor(one.end) - floor(one.start) for one in _joined(stretches))


def units_touched(stretches: Iterable[Stretch]) -> int:
    """Units of which at least a part lies in them."""
    return sum(-floor(-one.end) - floor(one.start) for one in _joined(stretches))


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Without overlaps: two components of one kit are one kit."""
    joined: list[Stretch] = []
    for one in sorted(stretches, key=lambda stretch: stretch.start):
        if joined and one.start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(Stretch(one.start, one.end))
    return joined
