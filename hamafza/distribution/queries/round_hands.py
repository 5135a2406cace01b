"""Whose hands a round has gone through, and what it is worth: what separate hands are decided by (S-C9)."""

from __future__ import annotations

from uuid import UUID

from hamafza.distribution.models import Delivery, Round, RoundLot
from hamafza.distribution.worth import worth_of


def hands_of(going: Round) -> list[UUID | None]:
    """Who planned, approved, packed and sent it out."""
    return [going.planned_by_id, going.approved_by_id, going.packed_by_id, going.out_by_id]


def all_hands_of(going: Round) -> list[UUID | None]:
    """These, who closed it, and everybody who handed out or took back."""
    at_doors = Delivery.objects.filter(entry__round=going).values_list("by_id", "returned_by_id").distinct()
    return [*hands_of(going), going.reconciled_by_id, *(hand for pair in at_doors for hand in pair)]


def value_of(going: Round) -> int | None:
    """What the goods set aside for it are worth, in rial, when that is known."""
    return worth_of(RoundLot.objects.filter(round=going).values_list("quantity", "lot__unit_value_rial"))
