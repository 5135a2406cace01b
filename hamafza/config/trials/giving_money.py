"""Rules of money: decided on, paid, come back, moved between funds and counties; months closed and opened again."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from hamafza.accounts.choices import Role
from hamafza.config.trials.giving_acts import WHICH, Acts, duty
from hamafza.config.trials.giving_book import entries_in
from hamafza.config.trials.giving_stage import FAR, Office
from hamafza.core.scope import counties
from hamafza.giving.choices import AllocationState, DisbursementState, PayMethod
from hamafza.giving.commands.allocations import (
    approve_allocation,
    cancel_allocation,
    propose_allocation,
    release_allocation,
)
from hamafza.giving.commands.disbursements import (
    PaymentAsked,
    approve_payment,
    confirm_payment,
    pay,
    request_payment,
    return_payment,
)
from hamafza.giving.models import Allocation, Disbursement, Reservation
from hamafza.giving.queries.uses import money_lines
from hamafza.ledger.choices import EntryKind, PeriodState, TransferState
from hamafza.ledger.commands.moves import approve_move, move_between_funds
from hamafza.ledger.commands.periods import begin_closing, close_month, reopen_month, stop_closing
from hamafza.ledger.commands.reversals import reverse_by_hand
from hamafza.ledger.commands.transfers import (
    TransferWish,
    allow_transfers,
    approve_transfer,
    execute_transfer,
    refuse_transfer,
    request_transfer,
)
from hamafza.ledger.models import CountyTransfer, FiscalPeriod, Fund, FundMove, JournalEntry, JournalLine
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need

REASON = "آزمون"
MUCH = st.sampled_from(["one", "half", "half", "all", "all", "more"])
FOR = st.sampled_from(["purchase", "purchase", "livelihood", "goods", "goods", "foreign"])
S = AllocationState
PAID = (DisbursementState.PAID, DisbursementState.CONFIRMED)


def part_of(free: int, much: str) -> int:
    """So much of what is there; "more" is a rial more than that."""
    return {"one": 1, "half": free // 2, "all": free, "more": free + 1}[much]


class Money(Acts):
    """From the fund to the household."""

    @rule(which=WHICH, much=MUCH, what=FOR, need=WHICH, units=st.integers(1, 2), reason=st.booleans())
    def propose(self, which: int, much: str, what: str, need: int, units: int, *, reason: bool) -> None:
        fund = self.pick(Fund.objects.all, which)
        if fund is None:
            return
        office, amount = self.office(fund), part_of(self.book.to_decide(fund.pk), much)
        wanted = self._need(office, what, need)
        purpose = "" if wanted else Domain.LIVELIHOOD
        said = "به حکم مازاد" if reason else ""
        may = 0 < amount <= self.book.to_decide(fund.pk) and what != "foreign"
        made = self.once(
            "propose", office, Role.ACCOUNTANT,  # the social worker confirms in the end
            lambda by, key: propose_allocation(
                fund, amount=amount, need=wanted, purpose=purpose, units=units, what="خرید", surplus_reason=said,
                again_reason=said, by=by, key=key,
            ), may=may,
        )  # fmt: skip
        if made:
            self.book.left[made.pk] = amount
            self.book.units[made.pk] = units if wanted else 0

    def _need(self, office: Office, what: str, which: int) -> Need | None:
        other = next(one for one in self.stage.offices if one is not office)
        needs = {"livelihood": office.livelihood, "goods": office.goods, "foreign": other.goods}.get(what)
        return needs[which % 3] if needs else None

    def approve(self, allocation: Allocation, hands: str) -> None:
        office, by = self.office(allocation), duty(Role.COUNTY_HEAD, hands)
        # A giver's own hold passes over to the allocation of her money.
        behind = Reservation._base_manager.filter(allocation=allocation).first()
        if self.act("approve", office, by, lambda actor: approve_allocation(allocation, by=actor)) is None:
            return
        self.book.committed[allocation.fund_id] += allocation.amount
        if allocation.need_id and behind is None:
            self.book.held[allocation.need_id] += self.book.units[allocation.pk]
        elif behind is not None:
            self.book.holds.pop(behind.pk)  # it is bound now: the units are the allocation's

    @rule(which=WHICH, cancel=st.booleans())
    def give_up(self, which: int, *, cancel: bool) -> None:
        allocation = self.pick(Allocation.objects.all, which)
        if allocation is None:
            return
        office, left = self.office(allocation), self.book.left[allocation.pk]
        if cancel:
            self.act(
                "cancel allocation", office, Role.SOCIAL_WORKER,
                lambda by: cancel_allocation(allocation, reason=REASON, by=by), may=allocation.state == S.PROPOSED,
            )  # fmt: skip
        elif self.act(
            "release allocation", office, Role.COUNTY_HEAD,
            lambda by: release_allocation(allocation, reason=REASON, by=by), may=allocation.state == S.APPROVED,
        ):  # fmt: skip
            self.book.committed[allocation.fund_id] -= left
            self.book.left[allocation.pk] = 0
            if allocation.need_id:
                self.book.held[allocation.need_id] -= self.book.units[allocation.pk]
                self.book.units[allocation.pk] = 0

    # --- payments ---

    @rule(which=WHICH, much=MUCH)
    def ask_for_payment(self, which: int, much: str) -> None:
        allocation = self.pick(lambda: Allocation.objects.filter(state__in=[S.APPROVED, S.PROPOSED]), which)
        if allocation is None:
            return
        amount = part_of(self.book.left[allocation.pk], much)
        asked = PaymentAsked(amount=amount, method=PayMethod.SELLER, payee="فروشگاه")
        may = allocation.state == S.APPROVED and 0 < amount <= self.book.left[allocation.pk]
        self.once(
            "ask for payment", self.office(allocation), Role.ACCOUNTANT,
            lambda by, key: request_payment(allocation, asked=asked, by=by, key=key), may=may,
        )  # fmt: skip

    def approve_payment(self, payment: Disbursement, hands: str) -> None:
        by = duty("second_head", hands)
        self.act("approve payment", self.office(payment), by, lambda actor: approve_payment(payment, by=actor))

    def pay(self, payment: Disbursement, hands: str) -> None:
        by = duty(Role.PAYER, hands)
        allocation = Allocation._base_manager.get(pk=payment.allocation_id)
        if self.act("pay", self.office(payment), by, lambda actor: pay(payment, reference="1", by=actor)):
            self.book.spend(allocation, payment.amount)
            if allocation.need_id and payment.units:
                self.book.units[allocation.pk] -= payment.units
                self.book.held[allocation.need_id] -= payment.units
                self.book.met[allocation.need_id] += payment.units

    def confirm_payment(self, payment: Disbursement, hands: str) -> None:
        by = duty(Role.SOCIAL_WORKER, hands)
        self.act("confirm payment", self.office(payment), by, lambda actor: confirm_payment(payment, by=actor))

    @rule(which=WHICH)
    def return_payment(self, which: int) -> None:
        payment = self.pick(Disbursement.objects.all, which)
        if payment is None:
            return
        paid = payment.state in PAID
        allocation = Allocation._base_manager.get(pk=payment.allocation_id)
        if self.act(
            "return payment", self.office(payment), Role.PAYER if paid else Role.COUNTY_HEAD,
            lambda by: return_payment(payment, reason=REASON, by=by), may=payment.state != DisbursementState.RETURNED,
        ) and paid:  # fmt: skip
            self.book.spend(allocation, -payment.amount)
            if allocation.need_id and payment.units:
                self.book.units[allocation.pk] += payment.units
                self.book.held[allocation.need_id] += payment.units
                self.book.met[allocation.need_id] -= payment.units

    # --- from fund to fund, from county to county ---

    @rule(which=WHICH, to=WHICH, much=MUCH)
    def move(self, which: int, to: int, much: str) -> None:
        source = self.pick(Fund.objects.all, which)
        if source is None:
            return
        near = Fund.objects.filter(county=source.county_id)
        target = self.pick((near if to % 4 else Fund.objects.all()).all, to // 4)
        if target is None:
            return
        amount = part_of(self.book.free(source.pk), much)
        same_county = source.county_id == target.county_id and source.pk != target.pk
        self.once(
            "move", self.office(source), Role.ACCOUNTANT,
            lambda by, key: move_between_funds(source, target, amount=amount, reason=REASON, by=by, key=key),
            may=same_county and 0 < amount <= self.book.to_decide(source.pk),
        )  # fmt: skip

    def approve_move(self, move: FundMove, hands: str) -> None:
        may = move.amount <= self.book.to_decide(move.source_id)
        by = duty(Role.COUNTY_HEAD, hands)
        if self.act("approve move", self.office(move), by, lambda actor: approve_move(move, by=actor), may=may):
            self.book.money[move.source_id] -= move.amount
            self.book.money[move.target_id] += move.amount

    @rule(which=WHICH)
    def reverse_by_hand(self, which: int) -> None:
        """Only what the books themselves have moved; whatever was done elsewhere is undone there."""
        entry = self.pick(JournalEntry.objects.all, which)
        if entry is None:
            return
        may = entry.kind == EntryKind.TRANSFER and entry.source_type == "ledger.fund"
        if self.act(
            "reverse entry", self.office(entry), Role.ACCOUNTANT,
            lambda by: reverse_by_hand(entry, reason=REASON, by=by), may=may,
        ):  # fmt: skip
            for fund, amount in JournalLine._base_manager.filter(entry=entry, account="1100").values_list(
                "fund_id", "amount"
            ):
                self.book.money[fund] -= amount

    @rule(days=st.integers(5, 20))
    def province_allows(self, days: int) -> None:
        until = self.today + timedelta(days=days)
        if self.allowed_until is None or until > self.allowed_until:
            allow_transfers(
                self.stage.province, valid_from=self.today, valid_to=until, basis="نامه", by=self.stage.director
            )
            self.allowed_until = until

    def _is_allowed(self) -> bool:
        return self.allowed_until is not None and self.today <= self.allowed_until

    @rule(
        which=WHICH, much=MUCH, far=st.sampled_from([False, False, True]), consent=st.sampled_from(["بله", "بله", ""])
    )
    def ask_for_transfer(self, which: int, much: str, *, far: bool, consent: str) -> None:
        fund = self.pick(Fund.objects.all, which)
        if fund is None:
            return
        office = self.office(fund)
        other = next(one.county for one in self.stage.offices if one is not office)
        amount = part_of(self.book.free(fund.pk), much)
        wish = TransferWish(
            to_county=FAR if far else other, amount=amount, reason=REASON, consent=consent, consent_on=self.today,
            gifts=tuple(
                (line.donation.jalali_year, line.donation.number)
                for line in money_lines([fund.pk]).select_related("donation").order_by("pk")
            ),
        )  # fmt: skip
        may = self._is_allowed() and not far and bool(consent) and 0 < amount <= self.book.free(fund.pk)
        self.once(
            "ask for transfer", office, Role.COUNTY_HEAD,
            lambda by, key: request_transfer(fund, wish=wish, by=by, key=key), may=may,
        )  # fmt: skip

    def approve_transfer(self, transfer: CountyTransfer, hands: str) -> None:
        first = transfer.state == TransferState.REQUESTED
        by = self.stage.director if first else self.office(transfer).hands[duty("second_head", hands)]
        self.act("approve transfer", self.office(transfer), by, lambda actor: approve_transfer(transfer, by=actor))

    def send_transfer(self, transfer: CountyTransfer, hands: str) -> None:
        by = duty(Role.PAYER, hands)
        if self.act(
            "send transfer", self.office(transfer), by, lambda actor: execute_transfer(transfer, by=actor),
            may=self._is_allowed(),
        ):  # fmt: skip
            self.book.money[transfer.from_fund_id] -= transfer.amount
            self.book.money[transfer.to_fund] += transfer.amount

    @rule(which=WHICH)
    def refuse_transfer(self, which: int) -> None:
        transfer = self.pick(CountyTransfer.objects.all, which)
        if transfer:
            may = transfer.state not in (TransferState.DONE, TransferState.REFUSED)
            self.act(
                "refuse transfer", self.office(transfer), self.stage.director,
                lambda by: refuse_transfer(transfer, reason=REASON, by=by), may=may,
            )  # fmt: skip

    # --- months ---

    @rule(which=WHICH, what=st.sampled_from(["close", "close", "begin", "stop", "reopen"]))
    def keep_a_month(self, which: int, what: str) -> None:
        month = self.pick(FiscalPeriod.objects.all, which)
        if month is None:
            return
        office, state = self.office(month), month.state
        if what == "reopen":
            if self.act(
                "reopen month", office, self.stage.director, lambda by: reopen_month(month, reason=REASON, by=by),
                may=state == PeriodState.CLOSED,
            ):  # fmt: skip
                self.book.closed.pop(month.pk)
        elif what == "stop":
            self.act(
                "stop closing", office, Role.ACCOUNTANT, lambda by: stop_closing(month, by=by),
                may=state == PeriodState.CLOSING,
            )  # fmt: skip
        elif state == PeriodState.OPEN:
            self.act(
                "begin closing", office, Role.ACCOUNTANT, lambda by: begin_closing(month, by=by),
                may=month.ends_on < self.today,
            )  # fmt: skip
        if what == "close":
            self._shut(office, month)

    def _shut(self, office: Office, month: FiscalPeriod) -> None:
        if self.act("close month", office, Role.ACCOUNTANT, lambda by: close_month(month, by=by)):
            with counties([office.county]):
                self.book.closed[month.pk] = entries_in(month)
