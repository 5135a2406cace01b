"""Any sequence at the doors of a round, beside a model that is nothing but a dictionary: S4, S5 and what belongs together."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings as profile, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.distribution.choices import EntryState as E, RoundState
from hamafza.distribution.commands.deliveries import deliver, mark_absent, mark_refused, replace, take_back
from hamafza.distribution.commands.reconcile import reconcile_round
from hamafza.distribution.models import Delivery, LotBalance, Round, RoundEntry
from hamafza.distribution.queries.integrity_rounds import faults_of_rounds
from hamafza.distribution.round_flow import ENTRY_FLOW
from hamafza.distribution.tests.factories_round import WITNESSES, Setting, a_round, a_setting
from hamafza.needs.models import AidRecord, Need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.django_db
#: script/test runs 30 x 30; ROUND_MACHINE=2000x50 runs more.
RUNS, STEPS = (int(number) for number in os.environ.get("ROUND_MACHINE", "30x30").split("x"))
FAMILIES, PLANNED, GOODS = 7, 3, 9
WHICH = st.integers(0, FAMILIES - 1)

STAGE: dict[str, tuple[Setting, Round]] = {}


class Doors(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.setting, self.going = STAGE["now"]
        self.entries = list(self.going.entries.order_by("rank"))
        self.states: dict[UUID, str] = {entry.pk: entry.state for entry in self.entries}
        self.replaced: set[UUID] = set()
        self.closed = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @property
    def delivered(self) -> int:
        return sum(state == E.DELIVERED for state in self.states.values())

    def _try(self, act: Callable[[], Any], *, may: bool) -> Any:
        """Do it; what the model forbids must be refused, what it allows must happen."""
        if not may:
            with pytest.raises(Refusal), transaction.atomic():
                act()
            return None
        with transaction.atomic():
            return act()

    def _may(self, entry: RoundEntry, after: str) -> bool:
        return not self.closed and after in ENTRY_FLOW[self.states[entry.pk]]

    @rule(which=WHICH, twice=st.booleans())
    def hand_over(self, which: int, twice: bool) -> None:
        entry, key = self.entries[which], uuid7()
        awaited = self.states[entry.pk] in (E.LISTED, E.ABSENT)
        may = not self.closed and awaited and self.delivered < PLANNED

        def act() -> Delivery:
            return deliver(entry, proof=WITNESSES, by=self.setting.office.deliverer, key=key)

        first = self._try(act, may=may)
        if first is not None:
            self.states[entry.pk] = E.DELIVERED
            assert not twice or act() == first

    @rule(which=WHICH)
    def find_nobody(self, which: int) -> None:
        entry = self.entries[which]
        if self._try(lambda: mark_absent(entry, by=self.setting.office.deliverer), may=self._may(entry, E.ABSENT)):
            self.states[entry.pk] = E.ABSENT

    @rule(which=WHICH)
    def not_wanted(self, which: int) -> None:
        entry = self.entries[which]
        if self._try(lambda: mark_refused(entry, by=self.setting.office.deliverer), may=self._may(entry, E.REFUSED)):
            self.states[entry.pk] = E.REFUSED

    @rule(which=WHICH)
    def come_back(self, which: int) -> None:
        entry, by = self.entries[which], self.setting.office.deliverer
        if self._try(lambda: take_back(entry, reason="برگشت", by=by), may=self._may(entry, E.RETURNED)):
            self.states[entry.pk] = E.RETURNED

    @rule(which=WHICH)
    def give_to_the_next(self, which: int) -> None:
        entry = self.entries[which]
        next_ones = [one for one in self.entries if self.states[one.pk] == E.STANDBY]
        state = self.states[entry.pk]
        free = state in (E.ABSENT, E.REFUSED, E.RETURNED) and entry.pk not in self.replaced
        may = not self.closed and free and bool(next_ones)
        if following := self._try(lambda: replace(entry, by=self.setting.office.deliverer, reason="سفر"), may=may):
            assert following.pk == next_ones[0].pk
            self.states[following.pk] = E.LISTED
            self.replaced.add(entry.pk)
            self.states[entry.pk] = E.REPLACED if state in (E.LISTED, E.ABSENT) else state

    @rule(wasted=st.integers(0, 2), wrong=st.sampled_from([0, 0, 0, 1]))
    def close(self, wasted: int, wrong: int) -> None:
        back = PLANNED - self.delivered - wasted + wrong
        may = not self.closed and back >= 0 and not wrong
        by = self.setting.office.accountant
        if self._try(lambda: reconcile_round(self.going, wasted=wasted, came_back=back, by=by), may=may):
            self.closed = True
            waiting = (E.LISTED, E.ABSENT, E.STANDBY)
            self.states = {pk: E.RELEASED if state in waiting else state for pk, state in self.states.items()}
            assert Round.objects.get(pk=self.going.pk).state == RoundState.RECONCILED

    @invariant()
    def entries_are_as_the_model_says(self) -> None:
        assert dict(self.going.entries.values_list("pk", "state")) == self.states

    @invariant()
    def everything_written_agrees(self) -> None:
        assert list(faults_of_rounds(COUNTY)) == []

    @invariant()
    def goods_are_in_the_store_or_with_a_family(self) -> None:
        kept = LotBalance.objects.get()
        wasted = Round.objects.get(pk=self.going.pk).wasted
        assert kept.on_hand == GOODS - self.delivered - wasted
        assert kept.reserved == (0 if self.closed else PLANNED - self.delivered)

    @invariant()
    def needs_are_met_by_what_was_delivered_and_promised_to_who_awaits(self) -> None:
        met = set(Need.objects.filter(delivered=1).values_list("round_entries", flat=True))
        promised = set(Need.objects.filter(reserved=1).values_list("round_entries", flat=True))
        assert met == {pk for pk, state in self.states.items() if state == E.DELIVERED}
        assert promised == {pk for pk, state in self.states.items() if state in (E.LISTED, E.ABSENT)}

    @invariant()
    def aid_on_record_is_what_was_delivered(self) -> None:
        assert AidRecord.objects.filter(taken_back_at=None).count() == self.delivered


def test_any_sequence_at_the_doors_leaves_everything_in_agreement(county: Place) -> None:
    setting = a_setting(families=FAMILIES, goods=GOODS)
    STAGE["now"] = (setting, a_round(setting, until="out", planned=PLANNED))
    run_state_machine_as_test(
        Doors,
        settings=profile(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
