"""What the pages of stock show: items, lots, goods to come, stores, kits, counts. One query each, of one open county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from hamafza.core.persian import key
from hamafza.distribution.choices import ArrivalState, CountState, MovementKind
from hamafza.distribution.models import (
    Arrival,
    KitVersion,
    Lot,
    LotBalance,
    LotSource,
    Movement,
    StockCount,
    StockCountLine,
    Warehouse,
)
from hamafza.giving.choices import Channel, DonationState, GiftKind
from hamafza.giving.models import DonationLine, Item


@dataclass(frozen=True, slots=True)
class ItemStock:
    """An item in stock: units that lie there, of these set aside, of these expired; the nearest expiry of what is good."""

    item: Item
    on_hand: int
    reserved: int
    expired: int
    lots: int
    next_expiry: date | None

    @property
    def free(self) -> int:
        """What can still be decided on: expired goods cannot."""
        return max(0, self.on_hand - self.reserved - self.expired)


def stock_by_item(county: str, *, on: date, store: Warehouse | None = None, text: str = "") -> list[ItemStock]:
    """Every item that lies in the stores of a county, by name. Two queries."""
    there = LotBalance.objects.filter(county_id=county, on_hand__gt=0)
    if store is not None:
        there = there.filter(warehouse=store)
    if text:
        there = there.filter(lot__item__name_key__contains=key(text))
    good = Q(lot__expires_on__gte=on)
    sums = (
        there.order_by()
        .values("lot__item")
        .annotate(
            on_hand_sum=Sum("on_hand"),
            reserved_sum=Sum("reserved"),
            stale=Sum(F("on_hand") - F("reserved"), filter=Q(lot__expires_on__lt=on)),
            lots=Count("lot", distinct=True),
            next_expiry=Min("lot__expires_on", filter=good),
        )
    )
    rows = {row["lot__item"]: row for row in sums}
    items = Item.objects.filter(county_id=county, pk__in=list(rows)).order_by("name_key", "id")
    return [
        ItemStock(
            item,
            rows[item.pk]["on_hand_sum"],
            rows[item.pk]["reserved_sum"],
            rows[item.pk]["stale"] or 0,
            rows[item.pk]["lots"],
            rows[item.pk]["next_expiry"],
        )
        for item in items
    ]


#: What a list of lots may be narrowed to.
THERE, SOON, EXPIRED, GONE = "there", "soon", "expired", "gone"


def lots_in(
    county: str,
    *,
    on: date,
    soon_days: int,
    item: Item | None = None,
    store: Warehouse | None = None,
    state: str = THERE,
    code: str = "",
) -> QuerySet[Lot]:
    """Lots of a county with what lies there (``units``) and what is set aside of it (``aside``)."""
    here = Q(balances__warehouse=store) if store is not None else Q()
    lots = Lot.objects.filter(county_id=county).annotate(
        units=Coalesce(Sum("balances__on_hand", filter=here), 0),
        aside=Coalesce(Sum("balances__reserved", filter=here), 0),
    )
    if code:
        return with_origin(lots.filter(code=code))
    if item is not None:
        lots = lots.filter(item=item)
    narrowed = {
        THERE: lots.filter(units__gt=0),
        SOON: lots.filter(units__gt=0, expires_on__gte=on, expires_on__lte=on + timedelta(days=soon_days)),
        EXPIRED: lots.filter(units__gt=0, expires_on__lt=on),
        GONE: lots.filter(units=0),
    }
    return with_origin(narrowed.get(state, lots))


def with_origin(lots: QuerySet[Lot]) -> QuerySet[Lot]:
    """The same lots with what their origin is told from, in the same query."""
    return lots.select_related("item", "fund", "kit_version", "purchase", "donation_line__donation__benefactor")


def lot_with_origin(pk: UUID) -> Lot:
    """One lot of the open counties, with what its origin is told from."""
    return with_origin(Lot.objects.filter(pk=pk)).get()


def balances_of(lot: Lot) -> QuerySet[LotBalance]:
    """Where a lot lies."""
    return LotBalance.objects.filter(lot=lot, on_hand__gt=0).select_related("warehouse").order_by("warehouse__name")


def movements_of(lot: Lot) -> QuerySet[Movement]:
    """What happened to a lot, the newest first."""
    return Movement.objects.filter(lot=lot).select_related("warehouse", "by").order_by("-at", "-id")


def sources_of(lot: Lot) -> QuerySet[LotSource]:
    """The lots that were packed into a kit lot (S3)."""
    found = LotSource.objects.filter(kit_lot=lot).order_by("source_lot__item__name_key", "id")
    return found.select_related(
        "source_lot__item",
        "source_lot__purchase",
        "source_lot__kit_version",
        "source_lot__donation_line__donation__benefactor",
    )


def kits_of(lot: Lot) -> QuerySet[LotSource]:
    """The kit lots that this lot was packed into."""
    return LotSource.objects.filter(source_lot=lot).select_related("kit_lot__item").order_by("-kit_lot_id")


def goods_to_come(county: str) -> QuerySet[DonationLine]:
    """Confirmed gifts of goods of which something (``left``) is still to come, the oldest first.

    What was turned away is not waited for, nor what its giver handed over directly.
    """
    came = (
        Movement.objects.filter(lot__donation_line=OuterRef("pk"), kind=MovementKind.IN)
        .order_by()
        .values("lot__donation_line")
        .annotate(units=Sum("quantity"))
        .values("units")
    )
    lines = DonationLine.objects.filter(
        county_id=county, kind=GiftKind.GOODS, donation__state=DonationState.CONFIRMED
    ).exclude(donation__channel=Channel.DIRECT)
    turned_away = Arrival.objects.filter(county_id=county, state=ArrivalState.REJECTED)
    waiting = lines.exclude(pk__in=turned_away.values("donation_line")).annotate(
        left=F("quantity") - Coalesce(Subquery(came, output_field=IntegerField()), Value(0))
    )
    return (
        waiting.filter(left__gt=0)
        .select_related("item", "donation__benefactor")
        .order_by("donation__received_on", "id")
    )


def stores_of(county: str, *, with_old: bool = False) -> QuerySet[Warehouse]:
    """Stores of a county with how many lots lie in each (``lots``) and when each was last counted (``counted_on``)."""
    found = Warehouse.objects.filter(county_id=county).annotate(
        lots=Count("balances", filter=Q(balances__on_hand__gt=0), distinct=True),
        counted_on=Max("counts__on", filter=Q(counts__state=CountState.FINALIZED)),
    )
    return (found if with_old else found.filter(active=True)).order_by("name", "id")


def versions_of(kit: Item) -> QuerySet[KitVersion]:
    """Recipes of a kit, the newest first, with their lines."""
    found = KitVersion.objects.filter(kit=kit).select_related("created_by")
    return found.prefetch_related("lines__item").order_by("-number")


def counts_of(county: str) -> QuerySet[StockCount]:
    """Counts of a county, the newest first, with how many lines each has and how many of them are counted."""
    found = StockCount.objects.filter(county_id=county).select_related("warehouse", "counted_by", "confirmed_by")
    return found.annotate(size=Count("lines"), done=Count("lines", filter=Q(lines__counted__isnull=False))).order_by(
        "-id"
    )


def lines_of(count: StockCount) -> QuerySet[StockCountLine]:
    """Lines of a count in the order in which goods stand in a store: by item, then by expiry."""
    return (
        StockCountLine.objects.filter(count=count)
        .select_related("lot__item")
        .order_by("lot__item__name_key", F("lot__expires_on").asc(nulls_last=True), "lot_id")
    )
