"""What lies in the stores of a county: lots, what is free of them, and what a round has set aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet, Sum

from hamafza.distribution.choices import MovementKind
from hamafza.distribution.models import Arrival, Delivery, Lot, LotBalance, Movement, Round, StockCount, Warehouse
from hamafza.giving.codes import tidy_code
from hamafza.giving.models import Item

#: Sources of movements, as this app names them.
ROUND, DELIVERY = "round", "delivery"


@dataclass(frozen=True, slots=True)
class FreeLot:
    """A lot in a store, and how many units of it are promised to no round."""

    lot: Lot
    warehouse: Warehouse
    free: int


def free_lots(county: str, item: Item, warehouse: Warehouse | None, on: date) -> list[FreeLot]:
    """Lots that may be taken on a day, first expired first, then first come first (S7). ``warehouse`` None: all stores."""
    found = free_balances(county, [item.pk], on).order_by(*FIRST_EXPIRED)
    if warehouse is not None:
        found = found.filter(warehouse=warehouse)
    return [FreeLot(one.lot, one.warehouse, one.on_hand - one.reserved) for one in found]


#: The order of picking; what keeps for ever comes last.
FIRST_EXPIRED = (F("lot__expires_on").asc(nulls_last=True), "lot__created_at", "lot_id", "warehouse_id")


def free_balances(county: str, items: Iterable[UUID], on: date) -> QuerySet[LotBalance]:
    """Balances with something free of lots that are not expired on a day."""
    fresh = Q(lot__expires_on=None) | Q(lot__expires_on__gte=on)
    found = LotBalance.objects.filter(fresh, county_id=county, lot__item__in=list(items), on_hand__gt=F("reserved"))
    return found.select_related("lot__fund__need", "warehouse")


def counted_on(warehouse: Warehouse) -> date | None:
    """The day of the store's last count, open or closed: nothing is dated before it any more (S6)."""
    found: date | None = StockCount.objects.filter(warehouse=warehouse).aggregate(last=Max("on"))["last"]
    return found


def set_aside_for(going: Round) -> dict[tuple[UUID, UUID], int]:
    """Units still reserved for a round, by lot and store: what was reserved for it less what was handed out or released."""
    handed = Q(source_type=DELIVERY, source_id__in=Delivery.objects.filter(entry__round=going).values("pk"))
    moved = Movement.objects.filter(Q(source_type=ROUND, source_id=going.pk) | handed, county_id=going.county_id)
    sums = moved.exclude(reserved=0).values_list("lot_id", "warehouse_id").annotate(units=Sum("reserved"))
    return {(lot, store): units for lot, store, units in sums if units}


def received_of(line: UUID) -> int:
    """Units of a donation line that have come into stock."""
    total = Movement.objects.filter(lot__donation_line=line, kind=MovementKind.IN).aggregate(total=Sum("quantity"))
    return int(total["total"] or 0)


def rejected_of(line: UUID) -> int:
    """Units of a donation line that were turned away."""
    total = Arrival.objects.filter(donation_line=line).aggregate(total=Sum("rejected"))
    return int(total["total"] or 0)


def lot_by_code(county: str, code: str) -> Lot | None:
    """The lot whose label says so, however it was typed; an address from its QR ends in no code and finds none."""
    return Lot.objects.filter(county_id=county, code=tidy_code(code)).first()
