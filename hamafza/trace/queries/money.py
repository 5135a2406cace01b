"""The way of money: from gifts through allocations to payments and purchases. A few queries, however many gifts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import floor
from uuid import UUID

from django.db.models import Sum

from hamafza.core import wording
from hamafza.distribution.models import Lot
from hamafza.giving.choices import AllocationState, DisbursementState, RefundState
from hamafza.giving.models import Allocation, Disbursement, GiftMove, GiftUse, Refund
from hamafza.ledger.choices import TransferState
from hamafza.trace.lineage import Stretch, share_of_units
from hamafza.trace.queries.goods import GoodsWay, Span, goods_way, sizes_of

PAID_STATES = (DisbursementState.PAID, DisbursementState.CONFIRMED)


@dataclass
class MoneyWay:
    """How far money has come, in rial. ``goods`` is the way of what was bought with it."""

    allocated: int = 0
    prepared: int = 0
    delivered: int = 0
    confirmed: int = 0
    refunded: int = 0
    #: Gone to another county, as the giver agreed.
    sent: int = 0
    allocated_on: Span = field(default_factory=Span)
    prepared_on: Span = field(default_factory=Span)
    delivered_on: Span = field(default_factory=Span)
    confirmed_on: Span = field(default_factory=Span)
    households: set[UUID] = field(default_factory=set)
    goods: GoodsWay | None = None


@dataclass
class _Share:
    """The gift's rials of an allocation: from the first up to the last of those that gifts gave to it."""

    first: int
    last: int
    allocation: Allocation

    def of(self, amount: int) -> int:
        """How much of the first ``amount`` rials that were paid out is the gift's."""
        return max(0, min(self.last, amount) - self.first)


@dataclass
class _Purchase:
    """What was bought with an allocation so far; ``spent`` in rial, by payments or by the value of the lots."""

    units: int = 0
    value: int = 0
    spent: int = 0
    lots: list[tuple[UUID, int]] = field(default_factory=list)


def money_way(line: UUID) -> MoneyWay:
    """Follow a donation line of money of an open county."""
    way = MoneyWay()
    refunds = Refund.objects.filter(line=line, state=RefundState.PAID)
    way.refunded = int(refunds.aggregate(total=Sum("amount"))["total"] or 0)
    sent = GiftMove.objects.filter(line=line, transfer__state=TransferState.DONE)
    way.sent = int(sent.aggregate(total=Sum("amount"))["total"] or 0)
    shares = _shares(line, way)
    if not shares:
        return way
    bought = _purchases(list(shares))
    _count_payments(shares, bought, way)
    _count_goods(shares, bought, way)
    return way


def _shares(line: UUID, way: MoneyWay) -> dict[UUID, _Share]:
    """What this line gave to each allocation, and where in the order of its gifts that lies."""
    own = GiftUse.objects.filter(line=line).values("allocation")
    rows = GiftUse.objects.filter(allocation__in=own).order_by("at", "id")
    net: dict[UUID, dict[UUID, int]] = defaultdict(lambda: defaultdict(int))
    for allocation, giver, amount, at in rows.values_list("allocation_id", "line_id", "amount", "at"):
        net[allocation][giver] += amount
        if giver == line and amount > 0:
            way.allocated_on.add(wording.day_of(at))
    found = Allocation.objects.select_related("need").in_bulk(list(net))
    shares = {}
    for pk, givers in net.items():
        before = 0
        for giver, amount in givers.items():
            if giver == line and amount > 0 and found[pk].state != AllocationState.CANCELLED:
                shares[pk] = _Share(before, before + amount, found[pk])
                way.allocated += amount
            before += amount
    return shares


def _purchases(allocations: list[UUID]) -> dict[UUID, _Purchase]:
    lots = list(
        Lot.objects.filter(purchase__in=allocations).order_by("id").values_list("id", "purchase_id", "unit_value_rial")
    )
    sizes = sizes_of([lot for lot, _, _ in lots]) if lots else {}
    bought: dict[UUID, _Purchase] = defaultdict(_Purchase)
    for lot, allocation, value in lots:
        one, size = bought[allocation], sizes.get(lot, 0)
        one.lots.append((lot, size))
        one.units += size
        one.value += size * value
    return bought


def _count_payments(shares: dict[UUID, _Share], bought: dict[UUID, _Purchase], way: MoneyWay) -> None:
    paid: dict[UUID, int] = defaultdict(int)
    confirmed: dict[UUID, int] = defaultdict(int)
    rows = Disbursement.objects.filter(allocation__in=list(shares), state__in=PAID_STATES)
    for pk, amount, paid_at, confirmed_at in rows.values_list("allocation_id", "amount", "paid_at", "confirmed_at"):
        paid[pk] += amount
        day = wording.day_of(paid_at) if paid_at else None
        way.prepared_on.add(day)
        if pk not in bought:
            way.delivered_on.add(day)
        if confirmed_at:
            confirmed[pk] += amount
            way.confirmed_on.add(wording.day_of(confirmed_at))
    for pk, share in shares.items():
        if pk in bought:
            bought[pk].spent = max(paid[pk], min(bought[pk].value, share.allocation.amount))
        way.prepared += share.of(bought[pk].spent if pk in bought else paid[pk])
        if pk in bought:
            continue
        way.delivered += share.of(paid[pk])
        way.confirmed += share.of(confirmed[pk])
        if share.of(paid[pk]) and share.allocation.need:
            way.households.add(share.allocation.need.household_id)


def _count_goods(shares: dict[UUID, _Share], bought: dict[UUID, _Purchase], way: MoneyWay) -> None:
    own: dict[UUID, list[Stretch]] = {}
    for pk, purchase in bought.items():
        share = shares[pk]
        last = min(share.last, purchase.spent)
        stretch = share_of_units(share.first, last, of=purchase.spent, units=purchase.units)
        begins = 0
        for lot, size in purchase.lots:
            part = stretch.within(begins, begins + size) if stretch else None
            if part:
                own[lot] = [Stretch(part.start - begins, part.end - begins)]
            begins += size
    if not own:
        return
    way.goods = goods = goods_way(own)
    units = sum((one.length for stretches in own.values() for one in stretches), start=0)
    worth = sum(shares[pk].of(purchase.spent) for pk, purchase in bought.items())
    way.delivered += floor(worth * goods.delivered / units)
    way.confirmed += floor(worth * goods.confirmed / units)
    way.households |= goods.households
    way.prepared_on.add(goods.prepared_on.since, goods.prepared_on.until)
    way.delivered_on.add(goods.delivered_on.since, goods.delivered_on.until)
    way.confirmed_on.add(goods.confirmed_on.since, goods.confirmed_on.until)
