"""Any sequence of acts of giving, beside a model that is nothing but arithmetic: invariants P, F, T, N and S.

A state machine (hypothesis) presses every button of the county's office in any order, with the right hands and with
the wrong ones, on days that pass. After each step the program's rows are compared with the model (`giving_book`) and
every check of ``hamafza verify`` is made; a refusal must be a `Refusal` and leave nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from hypothesis import HealthCheck, Phase, seed as with_seed, settings as profile, strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import system_actor
from hamafza.config.trials.giving_acts import HANDS, WHERE, WHICH, Seen, duty, expect
from hamafza.config.trials.giving_gifts import MILLION, Gifts
from hamafza.config.trials.giving_goods import Goods
from hamafza.config.trials.giving_money import REASON, Money
from hamafza.config.trials.giving_stage import Stage
from hamafza.core import clock
from hamafza.core.scope import counties
from hamafza.core.session import acting_as
from hamafza.distribution.choices import EntryState, RoundState
from hamafza.distribution.commands.stock import expire_lots
from hamafza.distribution.models import LotBalance, Round, RoundEntry
from hamafza.giving.choices import (
    AllocationState,
    DisbursementState,
    DonationState,
    GivingMode,
    RefundState,
    ReservationState,
)
from hamafza.giving.commands.cards import thin_cards
from hamafza.giving.commands.instalments import plan_pledges
from hamafza.giving.commands.reservations import accept, confirm, deliver, expire_holds, release, reserve_card
from hamafza.giving.models import Allocation, Disbursement, Donation, Refund, Reservation
from hamafza.ledger.choices import MoveState, TransferState
from hamafza.ledger.models import CountyTransfer, FundMove

R = ReservationState


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that wait for somebody's next step, and that step."""

    rows: Callable[[], QuerySet[Any]]
    step: Callable[[Any, str], None]


