"""What is left of gifts: not used for an allocation, not paid back."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Sum

from hamafza.giving.choices import RefundState
from hamafza.giving.models import DonationLine, GiftUse, Refund

#: A refund holds its part of the gift from the request on.
HOLDING = (RefundState.REQUESTED, RefundState.APPROVED, RefundState.PAID)
#: Asked for and neither paid nor refused: still in the fund, but promised to its giver.
UNDER_WAY = (RefundState.REQUESTED, RefundState.APPROVED)


def remaining_of(lines: Iterable[DonationLine]) -> dict[UUID, int]:
    """Rial of each line that are neither used nor asked back. Two queries, however many lines."""
    amounts = {line.pk: line.amount for line in lines}
    taken = _sums(GiftUse, amounts)
    held = _sums(Refund, amounts, state__in=HOLDING)
    return {pk: amount - taken.get(pk, 0) - held.get(pk, 0) for pk, amount in amounts.items()}


def asked_back_of(fund: UUID) -> int:
    """Rial that lie in a fund and wait to be paid back to their givers: nothing else is decided on them."""
    waiting = Refund.objects.filter(line__fund=fund, state__in=UNDER_WAY)
    return int(waiting.aggregate(total=Sum("amount"))["total"] or 0)


def _sums(model: type[GiftUse] | type[Refund], lines: Iterable[UUID], **conditions: object) -> dict[UUID, int]:
    rows = model.objects.filter(line__in=list(lines), **conditions).order_by()
    return dict(rows.values("line").annotate(total=Sum("amount")).values_list("line", "total"))
