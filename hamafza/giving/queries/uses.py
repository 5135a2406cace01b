"""Which gift was used for which allocation (T1, T2): the gift that names the need, else first come, first used."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Sum, Value, When

from hamafza.giving.choices import DonationState, GiftKind
from hamafza.giving.fifo import take
from hamafza.giving.models import Allocation, DonationLine, GiftMove, GiftUse
from hamafza.giving.queries.remaining import remaining_in


def plan_uses(allocation: Allocation, amount: int) -> list[tuple[DonationLine, int]]:
    """The gifts that ``amount`` of an allocation would be taken from; the fund must be locked.

    What no gift covers came from the state's share or from another county.
    """
    named = Case(When(donation__for_need=allocation.need_id, then=Value(0)), default=Value(1))
    lines = list(in_order(money_lines([allocation.fund_id]), named).select_related("donation"))
    remaining = remaining_in(allocation.fund_id, lines)
    return take(amount, [(line, remaining[line.pk]) for line in lines])


def plan_move(fund: UUID, amount: int) -> list[tuple[DonationLine, int]]:
    """The gifts that go with ``amount`` out of a fund (locked): first come, first gone. The rest is no gift."""
    lines = list(in_order(money_lines([fund])))
    remaining = remaining_in(fund, lines)
    return take(amount, [(line, remaining[line.pk]) for line in lines])


def in_order(lines: QuerySet[DonationLine], *first: Case) -> QuerySet[DonationLine]:
    """The order of use: the day it was received, then its number; ``first`` comes before."""
    return lines.order_by(*first, "donation__received_on", "donation__jalali_year", "donation__number", "pk")


def money_lines(funds: Iterable[UUID]) -> QuerySet[DonationLine]:
    """Confirmed gifts of money that were given to these funds or came into them later."""
    keys = list(funds)
    came = GiftMove.objects.filter(target__in=keys).values("line")
    return DonationLine.objects.filter(
        Q(fund__in=keys) | Q(pk__in=came), kind=GiftKind.MONEY, donation__state=DonationState.CONFIRMED
    )


def used_of(allocation: Allocation) -> list[tuple[UUID, int]]:
    """Donation lines (their keys) and what of each is in an allocation now, in the order of use."""
    rows = GiftUse.objects.filter(allocation=allocation).order_by("pk").values_list("line_id", "amount")
    sums: dict[UUID, int] = {}
    for line, amount in rows:
        sums[line] = sums.get(line, 0) + amount
    return [(line, amount) for line, amount in sums.items() if amount]


def uses_of(allocation: Allocation) -> QuerySet[GiftUse]:
    """The rows for the allocation's page, with the gifts' numbers."""
    return GiftUse.objects.filter(allocation=allocation).select_related("line__donation__benefactor").order_by("pk")


def covered_by_gifts(allocation: Allocation) -> int:
    """Rial of an allocation that came from gifts."""
    return int(GiftUse.objects.filter(allocation=allocation).aggregate(total=Sum("amount"))["total"] or 0)
