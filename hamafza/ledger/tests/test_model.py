"""Postings, reversals, moves, transfers and months in any order, beside a model in memory: never do they differ."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.scope import everywhere
from hamafza.ledger import postings
from hamafza.ledger.choices import EntryKind, PeriodState, Restriction, SurplusRule
from hamafza.ledger.commands.moves import approve_move, move_between_funds
from hamafza.ledger.commands.periods import begin_closing, close_month, period_of, reopen_month
from hamafza.ledger.commands.post import post_entry, reverse_entry
from hamafza.ledger.commands.transfers import TransferWish, approve_transfer, execute_transfer, request_transfer
from hamafza.ledger.models import Fund, JournalEntry
from hamafza.ledger.postings import Posting
from hamafza.ledger.queries.integrity import prove
from hamafza.ledger.queries.lists import sums_by_fund
from hamafza.ledger.tests.factories import SYSTEM, a_fund, an_allowance
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY

AMOUNTS = st.sampled_from([1, 30, 100])
PLACES = st.integers(0, 3)


class Books(RuleBasedStateMachine):
    """Four funds in two counties; the model knows of each what is in the bank and what is committed."""

    def __init__(self) -> None:
        super().__init__()
        self.scope = everywhere(reason="model")
        self.scope.__enter__()
        self.funds = [
            a_fund(restriction=Restriction.UNRESTRICTED, surplus_rule=SurplusRule.ANY_PURPOSE),
            a_fund(restriction=Restriction.UNRESTRICTED),
            a_fund(restriction=Restriction.PURPOSE, purpose="job"),
            a_fund(SISTER_COUNTY, restriction=Restriction.UNRESTRICTED),
        ]
        an_allowance()
        self.accountant, self.head, self.payer = (
            make_actor(role) for role in (Role.ACCOUNTANT, Role.COUNTY_HEAD, Role.PAYER)
        )
        self.receiver = make_actor(Role.COUNTY_HEAD, SISTER_COUNTY)
        self.director = make_actor(Role.PROVINCE_DIRECTOR)
        self.month = period_of(COUNTY, on=clock.today() - timedelta(days=40))
        self.bank: dict[Any, int] = defaultdict(int)
        self.committed: dict[Any, int] = defaultdict(int)
        #: Entries that may be reversed, with what they changed: (fund, bank, committed).
        self.standing: list[tuple[JournalEntry, list[tuple[Any, int, int]]]] = []
        self.posted = 0

    def teardown(self) -> None:
        proof = prove()
        self.scope.__exit__(None, None, None)
        assert proof.faults == []
        assert proof.looked_at["entries"] == self.posted

    # --- what happens ---

    def book(
        self, fund: Fund, kind: EntryKind, lines: list[Posting], *, bank: int = 0, committed: int = 0, back: int = 0
    ) -> None:
        """Post, and expect a refusal exactly when the model says so."""
        on = self.month.ends_on if back and fund.county_id == COUNTY else clock.today()
        closed = on == self.month.ends_on and self.month.state != PeriodState.OPEN
        may = self.free(fund) + bank - committed >= 0 and self.committed[fund.pk] + committed >= 0 and not closed
        try:
            with transaction.atomic():
                entry = post_entry(fund.county_id, kind=kind, on=on, lines=lines, source=("test", uuid4()), by=SYSTEM)
        except Refusal:
            assert not may
            return
        assert may
        self.keep(entry, [(fund.pk, bank, committed)])

    def keep(self, entry: JournalEntry, changes: list[tuple[Any, int, int]], *, reversible: bool = True) -> None:
        self.posted += 1
        for fund, bank, committed in changes:
            self.bank[fund] += bank
            self.committed[fund] += committed
        if reversible:
            self.standing.append((entry, changes))

    def free(self, fund: Fund) -> int:
        return self.bank[fund.pk] - self.committed[fund.pk]

    @rule(place=PLACES, amount=AMOUNTS, back=st.integers(0, 1))
    def receive(self, place: int, amount: int, back: int) -> None:
        fund = self.funds[place]
        self.book(fund, EntryKind.RECEIPT, postings.money_in(fund.pk, amount), bank=amount, back=back)

    @rule(place=PLACES, amount=AMOUNTS, back=st.integers(0, 1))
    def allocate(self, place: int, amount: int, back: int) -> None:
        fund = self.funds[place]
        self.book(fund, EntryKind.ALLOCATION, postings.committed(fund.pk, amount), committed=amount, back=back)

    @rule(place=PLACES, amount=AMOUNTS)
    def release(self, place: int, amount: int) -> None:
        fund = self.funds[place]
        self.book(fund, EntryKind.RELEASE, postings.released(fund.pk, amount), committed=-amount)

    @rule(place=PLACES, amount=AMOUNTS)
    def pay(self, place: int, amount: int) -> None:
        fund = self.funds[place]
        self.book(fund, EntryKind.DISBURSEMENT, postings.paid(fund.pk, amount), bank=-amount, committed=-amount)

    @rule(place=PLACES, amount=AMOUNTS)
    def pay_back(self, place: int, amount: int) -> None:
        fund = self.funds[place]
        self.book(fund, EntryKind.REFUND, postings.refunded(fund.pk, amount), bank=-amount)

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        entry, changes = data.draw(st.sampled_from(self.standing), label="entry")
        short = any(
            self.bank[fund] - bank - (self.committed[fund] - held) < 0 or self.committed[fund] - held < 0
            for fund, bank, held in changes
        )
        try:
            with transaction.atomic():
                back = reverse_entry(entry, on=clock.today(), reason="model", by=SYSTEM)
        except Refusal:
            assert short
            return
        assert not short
        self.standing.remove((entry, changes))
        self.keep(back, [(fund, -bank, -held) for fund, bank, held in changes], reversible=False)

    @rule(amount=AMOUNTS, towards=st.integers(1, 2))
    def move(self, amount: int, towards: int) -> None:
        source, to = self.funds[0], self.funds[towards]
        may = self.free(source) >= amount
        try:
            asked = move_between_funds(source, to, amount=amount, reason="x", by=self.accountant, key=uuid4())
            move = approve_move(asked, by=self.head)
        except Refusal:
            assert not may
            return
        assert may
        entry = JournalEntry.objects.get(pk=move.entry)
        self.keep(entry, [(source.pk, -amount, 0), (to.pk, amount, 0)])

    @rule(amount=AMOUNTS)
    def send_to_the_other_county(self, amount: int) -> None:
        source, target = self.funds[1], self.funds[3]
        wish = TransferWish(SISTER_COUNTY, amount, "x", "yes", clock.today())
        may = self.free(source) >= amount
        try:
            transfer = request_transfer(source, wish=wish, by=self.head, key=uuid4())
        except Refusal:
            assert not may
            return
        assert may
        approve_transfer(transfer, by=self.receiver)
        approve_transfer(transfer, by=self.director)
        done = execute_transfer(transfer, by=self.payer)
        assert done.to_fund == target.pk
        for entry, fund, change in ((done.entry_out, source, -amount), (done.entry_in, target, amount)):
            self.keep(JournalEntry.objects.get(pk=entry), [(fund.pk, change, 0)], reversible=False)

    @rule()
    def close_the_last_month(self) -> None:
        if self.month.state == PeriodState.OPEN:
            begin_closing(self.month, by=self.accountant)
            self.month = close_month(self.month, by=self.accountant)

    @rule(who=st.sampled_from(["accountant", "director"]))
    def reopen(self, who: str) -> None:
        by: Actor = self.director
        if self.month.state == PeriodState.CLOSED and who == "director":
            self.month = reopen_month(self.month, reason="late", by=by)

    # --- what must hold after every step ---

    @invariant()
    def funds_have_what_the_model_says(self) -> None:
        sums = sums_by_fund([fund.pk for fund in self.funds])
        for fund in self.funds:
            assert sums[fund.pk].free == self.free(fund) >= 0
            assert sums[fund.pk].committed == self.committed[fund.pk]


def within_a_transaction(*, runs: int, steps: int) -> None:
    """Each run in a transaction that is taken back."""

    class Undone(Books):
        def __init__(self) -> None:
            self.undo = transaction.atomic()
            self.undo.__enter__()
            super().__init__()

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self.undo.__exit__(None, None, None)

    quiet = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(Undone, settings=quiet)


@pytest.mark.django_db
@pytest.mark.usefixtures("without_gifts")
def test_books_are_what_the_model_says_after_every_step(places: Any) -> None:
    within_a_transaction(runs=30, steps=30)
