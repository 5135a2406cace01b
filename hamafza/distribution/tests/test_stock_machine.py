"""Any sequence of acts on stock, beside a model that is nothing but arithmetic: invariants S1 to S3 and S6 to S8."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, settings as profile, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.distribution.choices import CountState, MovementKind as K
from hamafza.distribution.commands.counts import Found, confirm_count, enter_count, start_count
from hamafza.distribution.commands.stock import (
    expire_lots,
    issue,
    move_stock,
    pack_kits,
    receive_goods,
    release_from_round,
    reserve_for_round,
    return_goods,
    waste,
)
from hamafza.distribution.models import KitVersion, Lot, LotBalance, LotSource, Movement, Round, StockCount, Warehouse
from hamafza.distribution.tests.factories import a_fund, a_goods_line, a_kit, a_round, a_store, an_item, small_losses
from hamafza.giving.models import DonationLine
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.django_db
#: script/test runs 30 x 30; STOCK_MACHINE=2000x50 runs more.
RUNS, STEPS = (int(number) for number in os.environ.get("STOCK_MACHINE", "30x30").split("x"))
EACH = {"rice": 2, "oil": 1}
FOREVER = date.max


@dataclass
class Stage:
    """What is there before the first act."""

    stores: list[Warehouse]
    lines: list[DonationLine]
    version: KitVersion
    rounds: list[Round]
    keeper: Actor
    leader: Actor
    day: Path


@dataclass
class Book:
    """The model: what should lie where."""

    on_hand: dict[tuple[UUID, UUID], int] = field(default_factory=lambda: defaultdict(int))
    reserved: dict[tuple[UUID, UUID], int] = field(default_factory=lambda: defaultdict(int))
    aside: dict[tuple[UUID, UUID], int] = field(default_factory=lambda: defaultdict(int))
    out: dict[tuple[UUID, UUID], int] = field(default_factory=lambda: defaultdict(int))
    came: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))
    counted: dict[UUID, date] = field(default_factory=dict)
    lots: list[Lot] = field(default_factory=list)

    def free(self, lot: Lot, store: Warehouse) -> int:
        place = (lot.pk, store.pk)
        return self.on_hand[place] - self.reserved[place]

    def pickable(self, item: UUID, store: Warehouse, on: date, fund: UUID | None = None) -> list[Lot]:
        """First expired first, then first come first."""
        found = [
            lot
            for lot in self.lots
            if lot.item_id == item
            and fund in (None, lot.fund_id)
            and (lot.expires_on or FOREVER) >= on
            and self.free(lot, store) > 0
        ]
        return sorted(found, key=lambda lot: lot.expires_on or FOREVER)


STAGE: dict[str, Stage] = {}
PLACE = st.integers(0, 1)


class Stock(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.stage = STAGE["now"]
        self.book = Book()
        self.day = date(2026, 11, 21)
        self._tell_day()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def _tell_day(self) -> None:
        self.stage.day.write_text(self.day.isoformat(), encoding="ascii")

    def _try(self, act: Callable[[], Any], *, may: bool) -> Any:
        """Do it; what the model forbids must be refused, what it allows must happen."""
        if not may:
            with pytest.raises(Refusal), transaction.atomic():
                act()
            return None
        with transaction.atomic():
            return act()

    def _lot(self, choice: int) -> Lot | None:
        return self.book.lots[choice % len(self.book.lots)] if self.book.lots else None

    @rule(line=st.integers(0, 5), store=PLACE, quantity=st.integers(0, 12), lasts=st.integers(-1, 6))
    def receive(self, line: int, store: int, quantity: int, lasts: int) -> None:
        given, place = self.stage.lines[line], self.stage.stores[store]
        expires = None if lasts == 6 else self.day + timedelta(days=lasts)
        may = 0 < quantity <= (given.quantity or 0) - self.book.came[given.pk] and lasts >= 0
        lot = self._try(
            lambda: receive_goods(
                given, warehouse=place, quantity=quantity, expires_on=expires, by=self.stage.keeper, key=uuid7()
            ),
            may=may,
        )
        if lot:
            self.book.lots.append(lot)
            self.book.came[given.pk] += quantity
            self.book.on_hand[lot.pk, place.pk] += quantity

    @rule(store=PLACE, count=st.integers(1, 4))
    def pack(self, store: int, count: int) -> None:
        place, each = self.stage.stores[store], self._recipe()
        shares = sorted(self._shares(place))
        made = self._try(
            lambda: pack_kits(
                COUNTY, kit_version=self.stage.version, count=count, warehouse=place, by=self.stage.keeper, key=uuid7()
            ),
            may=sum(kits for _expiry, _fund, kits in shares) >= count,
        )
        for packed in made or []:
            _expiry, fund, most = shares.pop(0)
            kits = min(most, count)
            count -= kits
            earliest = [self._take(item, place, quantity * kits, fund) for item, quantity in each.items()]
            assert (packed.fund_id, packed.expires_on or FOREVER) == (fund, min(earliest))
            self.book.lots.append(packed)
            self.book.on_hand[packed.pk, place.pk] += kits

    def _recipe(self) -> dict[UUID, int]:
        return {line.item_id: line.quantity for line in self.stage.version.lines.all()}

    def _shares(self, place: Warehouse) -> Iterator[tuple[date, UUID, int]]:
        each = self._recipe()
        for fund in {lot.fund_id for lot in self.book.lots}:
            lots = {item: self.book.pickable(item, place, self.day, fund) for item in each}
            kits = min(sum(self.book.free(lot, place) for lot in lots[item]) // each[item] for item in each)
            if kits:
                yield min(lot.expires_on or FOREVER for found in lots.values() for lot in found), fund, kits

    def _take(self, item: UUID, place: Warehouse, units: int, fund: UUID) -> date:
        earliest = FOREVER
        for lot in self.book.pickable(item, place, self.day, fund):
            taken = min(units, self.book.free(lot, place))
            self.book.on_hand[lot.pk, place.pk] -= taken
            units -= taken
            earliest = min(earliest, lot.expires_on or FOREVER) if taken else earliest
        return earliest

    @rule(choice=st.integers(0, 99), here=PLACE, there=PLACE, quantity=st.integers(1, 8), lost=st.integers(0, 2))
    def bring(self, choice: int, here: int, there: int, quantity: int, lost: int) -> None:
        lot, source, target = self._lot(choice), self.stage.stores[here], self.stage.stores[there]
        if lot is None:
            return
        may = here != there and lost <= quantity <= self.book.free(lot, source)
        done = self._try(
            lambda: move_stock(
                lot,
                source=source,
                target=target,
                quantity=quantity,
                lost=lost,
                reason="x",
                by=self.stage.keeper,
                key=uuid7(),
            ),
            may=may,
        )
        if done:
            self.book.on_hand[lot.pk, source.pk] -= quantity
            self.book.on_hand[lot.pk, target.pk] += quantity - lost

    @rule(number=PLACE, units=st.integers(1, 4))
    def reserve(self, number: int, units: int) -> None:
        going = self.stage.rounds[number]
        lots = self.book.pickable(going.item_id, going.warehouse, self.day)
        may = sum(self.book.free(lot, going.warehouse) for lot in lots) >= units
        if self._try(lambda: reserve_for_round(going, by=self.stage.keeper, units=units), may=may):
            for lot in lots:
                taken = min(units, self.book.free(lot, going.warehouse))
                self.book.reserved[lot.pk, going.warehouse_id] += taken
                self.book.aside[going.pk, lot.pk] += taken
                units -= taken

    @rule(number=PLACE)
    def release(self, number: int) -> None:
        going = self.stage.rounds[number]
        freed = release_from_round(going, by=self.stage.keeper)
        mine = {place: units for place, units in self.book.aside.items() if place[0] == going.pk}
        assert freed == sum(mine.values())
        for (_round, lot), units in mine.items():
            self.book.reserved[lot, going.warehouse_id] -= units
            self.book.aside[going.pk, lot] = 0

    @rule(choice=st.integers(0, 99), number=PLACE, quantity=st.integers(1, 3))
    def hand_out(self, choice: int, number: int, quantity: int) -> None:
        going = self.stage.rounds[number]
        aside = [lot for lot in self.book.lots if self.book.aside[going.pk, lot.pk] >= quantity]
        if not aside:
            return
        lot = aside[choice % len(aside)]
        may = (lot.expires_on or FOREVER) >= self.day
        source = ("round", going.pk)
        if self._try(lambda: issue(lot, going.warehouse, quantity, source=source, by=self.stage.keeper), may=may):
            self.book.on_hand[lot.pk, going.warehouse_id] -= quantity
            self.book.reserved[lot.pk, going.warehouse_id] -= quantity
            self.book.aside[going.pk, lot.pk] -= quantity
            self.book.out[going.pk, lot.pk] += quantity

    @rule(choice=st.integers(0, 99), number=PLACE, quantity=st.integers(1, 3), keep=st.booleans())
    def come_back(self, choice: int, number: int, quantity: int, keep: bool) -> None:
        going = self.stage.rounds[number]
        lot = self._lot(choice)
        if lot is None:
            return
        may = quantity <= self.book.out[going.pk, lot.pk]
        source, held = ("round", going.pk), going if keep else None
        if self._try(
            lambda: return_goods(lot, going.warehouse, quantity, source=source, by=self.stage.keeper, hold_for=held),
            may=may,
        ):
            stays = quantity if keep and (lot.expires_on or FOREVER) >= self.day else 0
            self.book.on_hand[lot.pk, going.warehouse_id] += quantity
            self.book.reserved[lot.pk, going.warehouse_id] += stays
            self.book.aside[going.pk, lot.pk] += stays
            self.book.out[going.pk, lot.pk] -= quantity

    @rule(choice=st.integers(0, 99), store=PLACE, quantity=st.integers(1, 6), back=st.integers(-1, 2))
    def spoil(self, choice: int, store: int, quantity: int, back: int) -> None:
        lot, place = self._lot(choice), self.stage.stores[store]
        if lot is None:
            return
        on = self.day - timedelta(days=back)
        may = quantity <= self.book.free(lot, place) and back >= 0 and on >= self.book.counted.get(place.pk, on)
        if self._try(
            lambda: waste(lot, place, quantity=quantity, reason="x", by=self.stage.keeper, key=uuid7(), on=on), may=may
        ):
            self.book.on_hand[lot.pk, place.pk] -= quantity

    @rule(store=PLACE, choice=st.integers(0, 99), differs=st.integers(-3, 3))
    def count(self, store: int, choice: int, differs: int) -> None:
        """One lot is found with more or fewer; it may be one that the books do not have here (S8)."""
        lot, place = self._lot(choice), self.stage.stores[store]
        if lot is None:
            return
        there = {one.pk: one for one in self.book.lots if self.book.on_hand[one.pk, place.pk]} | {lot.pk: lot}
        found = {pk: self.book.on_hand[pk, place.pk] + (differs if pk == lot.pk else 0) for pk in there}
        may = min(found.values()) >= 0 and found[lot.pk] >= self.book.reserved[lot.pk, place.pk]

        def act() -> StockCount:
            opened = start_count(place, by=self.stage.keeper)
            enter_count(opened, found=[Found(there[pk], units) for pk, units in found.items()], by=self.stage.keeper)
            return confirm_count(opened, by=self.stage.leader)

        if self._try(act, may=may):
            self.book.on_hand[lot.pk, place.pk] = found[lot.pk]
            self.book.counted[place.pk] = self.day

    @rule(days=st.integers(1, 3))
    def sleep(self, days: int) -> None:
        self.day += timedelta(days=days)
        self._tell_day()
        expire_lots(COUNTY, on=self.day, by=system_actor("test"))
        for lot in self.book.lots:
            for store in self.stage.stores:
                if (lot.expires_on or FOREVER) < self.day:
                    self.book.on_hand[lot.pk, store.pk] = self.book.reserved[lot.pk, store.pk]

    @invariant()
    def balances_are_the_sum_of_movements_and_of_the_model(self) -> None:
        """S1."""
        kept = {
            (one.lot_id, one.warehouse_id): (one.on_hand, one.reserved)
            for one in LotBalance.objects.all()
            if one.on_hand
        }
        moved = Movement.objects.values_list("lot_id", "warehouse_id").annotate(Sum("quantity"), Sum("reserved"))
        summed = {(lot, store): (units, reserved) for lot, store, units, reserved in moved if units}
        model = {place: (units, self.book.reserved[place]) for place, units in self.book.on_hand.items() if units}
        assert kept == summed == model
        assert all(0 <= reserved <= on_hand for on_hand, reserved in kept.values())

    @invariant()
    def goods_stay_in_their_county_and_fund(self) -> None:
        """S2, and the ring-fence within kits."""
        assert not Lot.objects.exclude(fund__county_id=F("county_id")).exists()
        assert not LotSource.objects.exclude(kit_lot__fund=F("source_lot__fund")).exists()

    @invariant()
    def kits_are_what_went_into_them(self) -> None:
        """S3."""
        each = self._recipe()
        used = LotSource.objects.values_list("kit_lot_id", "source_lot__item_id").annotate(Sum("quantity"))
        packed = dict(Movement.objects.filter(kind=K.ASSEMBLE_IN).values_list("lot_id", "quantity"))
        wanted = {(kit, item): number * units for kit, units in packed.items() for item, number in each.items()}
        assert {(kit, item): units for kit, item, units in used} == wanted

    @invariant()
    def nothing_expired_was_handed_out(self) -> None:
        """S7."""
        taken = Movement.objects.filter(kind__in=[K.ISSUE, K.RESERVE, K.ASSEMBLE_OUT])
        assert not taken.filter(lot__expires_on__lt=F("on")).exists()

    @invariant()
    def closed_counts_stand(self) -> None:
        """S6: what is dated before a closed count was written before it was closed."""
        closed = StockCount.objects.filter(state=CountState.FINALIZED)
        assert all(one.on == self.book.counted[one.warehouse_id] or one.on < self.day for one in closed)


@pytest.fixture
def stage(county: Place, tmp_path: Path, settings: Any) -> Stage:
    settings.HAMAFZA_TEST_CLOCK = tmp_path / "day"
    (tmp_path / "day").write_text("2026-11-21", encoding="ascii")
    small_losses()
    items, funds = {name: an_item(name) for name in EACH}, [a_fund(), a_fund()]
    version, stores = a_kit({items[name]: each for name, each in EACH.items()}), [a_store(), a_store()]
    lines = [
        a_goods_line(items[name], quantity=quantity, fund=fund)
        for name, quantity in (("rice", 30), ("oil", 20), ("oil", 3))
        for fund in funds
    ]
    rounds = [a_round(version.kit, warehouse=stores[0]), a_round(items["rice"], warehouse=stores[1])]
    return Stage(
        stores, lines, version, rounds, make_actor(Role.STOREKEEPER), make_actor(Role.COUNTY_HEAD), tmp_path / "day"
    )


def test_stock_holds_whatever_is_done(stage: Stage) -> None:
    STAGE["now"] = stage
    run_state_machine_as_test(
        Stock,
        settings=profile(
            max_examples=RUNS, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert clock.today()
