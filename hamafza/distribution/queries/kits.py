"""How many kits can be packed of what is there, and what is short."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hamafza.distribution.models import KitLine, KitVersion, Warehouse
from hamafza.distribution.queries.stock import FIRST_EXPIRED, FreeLot, free_balances
from hamafza.giving.models import Item


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a kit: so many in each, so many free in the store."""

    item: Item
    each: int
    free: int

    @property
    def suffices_for(self) -> int:
        """For how many kits there is enough of this one."""
        return self.free // self.each


@dataclass(frozen=True, slots=True)
class FundShare:
    """What one fund has of a kit's parts: goods of two funds never go into one kit (F3)."""

    fund: UUID
    lots: dict[UUID, list[FreeLot]]
    can_make: int
    first_expiry: date


@dataclass(frozen=True, slots=True)
class Packable:
    """What can be packed of a recipe in a store on a day."""

    parts: list[Part]
    shares: list[FundShare]

    @property
    def can_make(self) -> int:
        """Kits that can be packed, each of one fund's goods."""
        return sum(share.can_make for share in self.shares)


def packable(version: KitVersion, warehouse: Warehouse, *, on: date) -> Packable:
    """What can be packed; funds whose goods expire first come first. Three queries."""
    recipe = list(KitLine.objects.filter(version=version).select_related("item").order_by("item__name_key", "id"))
    each = {line.item_id: line.quantity for line in recipe}
    by_fund: dict[UUID, dict[UUID, list[FreeLot]]] = defaultdict(lambda: defaultdict(list))
    free: dict[UUID, int] = defaultdict(int)
    for one in free_balances(version.county_id, each, on).filter(warehouse=warehouse).order_by(*FIRST_EXPIRED):
        there = FreeLot(one.lot, one.warehouse, one.on_hand - one.reserved)
        by_fund[one.lot.fund_id][one.lot.item_id].append(there)
        free[one.lot.item_id] += there.free
    shares = [_share(fund, dict(lots), each) for fund, lots in by_fund.items()]
    useful = sorted((share for share in shares if share.can_make), key=lambda share: (share.first_expiry, share.fund))
    return Packable([Part(line.item, line.quantity, free[line.item_id]) for line in recipe], useful)


def _share(fund: UUID, lots: dict[UUID, list[FreeLot]], each: dict[UUID, int]) -> FundShare:
    enough = [sum(one.free for one in lots.get(item, ())) // quantity for item, quantity in each.items()]
    expiries = [one.lot.expires_on or date.max for of_item in lots.values() for one in of_item]
    return FundShare(fund, lots, min(enough, default=0), min(expiries))


def current_version(kit: Item) -> KitVersion | None:
    """The newest recipe of a kit."""
    return KitVersion.objects.filter(kit=kit).order_by("-number").first()
