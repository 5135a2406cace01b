"""The way of goods: from lots through kits and rounds to households. A few queries, however many packages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import floor
from uuid import UUID

from django.db.models import Max, Min, Sum

from hamafza.core import wording
from hamafza.distribution.choices import EntryState, MovementKind, RoundState
from hamafza.distribution.models import Delivery, LotSource, Movement, RoundLot
from hamafza.trace.lineage import Stretch, cut, given, into_kit, units_touched

PACKED_STATES = frozenset({RoundState.PACKING, RoundState.OUT, RoundState.RECONCILED, RoundState.REPORTED})
CONFIRMED_STATES = frozenset({RoundState.RECONCILED, RoundState.REPORTED})

Held = dict[UUID, list[Stretch]]


@dataclass
class Span:
    """The first and the last day of something."""

    since: date | None = None
    until: date | None = None

    def add(self, *days: date | None) -> None:
        for day in days:
            if day is not None:
                self.since = min(self.since or day, day)
                self.until = max(self.until or day, day)


@dataclass
class GoodsWay:
    """How far goods have come, in units of what was given; ``packages`` are kits or units that were handed out.

    ``households`` are ids for counting; they leave this room as a number only.
    """

    allocated: int = 0
    prepared: int = 0
    delivered: int = 0
    confirmed: int = 0
    lost: int = 0
    kits: int = 0
    packages: int = 0
    prepared_on: Span = field(default_factory=Span)
    delivered_on: Span = field(default_factory=Span)
    confirmed_on: Span = field(default_factory=Span)
    households: set[UUID] = field(default_factory=set)


@dataclass
class _Store:
    """What the tables say of the lots, read at once."""

    sizes: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))
    lost: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))
    packed_on: dict[UUID, date] = field(default_factory=dict)
    #: Units that went into kits: they are the first of a lot.
    used: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))


def goods_way(own: Mapping[UUID, list[Stretch]]) -> GoodsWay:
    """Follow stretches of lots (by lot id) of an open county to the households."""
    store = _Store()
    held = _follow(own, store)
    _read_movements(held, store)
    way = GoodsWay()
    _count_rounds(own, held, store, way)
    _count_deliveries(held, store, way)
    packed = [part for lot, stretches in own.items() for part in cut(stretches, 0, store.used[lot])]
    for lot in held.keys() - own.keys():
        way.prepared_on.add(store.packed_on.get(lot))
        way.kits += units_touched(held[lot])
    way.prepared += floor(given(packed))
    way.allocated += floor(given(packed))
    way.lost = floor(
        given(
            part
            for lot, stretches in held.items()
            for part in cut(stretches, store.sizes[lot] - store.lost[lot], store.sizes[lot])
        )
    )
    return way


def sizes_of(lots: Iterable[UUID]) -> dict[UUID, int]:
    """How many units each lot had in the beginning."""
    first = [MovementKind.IN, MovementKind.ASSEMBLE_IN]
    rows = Movement.objects.filter(lot__in=list(lots), kind__in=first).values_list("lot").annotate(size=Sum("quantity"))
    return dict(rows)


def _follow(own: Mapping[UUID, list[Stretch]], store: _Store) -> Held:
    """Lots and kit lots in which something of the gift lies. A kit holds no kit, so one step leads to all."""
    held: Held = {lot: list(stretches) for lot, stretches in own.items()}
    uses = _uses(held)
    made = _recipes({kit for kit, _source, _quantity in uses}) if uses else {}
    for kit, source, quantity in uses:
        begins = store.used[source]
        store.used[source] += quantity
        of, offset, kits = made[kit, source]
        for part in cut(own[source], begins, begins + quantity):
            held.setdefault(kit, []).append(into_kit(part, begins=begins, offset=offset, of=of, kits=kits))
    return held


def _uses(level: Held) -> list[tuple[UUID, UUID, int]]:
    rows = LotSource.objects.filter(source_lot__in=list(level)).order_by("kit_lot_id", "id")
    return list(rows.values_list("kit_lot_id", "source_lot_id", "quantity"))


def _recipes(kits: set[UUID]) -> dict[tuple[UUID, UUID], tuple[int, int, int]]:
    """By kit lot and source lot: units of the item in all, those that lie before the source's, and how many kits."""
    sizes = sizes_of(kits)
    totals: dict[tuple[UUID, UUID], int] = defaultdict(int)
    before: dict[tuple[UUID, UUID], tuple[UUID, int]] = {}
    rows = LotSource.objects.filter(kit_lot__in=kits).order_by("id")
    for kit, source, item, quantity in rows.values_list(
        "kit_lot_id", "source_lot_id", "source_lot__item_id", "quantity"
    ):
        before[kit, source] = (item, totals[kit, item])
        totals[kit, item] += quantity
    return {
        (kit, source): (totals[kit, item], offset, max(sizes.get(kit, 0), 1))
        for (kit, source), (item, offset) in before.items()
    }