class Giving(Gifts, Money, Goods):
    """All rules together, with those of need cards and of the day."""

    @initialize(
        parts=st.sets(
            st.sampled_from(["spending", "buying", "round", "hold", "pledge", "moving", "unknown", "back", "later"])
        )
    )
    def begin(self, parts: set[str]) -> None:
        """Some money and some packages in each county, and the first steps of some story, so that runs go deep."""
        for where in range(2):
            self.give_money(where, 50 * MILLION, "livelihood", 0, 0)
            self.give_goods(where, 2, 20, 0)
            if "unknown" in parts:
                self.give_money(where, MILLION, "unidentified", 0, 0)
            if "pledge" in parts:
                self.pledge(where, 0, goods=bool(where), quantity=41, starts=-9)
        self.carry_on_with_everything()
        for which in range(2):
            self.take_in(which, 0, 99, None, "right")
            if "spending" in parts:
                self.propose(which, "half", "livelihood", which, 1 + which, reason=False)
            if "buying" in parts:
                self.propose(which, "half", "purchase", 0, 1, reason=False)
            if "round" in parts:
                self.plan(which, 0, 3, "month")
            if "hold" in parts:
                self.take_up(which, 0, 0, 1, GivingMode.DELIVERED)
        if "back" in parts:
            self.ask_back(0, "half")
        if "moving" in parts:
            self.province_allows(20)
            self.ask_for_transfer(0, "one", far=False, consent="بله")
        self.carry_on_with_everything()
        if "later" in parts:
            self.sleep(33)

    # --- need cards ---

    @rule(
        where=WHERE,
        card=WHERE,
        giver=WHERE,
        units=st.sampled_from([1, 1, 2, 3, None]),
        mode=st.sampled_from(GivingMode),
    )
    def take_up(self, where: int, card: int, giver: int, units: int | None, mode: GivingMode) -> None:
        office = self.office(where)
        shown = office.cards[card]
        made = self.once(
            "take up", office, Role.GIVING_OFFICER,
            lambda by, key: reserve_card(
                shown, benefactor=office.givers[giver], units=units, mode=mode, by=by, key=key
            ),
        )  # fmt: skip
        if made:
            need = office.goods[card].pk
            self.book.holds[made.pk] = need, made.units
            self.book.held[need] += made.units

    def accept_hold(self, held: Reservation, hands: str) -> None:
        by = duty(Role.SOCIAL_WORKER, hands)
        self.act("accept hold", self.office(held), by, lambda actor: accept(held, by=actor))

    def bring_hold(self, held: Reservation, hands: str) -> None:
        by = duty(Role.DELIVERER, hands)
        may = held.mode != GivingMode.THROUGH_FUND
        self.act("deliver hold", self.office(held), by, lambda actor: deliver(held, by=actor), may=may)

    def confirm_hold(self, held: Reservation, hands: str) -> None:
        office, by = self.office(held), duty(Role.SOCIAL_WORKER, hands)
        if self.act(
            "confirm hold", office, by,
            lambda actor: confirm(held, value_rial=1000, again_reason=REASON if hands == "right" else "", by=actor),
        ):  # fmt: skip
            need, units = self.book.holds.pop(held.pk)
            self.book.held[need] -= units
            self.book.met[need] += units
            self.book.receipts[office.county] += 1

    @rule(which=WHICH)
    def let_go(self, which: int) -> None:
        held = self.pick(Reservation.objects.all, which)
        if held is None:
            return
        may = held.state in (R.HELD, R.ACCEPTED, R.DELIVERED) and held.pk in self.book.holds
        if self.act(
            "release hold", self.office(held), Role.SOCIAL_WORKER,
            lambda by: release(held, reason=REASON, by=by), may=may,
        ):  # fmt: skip
            self._free(held)

    def _free(self, held: Reservation) -> None:
        need, units = self.book.holds.pop(held.pk)
        self.book.held[need] -= units

    # --- the next step of whatever waits ---

    def waiting(self) -> list[Waiting]:
        """So that a run comes as far as the last step of something within its thirty."""

        def rows(model: type[Model], *states: str) -> Callable[[], QuerySet[Any]]:
            return lambda: model._default_manager.filter(state__in=states)

        def doors() -> QuerySet[RoundEntry]:
            awaited = [EntryState.LISTED, EntryState.ABSENT]
            return RoundEntry.objects.filter(round__state=RoundState.OUT, state__in=awaited)

        return [
            Waiting(rows(Donation, DonationState.PENDING), self.confirm),
            Waiting(rows(Allocation, AllocationState.PROPOSED), self.approve),
            Waiting(rows(Disbursement, DisbursementState.REQUESTED), self.approve_payment),
            Waiting(rows(Disbursement, DisbursementState.APPROVED), self.pay),
            Waiting(rows(Disbursement, DisbursementState.PAID), self.confirm_payment),
            Waiting(rows(Refund, RefundState.REQUESTED), self.approve_refund),
            Waiting(rows(Refund, RefundState.APPROVED), self.pay_refund),
            Waiting(rows(FundMove, MoveState.REQUESTED), self.approve_move),
            Waiting(rows(CountyTransfer, TransferState.REQUESTED, TransferState.APPROVED_ONCE), self.approve_transfer),
            Waiting(rows(CountyTransfer, TransferState.APPROVED), self.send_transfer),
            Waiting(rows(Reservation, R.HELD), self.accept_hold),
            Waiting(rows(Reservation, R.ACCEPTED), self.bring_hold),
            Waiting(rows(Reservation, R.DELIVERED), self.confirm_hold),
            Waiting(rows(Round, RoundState.PLANNED), self.approve_round),
            Waiting(rows(Round, RoundState.APPROVED), self.pack_round),
            Waiting(rows(Round, RoundState.PACKING), self.send_out),
            Waiting(doors, self.hand_over),
        ]

    @rule(which=st.integers(0, 999), hands=HANDS)
    def carry_on(self, which: int, hands: str) -> None:
        """One thing that waits, of the first kind that has any."""
        waiting = self.waiting()
        start = which % len(waiting)
        for one in [*waiting[start:], *waiting[:start]]:
            found = self._found(one)
            if found:
                one.step(found[which // len(waiting) % len(found)], hands)
                return

    @rule()
    def carry_on_with_everything(self) -> None:
        for one in self.waiting():
            for row in self._found(one):
                one.step(row, "right")

    def _found(self, one: Waiting) -> list[Any]:
        return list(one.rows().order_by("pk"))

    # --- days pass ---

    @rule(days=st.sampled_from([1, 1, 2, 3, 7, 15, 33]))
    def sleep(self, days: int) -> None:
        """The day is another one, and the hourly round has been made; made again, it finds nothing."""
        self.tell_day(days)
        with acting_as("system:housekeeping"):
            for office in self.stage.offices:
                self._keep_house(office.county)

    def _keep_house(self, county: str) -> None:
        with counties([county]):
            due = {
                held.pk: held
                for held in Reservation.objects.filter(state__in=[R.HELD, R.ACCEPTED], held_until__lt=clock.now())
                if held.pk in self.book.holds
            }
            expect(expire_holds(county, now=clock.now()), len(due), "holds that expired")
            expect(expire_holds(county, now=clock.now()), 0, "holds that expired again")
            for held in due.values():
                self._free(held)
            thin_cards(county, on=self.today)
            plan_pledges(county, on=self.today)
            expect(plan_pledges(county, on=self.today), 0, "instalments planned again")
            self.went(expire_lots(county, on=self.today, by=system_actor("housekeeping")))
            stale = LotBalance.objects.filter(lot__expires_on__lt=self.today).values_list("on_hand", "reserved")
            expect([units - held for units, held in stale if units > held], [], "expired goods that lie free")
        self.seen.done["expire"] += 1


def run_machine(stage: Stage, *, runs: int, steps: int, seed: int | None = None) -> Seen:
    """So many runs of so many steps on a stage; raises `Violation` after the way to what went wrong.

    ``seed``: another run of the command tries other sequences; None: those that hypothesis derives from the machine.
    """
    Giving.stage, Giving.seen = stage, Seen()
    wanted = profile(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=seed is None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    machine: Any = Giving if seed is None else with_seed(seed)(Giving)
    run_state_machine_as_test(machine, settings=wanted)
    return Giving.seen
