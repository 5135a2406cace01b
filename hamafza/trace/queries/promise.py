"""The promise that a gift keeps a part of: the way of all its gifts together, as anybody with the code of one may see it."""

from __future__ import annotations

from dataclasses import dataclass

from hamafza.giving.choices import DonationState, GiftKind
from hamafza.giving.models import Donation, DonationLine
from hamafza.trace.queries.way import Part, goods_part
from hamafza.trace.rules import SMALLEST_CELL


@dataclass(frozen=True, slots=True)
class PromiseWay:
    """``gifts`` of a promise so far, and their way as one. ``families`` is None when it is not told."""

    gifts: int
    part: Part
    families: int | None


def promise_way(donation: Donation) -> PromiseWay | None:
    """Of a gift of goods that keeps an instalment, when the promise has brought more than this one; its county is open.

    A handful of queries, however many gifts. The number of families and the days are not told when they would tell,
    beside the gift's own, of a few families that the other gifts have reached (S-A11).
    """
    mine = donation.lines.filter(kind=GiftKind.GOODS, instalment__isnull=False).select_related("instalment").first()
    if mine is None or mine.instalment is None or mine.item_id is None:
        return None
    kept = DonationLine.objects.filter(
        county_id=donation.county_id,
        kind=GiftKind.GOODS,
        item_id=mine.item_id,
        instalment__pledge_id=mine.instalment.pledge_id,
        donation__state=DonationState.CONFIRMED,
    )
    lines = list(kept.select_related("item", "donation").order_by("donation__received_on", "id"))
    gifts = len({line.donation_id for line in lines})
    if gifts < 2:
        return None
    part, reached = goods_part(lines)
    _own, own_reached = goods_part([line for line in lines if line.donation_id == donation.pk])
    few_others = 0 < len(reached - own_reached) < SMALLEST_CELL
    return PromiseWay(
        gifts=gifts,
        part=part.in_months() if few_others else part,
        families=None if few_others else len(reached),
    )
