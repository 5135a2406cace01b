"""Stock added up again from its movements, lots followed to their gifts, kits to their sources.

No sum that is kept is believed: what is found wrong is said, one line each, with the code of the lot. Every query is one
over all open counties; ``hamafza verify`` opens them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, Sum

from hamafza.core.guards import faulty_guards
from hamafza.distribution.choices import MovementKind as K
from hamafza.distribution.models import Arrival, KitLine, Lot, LotBalance, LotSource, Movement, RoundLot
from hamafza.distribution.triggers import STOCK
from hamafza.giving.choices import Channel, DonationState, GiftKind
from hamafza.giving.models import DonationLine
from hamafza.ledger.choices import Account
from hamafza.ledger.models import FundBalance

Balances = dict[tuple[UUID, UUID], tuple[int, int]]


def stock_faults() -> Iterator[str]:
    """Everything that is wrong with the stock of the open counties; nothing when it is sound."""
    yield from (f"guard {name} does not stand" for name in faulty_guards(connection, STOCK))
    yield from _balances()
    yield from _gifts()
    yield from _ring_fence()
    yield from _lineage()
    yield from _expired()
    yield from _rounds()


def stock_checked() -> int:
    """How many movements and lots there are to look at."""
    return Movement.objects.count() + Lot.objects.count()


def _balances() -> Iterator[str]:
    """S1: what is kept is the sum of the movements, and nothing is below zero or reserved beyond it."""
    summed = Movement.objects.values_list("lot_id", "warehouse_id").annotate(Sum("quantity"), Sum("reserved"))
    moved: Balances = {(lot, store): (units, reserved) for lot, store, units, reserved in summed}
    kept: Balances = {
        (lot, store): (on_hand, reserved)
        for lot, store, on_hand, reserved in LotBalance.objects.values_list(
            "lot_id", "warehouse_id", "on_hand", "reserved"
        )
    }
    wrong = [place for place in moved.keys() | kept.keys() if moved.get(place, (0, 0)) != kept.get(place, (0, 0))]
    codes = _codes(lot for lot, _store in wrong)
    for place in sorted(wrong):
        yield f"lot {codes[place[0]]}: {kept.get(place, (0, 0))} is kept, its movements sum to {moved.get(place, (0, 0))}"
    for place, (units, reserved) in moved.items():
        if not 0 <= reserved <= units:
            yield f"lot {_codes([place[0]])[place[0]]}: {reserved} reserved of {units}"


def _gifts() -> Iterator[str]:
    """No more in lots than the donation line says; each of its fund and item."""
    came = Movement.objects.filter(kind=K.IN, lot__donation_line__isnull=False)
    over = (
        came.values_list("lot__donation_line", "lot__donation_line__quantity")
        .annotate(units=Sum("quantity"))
        .filter(units__gt=F("lot__donation_line__quantity"))
    )
    yield from (f"donation line {line}: {units} in stock of {given}" for line, given, units in over)
    other = Q(donation_line__isnull=False) & (
        ~Q(donation_line__fund=F("fund")) | ~Q(donation_line__item=F("item")) | ~Q(donation_line__county=F("county"))
    )
    bought = Q(purchase__isnull=False) & ~Q(purchase__fund=F("fund"))
    yield from (f"lot {code}: not what its origin says" for code in _of_lots(Lot.objects.filter(other | bought)))


def _ring_fence() -> Iterator[str]:
    """F3 for goods: lot, fund, store and movement lie in one county."""
    foreign = Lot.objects.exclude(fund__county_id=F("county_id"))
    yield from (f"lot {code}: its fund is another county's" for code in _of_lots(foreign))
    moved = Movement.objects.exclude(warehouse__county_id=F("county_id"), lot__county_id=F("county_id"))
    yield from (f"lot {code}: moved over the border" for code in moved.values_list("lot__code", flat=True).distinct())


def _lineage() -> Iterator[str]:
    """S3: what went into a kit lot is its recipe times its kits, of its own fund, and left the stock."""
    mixed = LotSource.objects.exclude(kit_lot__fund=F("source_lot__fund"))
    yield from (f"lot {code}: packed from two funds" for code in mixed.values_list("kit_lot__code", flat=True))
    recipes: dict[UUID, dict[UUID, int]] = {}
    for version, item, quantity in KitLine.objects.values_list("version_id", "item_id", "quantity"):
        recipes.setdefault(version, {})[item] = quantity
    used: dict[UUID, dict[UUID, int]] = {}
    sums = LotSource.objects.values_list("kit_lot_id", "source_lot__item_id").annotate(units=Sum("quantity"))
    for kit_lot, item, units in sums:
        used.setdefault(kit_lot, {})[item] = units
    packed = Movement.objects.filter(kind=K.ASSEMBLE_IN).values_list("lot_id", "lot__code", "lot__kit_version_id")
    for lot, code, version, kits in packed.annotate(kits=Sum("quantity")):
        wanted = {item: each * kits for item, each in recipes.get(version, {}).items()}
        if used.get(lot, {}) != wanted:
            yield f"lot {code}: its sources are not its recipe times {kits}"
    out = dict(Movement.objects.filter(kind=K.ASSEMBLE_OUT).values_list("lot__code").annotate(Sum("quantity")))
    into = dict(LotSource.objects.values_list("source_lot__code").annotate(Sum("quantity")))
    for code in sorted(out.keys() | into.keys()):
        if -out.get(code, 0) != into.get(code, 0):
            yield f"lot {code}: {-out.get(code, 0)} were taken for kits, {into.get(code, 0)} are in their lineage"


def _expired() -> Iterator[str]:
    """S7."""
    stale = Movement.objects.filter(kind__in=[K.ISSUE, K.RESERVE, K.ASSEMBLE_OUT], lot__expires_on__lt=F("on"))
    yield from (f"lot {code}: taken after it expired" for code in stale.values_list("lot__code", flat=True).distinct())


def _rounds() -> Iterator[str]:
    """Goods set aside lie in the county of their round."""
    foreign = RoundLot.objects.exclude(lot__county_id=F("round__county_id"))
    yield from (f"lot {code}: set aside in another county" for code in foreign.values_list("lot__code", flat=True))


def _codes(lots: Iterator[UUID] | list[UUID]) -> dict[UUID, str]:
    return dict(Lot.objects.filter(pk__in=list(lots)).values_list("pk", "code"))


def _of_lots(lots: object) -> Iterator[str]:
    yield from lots.values_list("code", flat=True)  # type: ignore[attr-defined]  # a queryset


def book_faults() -> Iterator[str]:
    """Goods in stock by the books are what lies in the stores and what of confirmed gifts is still to come, per fund.

    A unit is worth whole rials: what that leaves over of a lot is less than one rial a unit.
    """
    booked = dict(FundBalance.objects.filter(account=Account.STOCK).values_list("fund", "amount"))
    there = Counter[UUID]()
    for fund, units, each in LotBalance.objects.values_list("lot__fund", "on_hand", "lot__unit_value_rial"):
        there[fund] += units * each
    over = Counter[UUID]()
    for fund, units in (
        Movement.objects.filter(kind__in=[K.IN, K.ASSEMBLE_IN]).values_list("lot__fund").annotate(Sum("quantity"))
    ):
        over[fund] += units
    for fund, rial in _still_to_come():
        there[fund] += rial
        over[fund] += 1
    for fund in sorted(booked.keys() | there.keys()):
        more = booked.get(fund, 0) - there[fund]
        if not 0 <= more <= over[fund]:
            yield f"fund {fund}: {booked.get(fund, 0)} of goods in the books, {there[fund]} in the stores and to come"


def _still_to_come() -> Iterator[tuple[UUID, int]]:
    """By line of a confirmed gift: its fund, and the worth of what is neither in a store nor turned away."""
    lines = DonationLine.objects.filter(
        kind=GiftKind.GOODS, donation__state=DonationState.CONFIRMED, fund__isnull=False
    )
    came = dict(
        Movement.objects.filter(kind=K.IN, lot__donation_line__isnull=False)
        .values_list("lot__donation_line")
        .annotate(Sum("quantity"))
    )
    rejected = dict(Arrival.objects.values_list("donation_line").annotate(Sum("rejected")))
    rows = lines.exclude(donation__channel=Channel.DIRECT).values_list("pk", "fund", "amount", "quantity")
    for pk, fund, amount, quantity in rows:
        left = (quantity or 0) - came.get(pk, 0) - rejected.get(pk, 0)
        if quantity:
            yield fund, amount * left // quantity