def _read_movements(held: Held, store: _Store) -> None:
    missing: dict[UUID, int] = defaultdict(int)
    kinds = [MovementKind.IN, MovementKind.ASSEMBLE_IN, MovementKind.WASTE, MovementKind.EXPIRE]
    kinds.append(MovementKind.COUNT)
    rows = Movement.objects.filter(lot__in=list(held), kind__in=kinds).values_list("lot", "kind")
    for lot, kind, quantity, last in rows.annotate(total=Sum("quantity"), last=Max("on")).order_by():
        if kind == MovementKind.COUNT:
            missing[lot] -= quantity
        elif kind in {MovementKind.WASTE, MovementKind.EXPIRE}:
            store.lost[lot] -= quantity
        else:
            store.sizes[lot] += quantity
        if kind == MovementKind.ASSEMBLE_IN:
            store.packed_on[lot] = last
    # What counts did not find; what turned up beyond the lot is nobody's gift.
    for lot, units in missing.items():
        store.lost[lot] = max(0, store.lost[lot] + units)


def _count_rounds(own: Mapping[UUID, list[Stretch]], held: Held, store: _Store, way: GoodsWay) -> None:
    """What of the gift's own lots is set aside for rounds as it came, without being packed into kits."""
    rows = RoundLot.objects.filter(lot__in=list(own)).exclude(round__state=RoundState.CANCELLED)
    sums: dict[UUID, list[int]] = defaultdict(lambda: [0, 0])
    for lot, state, quantity, packed_at in rows.values_list("lot_id", "round__state").annotate(
        total=Sum("quantity"), first=Min("round__packed_at")
    ):
        sums[lot][0] += quantity
        if state in PACKED_STATES:
            sums[lot][1] += quantity
            way.prepared_on.add(wording.day_of(packed_at) if packed_at else None)
    for lot, (planned, packed) in sums.items():
        begins = store.used[lot]
        way.allocated += floor(given(cut(held[lot], begins, begins + planned)))
        way.prepared += floor(given(cut(held[lot], begins, begins + packed)))


def _count_deliveries(held: Held, store: _Store, way: GoodsWay) -> None:
    rows = Delivery.objects.filter(lot__in=list(held), entry__state=EntryState.DELIVERED).order_by("at", "id")
    place = dict(store.used)
    delivered: list[Stretch] = []
    confirmed: list[Stretch] = []
    for lot, quantity, on, household, state, closed_at in rows.values_list(
        "lot_id", "quantity", "on", "entry__household_id", "entry__round__state", "entry__round__reconciled_at"
    ):
        begins = place.get(lot, 0)
        place[lot] = begins + quantity
        parts = cut(held[lot], begins, begins + quantity)
        if not parts:
            continue
        delivered += parts
        way.packages += units_touched(parts)
        way.households.add(household)
        way.delivered_on.add(on)
        if state in CONFIRMED_STATES:
            confirmed += parts
            way.confirmed_on.add(wording.day_of(closed_at) if closed_at else on)
    way.delivered, way.confirmed = floor(given(delivered)), floor(given(confirmed))
