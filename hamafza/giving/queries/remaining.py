"""What is left of gifts, and where it lies: not used for an allocation, not paid back, not gone with money that was moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import F, Model, Q, Sum

from hamafza.giving.choices import RefundState
from hamafza.giving.models import DonationLine, GiftMove, GiftUse, Refund
from hamafza.ledger.choices import TransferState

#: A refund holds its part of the gift from the request on.
HOLDING = (RefundState.REQUESTED, RefundState.APPROVED, RefundState.PAID)
#: Asked for and neither paid nor refused: still in the fund, but promised to its giver.
UNDER_WAY = (RefundState.REQUESTED, RefundState.APPROVED)
#: Asked for and not yet carried out: still in the fund, but held for the other county.
ON_THE_WAY = (TransferState.REQUESTED, TransferState.APPROVED_ONCE, TransferState.APPROVED)
_STANDS = ~Q(transfer__state=TransferState.REFUSED) | Q(transfer__isnull=True)


def remaining_of(lines: Iterable[DonationLine]) -> dict[UUID, int]:
    """Rial of each line that lie in the fund it was given to, neither used nor asked back. Four queries at most."""
    amounts = {line.pk: line.amount for line in lines}
    taken = _sums(GiftUse, amounts, allocation__fund=F("line__fund"))
    held = _sums(Refund, amounts, state__in=HOLDING)
    came = _sums(GiftMove, amounts, target=F("line__fund"))
    went = _sums(GiftMove, amounts, _STANDS, source=F("line__fund"))
    return {
        pk: amount + came.get(pk, 0) - went.get(pk, 0) - taken.get(pk, 0) - held.get(pk, 0)
        for pk, amount in amounts.items()
    }


def remaining_in(fund: UUID, lines: Sequence[DonationLine]) -> dict[UUID, int]:
    """Rial of each line that lie in this fund, whether they were given to it or came with money that was moved."""
    at_home = remaining_of(line for line in lines if line.fund_id == fund)
    guests = [line.pk for line in lines if line.fund_id != fund]
    came, went = _sums(GiftMove, guests, target=fund), _sums(GiftMove, guests, _STANDS, source=fund)
    taken = _sums(GiftUse, guests, allocation__fund=fund)
    return at_home | {pk: came.get(pk, 0) - went.get(pk, 0) - taken.get(pk, 0) for pk in guests}


def asked_back_of(fund: UUID) -> int:
    """Rial that lie in a fund and are promised: back to their givers, or to another county with their consent.

    Nothing else is decided on them.
    """
    waiting = Refund.objects.filter(line__fund=fund, state__in=UNDER_WAY)
    leaving = GiftMove.objects.filter(source=fund, transfer__state__in=ON_THE_WAY)
    return sum(int(rows.aggregate(total=Sum("amount"))["total"] or 0) for rows in (waiting, leaving))


def _sums(model: type[Model], lines: Iterable[UUID], *wheres: Q, **conditions: object) -> dict[UUID, int]:
    keys = list(lines)
    if not keys:
        return {}
    rows = model._default_manager.filter(*wheres, line__in=keys, **conditions).order_by()
    return dict(rows.values("line").annotate(total=Sum("amount")).values_list("line", "total"))
