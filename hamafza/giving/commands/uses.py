"""Write down which gifts an allocation uses; what goes back is a negative row, nothing is ever rewritten."""

from __future__ import annotations

from hamafza.core.bulk import insert_all
from hamafza.giving.fifo import give_back
from hamafza.giving.models import Allocation, GiftUse
from hamafza.giving.queries.uses import plan_uses, used_of


def use_gifts(allocation: Allocation) -> None:
    """Rows for the whole amount, as far as gifts cover it; within the approval, with the fund locked."""
    insert_all([
        GiftUse(county_id=allocation.county_id, line=line, allocation=allocation, amount=amount)
        for line, amount in plan_uses(allocation, allocation.amount)
    ])  # fmt: skip


def unuse_gifts(allocation: Allocation, *, amount: int) -> None:
    """Give ``amount`` back, the gift that was used last first."""
    insert_all([
        GiftUse(county_id=allocation.county_id, line_id=line, allocation=allocation, amount=-part)
        for line, part in give_back(amount, used_of(allocation))
    ])  # fmt: skip
