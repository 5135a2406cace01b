"""Goods reported as spoilt or lost: what waits, whose hands a lot has gone through, what one person wrote off."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet, Sum

from hamafza.distribution.choices import LossState, MovementKind
from hamafza.distribution.models import Loss, Lot, Movement

#: The source of a movement that was confirmed by other hands.
LOSS = "loss"
#: Sources of write-offs that one person made alone.
_ALONE = ("waste", "transfer")


def losses_to_confirm(county: str) -> QuerySet[Loss]:
    """What waits for confirmation, the oldest first."""
    found = Loss.objects.filter(county_id=county, state=LossState.ASKED)
    return found.select_related("lot__item", "warehouse", "asked_by").order_by("id")


def hands_of_lot(lot: Lot) -> set[UUID | None]:
    """Everybody who has taken the lot in, moved it or handed it out."""
    return {lot.created_by_id, *Movement.objects.filter(lot=lot).values_list("by_id", flat=True)}


def gone_by_one(lot: Lot) -> int:
    """Units of a lot that were written off without a second hand."""
    alone = Movement.objects.filter(lot=lot, kind=MovementKind.WASTE, source_type__in=_ALONE)
    return -int(alone.aggregate(units=Sum("quantity"))["units"] or 0)
