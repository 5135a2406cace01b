"""Rules of goods: counted in, bought, packed, moved, spoilt, counted, handed out in rounds, taken back, reconciled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import rule

from hamafza.accounts.choices import Role
from hamafza.config.trials.giving_acts import HANDS, WHERE, WHICH, Acts, duty, expect
from hamafza.config.trials.giving_money import MUCH, REASON, part_of
from hamafza.core.ids import uuid7
from hamafza.distribution.choices import EntryState, MovementKind, Proof, RoundState
from hamafza.distribution.commands.counts import Found, confirm_count, enter_count, start_count
from hamafza.distribution.commands.deliveries import deliver, mark_absent, mark_refused, replace, take_back
from hamafza.distribution.commands.reconcile import reconcile_round
from hamafza.distribution.commands.rounds import (
    RoundPlan,
    approve_round,
    cancel_round,
    pack_round,
    plan_round,
    send_out,
)
from hamafza.distribution.commands.stock import (
    ask_write_off,
    buy_goods,
    confirm_loss,
    move_stock,
    pack_kits,
    receive_goods,
    waste,
)
from hamafza.distribution.models import (
    Delivery,
    Lot,
    LotSource,
    Movement,
    Round,
    RoundEntry,
    StockCountLine,
)
from hamafza.distribution.periods import period_of
from hamafza.distribution.proofs import ProofGiven
from hamafza.giving.choices import DisbursementState, DonationState, GiftKind
from hamafza.giving.models import Allocation, Disbursement, DonationLine
from hamafza.needs.choices import Domain
from hamafza.needs.queries.filters import NeedFilters

WITNESSES = ProofGiven(kind=Proof.WITNESSES, witnesses=("رضا کریمی", "مریم احمدی"))
#: Days that goods keep; -1 is expired already, None for ever.
KEEPS = st.sampled_from([None, None, 3, 30, 0, -1])


class Goods(Acts):
    """From the giver's hands to the family's door."""

    # --- into the store ---

    @rule(which=WHICH, store=WHERE, quantity=st.sampled_from([1, 2, 5, 99, 999]), keeps=KEEPS, hands=HANDS)
    def take_in(self, which: int, store: int, quantity: int, keeps: int | None, hands: str) -> None:
        """99: all that the gift says; 999: one more than that."""
        line = self.pick(lambda: DonationLine.objects.filter(kind=GiftKind.GOODS).select_related("donation"), which)
        if line is None or line.quantity is None:
            return
        office, whole = self.office(line), line.quantity
        quantity = {99: whole, 999: whole + 1}.get(quantity, quantity)
        place, expires_on = office.stores[store], self._expiry(keeps)
        may = quantity <= whole and (keeps is None or keeps >= 0) and line.donation.state == DonationState.CONFIRMED
        lot = self.once(
            "take in", office, duty(Role.STOREKEEPER, hands),
            lambda by, key: receive_goods(
                line, warehouse=place, quantity=quantity, expires_on=expires_on, by=by, key=key
            ), may=may,
        )  # fmt: skip
        if lot:
            self.book.worth[lot.pk] = line.amount * quantity // whole // quantity
            self.book.put(lot, place.pk, quantity)

    @rule(which=WHICH, store=WHERE, much=MUCH, item=WHERE, keeps=KEEPS, hands=HANDS)
    def buy(self, which: int, store: int, much: str, item: int, keeps: int | None, hands: str) -> None:
        """Goods that a seller was paid for; the bank is touched by the payment alone."""
        payment = self.pick(lambda: Disbursement.objects.filter(allocation__need=None), which)
        if payment is None:
            return
        office, fund = self.office(payment), Allocation._base_manager.get(pk=payment.allocation_id).fund_id
        left = payment.amount - self.book.taken_in[payment.pk]
        amount = part_of(left, much)
        place, quantity = office.stores[store], 6
        may = payment.state in (DisbursementState.PAID, DisbursementState.CONFIRMED) and 0 < amount <= left
        lot = self.once(
            "buy", office, duty(Role.STOREKEEPER, hands),
            lambda by, key: buy_goods(
                payment, item=office.items[item], quantity=quantity, amount=amount, warehouse=place,
                expires_on=self._expiry(keeps), by=by, key=key,
            ), may=may and (keeps is None or keeps >= 0),
        )  # fmt: skip
        if lot:
            self.book.taken_in[payment.pk] += amount
            self.book.value[fund] += amount
            self.book.worth[lot.pk] = amount // quantity
            self.book.put(lot, place.pk, quantity)

    @rule(where=WHERE, store=WHERE, count=st.integers(0, 4))
    def pack(self, where: int, store: int, count: int) -> None:
        office = self.office(where)
        place, key = office.stores[store], uuid7()
        made = self.act(
            "pack", office, Role.STOREKEEPER,
            lambda by: pack_kits(office.county, kit_version=office.kit, count=count, warehouse=place, by=by, key=key),
            may=count > 0,
        )  # fmt: skip
        for lot in made or []:
            kits = Movement._base_manager.get(lot=lot, kind=MovementKind.ASSEMBLE_IN).quantity
            parts = list(LotSource._base_manager.filter(kit_lot=lot).values_list("source_lot_id", "quantity"))
            expect(sum(units for _part, units in parts), 3 * kits, "a kit is three units")
            for part, units in parts:
                self.book.on_hand[part, place.pk] -= units
            self.book.put(lot, place.pk, kits)
            self.book.worth[lot.pk] = sum(self.book.worth[part] * units for part, units in parts) // kits

    def _expiry(self, keeps: int | None) -> date | None:
        return None if keeps is None else self.today + timedelta(days=keeps)

    # --- within the store ---

    @rule(which=WHICH, store=WHERE, quantity=st.integers(0, 6), lost=st.integers(0, 1))
    def bring(self, which: int, store: int, quantity: int, lost: int) -> None:
        lot = self.pick(Lot.objects.all, which)
        if lot is None:
            return
        office = self.office(lot)
        here, there = office.stores[store], office.stores[1 - store]
        if self.once(
            "bring", office, Role.STOREKEEPER,
            lambda by, key: move_stock(
                lot, source=here, target=there, quantity=quantity, lost=lost, reason=REASON, by=by, key=key
            ), may=not lost and 0 < quantity <= self.book.on_hand[lot.pk, here.pk],
        ):  # fmt: skip
            self.book.put(lot, here.pk, -quantity)
            self.book.put(lot, there.pk, quantity)

    @rule(which=WHICH, store=WHERE, quantity=st.integers(0, 4), hands=HANDS)
    def spoil(self, which: int, store: int, quantity: int, hands: str) -> None:
        """One hand alone writes nothing off; what it reports, other hands confirm."""
        lot = self.pick(Lot.objects.all, which)
        if lot is None:
            return
        office = self.office(lot)
        place, key = office.stores[store], uuid7()
        self.act(
            "spoil alone", office, "jack",
            lambda by: waste(lot, place, quantity=quantity, reason=REASON, by=by, key=key), may=False,
        )  # fmt: skip
        loss = self.once(
            "report a loss", office, duty(Role.STOREKEEPER, hands),
            lambda by, key: ask_write_off(lot, place, quantity=quantity, reason=REASON, by=by, key=key),
            may=0 < quantity <= self.book.on_hand[lot.pk, place.pk],
        )  # fmt: skip
        if loss and self.act(
            "confirm a loss", office, duty(Role.COUNTY_HEAD, hands), lambda by: confirm_loss(loss, by=by),
            may=hands != "jack",
        ):  # fmt: skip
            self.book.put(lot, place.pk, -quantity)
            self._write_off(lot, quantity)

    @rule(where=WHERE, store=WHERE, which=WHICH, differs=st.integers(-2, 2), hands=HANDS)
    def count(self, where: int, store: int, which: int, differs: int, hands: str) -> None:
        """Every lot of a store is counted; of one of them another number is found."""
        office = self.office(where)
        place = office.stores[store]
        opened = self.act("count", office, duty(Role.STOREKEEPER, hands), lambda by: start_count(place, by=by))
        if opened is None:
            return
        lines = list(StockCountLine._base_manager.filter(count=opened).select_related("lot").order_by("pk"))
        odd = lines[which % len(lines)].pk if lines else None
        found = [Found(line.lot, max(0, line.book + (differs if line.pk == odd else 0)), REASON) for line in lines]
        self.act(
            "write a count", office, duty(Role.STOREKEEPER, hands), lambda by: enter_count(opened, found=found, by=by)
        )
        if self.act("confirm count", office, duty(Role.COUNTY_HEAD, hands), lambda by: confirm_count(opened, by=by)):
            for one in found:
                before = self.book.on_hand[one.lot.pk, place.pk]
                self.book.on_hand[one.lot.pk, place.pk] = one.counted or 0
                self._write_off(one.lot, before - (one.counted or 0))

    def _write_off(self, lot: Lot, quantity: int) -> None:
        self.book.value[lot.fund_id] -= quantity * self.book.worth[lot.pk]

    # --- rounds ---

    @rule(where=WHERE, store=WHERE, planned=st.integers(1, 3), kind=st.sampled_from(["month", "week"]))
    def plan(self, where: int, store: int, planned: int, kind: str) -> None:
        office = self.office(where)
        plan = RoundPlan(
            title="نوبت", item=office.items[2], planned=planned,
            period=period_of("month" if kind == "month" else "week", self.today),
            warehouse=office.stores[store], filters=NeedFilters(domain=Domain.LIVELIHOOD),
        )  # fmt: skip
        key = uuid7()
        made = self.act(
            "plan", office, Role.SOCIAL_WORKER, lambda by: plan_round(office.county, plan=plan, by=by, key=key)
        )
        if made:
            self.book.follow_round(made.pk, held=False)

    def approve_round(self, planned: Round, hands: str) -> None:
        by = duty(Role.COUNTY_HEAD, hands)
        if self.act("approve round", self.office(planned), by, lambda actor: approve_round(planned, by=actor)):
            self.book.aside[planned.pk] = planned.planned * planned.per_household
            self.book.follow_round(planned.pk, held=True)

    def pack_round(self, approved: Round, hands: str) -> None:
        by, packages = duty(Role.STOREKEEPER, hands), self.book.aside[approved.pk]
        self.act(
            "pack round", self.office(approved), by, lambda actor: pack_round(approved, packages=packages, by=actor)
        )

    def send_out(self, packed: Round, hands: str) -> None:
        self.act("send out", self.office(packed), Role.STOREKEEPER, lambda by: send_out(packed, by=by))

    @rule(which=WHICH)
    def give_up_a_round(self, which: int) -> None:
        unwanted = self.pick(Round.objects.all, which)
        if unwanted is None:
            return
        may = unwanted.state in (RoundState.PLANNED, RoundState.APPROVED, RoundState.PACKING)
        if self.act(
            "cancel round", self.office(unwanted), Role.COUNTY_HEAD,
            lambda by: cancel_round(unwanted, reason=REASON, by=by), may=may,
        ):  # fmt: skip
            self._end_round(unwanted)

    def hand_over(self, entry: RoundEntry, hands: str) -> None:
        office, by = self.office(entry), duty(Role.DELIVERER, hands)
        made = self.once(
            "deliver", office, by, lambda by, key: deliver(entry, proof=WITNESSES, by=by, key=key),
            may=entry.state in (EntryState.LISTED, EntryState.ABSENT),
        )  # fmt: skip
        if made:
            self._hand_out(made, entry, 1)

    def _hand_out(self, delivery: Delivery, entry: RoundEntry, quantity: int) -> None:
        lot = Lot._base_manager.get(pk=delivery.lot_id)
        going = Round._base_manager.get(pk=entry.round_id)
        self.book.put(lot, going.warehouse_id, -quantity)
        self._write_off(lot, quantity)
        stays = quantity > 0 or lot.expires_on is None or lot.expires_on >= self.today
        self.book.aside[going.pk] -= quantity if stays else 0
        self.book.follow_round(going.pk, held=True)

    @rule(which=WHICH, what=st.sampled_from(["absent", "refused", "back", "back", "replace", "again"]))
    def at_the_door(self, which: int, what: str) -> None:
        entry = self.pick(lambda: RoundEntry.objects.exclude(state=EntryState.STANDBY), which)
        if entry is None:
            return
        office, round_id = self.office(entry), entry.round_id
        if what == "again":
            self.hand_over(entry, "right")
        elif what == "back":
            if self.act(
                "take back", office, Role.DELIVERER, lambda by: take_back(entry, by=by, reason=REASON),
                may=entry.state == EntryState.DELIVERED,
            ):  # fmt: skip
                self._hand_out(Delivery._base_manager.get(entry=entry), entry, -1)
        else:
            steps: dict[str, Callable[..., object]] = {
                "absent": mark_absent,
                "refused": mark_refused,
                "replace": partial(replace, reason=REASON),
            }
            if self.act(f"{what} at the door", office, Role.DELIVERER, lambda by: steps[what](entry, by=by)):
                self.book.follow_round(round_id, held=True)

    @rule(which=WHICH, lost=st.integers(0, 2), wrong=st.sampled_from([0, 0, 0, 1]))
    def reconcile(self, which: int, lost: int, wrong: int) -> None:
        out = self.pick(lambda: Round.objects.filter(state=RoundState.OUT), which)
        if out is None:
            return
        delivered = sum(self.book.in_rounds[out.pk][1].values())
        back = out.packed - delivered - lost + wrong
        if self.act(
            "reconcile", self.office(out), Role.ACCOUNTANT,  # the head has approved it
            lambda by: reconcile_round(out, wasted=lost, came_back=back, by=by), may=not wrong and back >= 0,
        ):  # fmt: skip
            self._end_round(out)
            gone = Movement._base_manager.filter(source_type="round", source_id=out.pk, kind=MovementKind.WASTE)
            moved = list(gone.select_related("lot"))
            expect(-sum(one.quantity for one in moved), lost, "what was lost is not what was written off")
            for one in moved:
                self.book.put(one.lot, one.warehouse_id, one.quantity)
                self._write_off(one.lot, -one.quantity)

    def _end_round(self, over: Round) -> None:
        self.book.aside[over.pk] = 0
        self.book.follow_round(over.pk, held=False)

    def went(self, moved: list[Movement]) -> None:
        """What the housekeeping has taken out of the stock because it had expired."""
        for one in moved:
            lot = Lot._base_manager.get(pk=one.lot_id)
            expect(lot.expires_on is not None and lot.expires_on < self.today, True, "taken out before it expired")
            self.book.put(lot, one.warehouse_id, one.quantity)
            self._write_off(lot, -one.quantity)
