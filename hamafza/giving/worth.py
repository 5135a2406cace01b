"""What a movement is worth when separate hands are asked for: never less than what the actor did not type herself."""

from __future__ import annotations

from collections.abc import Iterable

from hamafza.giving.choices import GiftKind
from hamafza.giving.models import DonationLine, Reservation


def worth_of(lines: Iterable[DonationLine]) -> int | None:
    """Of a gift, in rial: goods at the catalogue's value when that is higher; nothing when goods have no value at all."""
    total = 0
    for line in lines:
        listed = line.item.unit_value_rial * (line.quantity or 0) if line.item else 0
        if line.kind == GiftKind.GOODS and not max(line.amount, listed):
            return None
        total += max(line.amount, listed)
    return total


def worth_of_hold(held: Reservation, *, said: int) -> int | None:
    """Of what was given directly, in rial: what is ``said``, or what the card asks for when that is more.

    Nothing when the card names no cost: then nobody but the actor has said what it is worth.
    """
    cost = held.card.unit_rial
    return max(said, cost * held.units) if cost else None
