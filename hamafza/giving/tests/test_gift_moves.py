"""Gifts go with the money they are: to another fund, back again, and over the border only with their givers' consent."""

from __future__ import annotations

from typing import Any

import pytest

from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.commands.refunds import request_refund
from hamafza.giving.models import Donation, DonationLine, GiftMove, GiftUse
from hamafza.giving.queries.integrity import gift_faults
from hamafza.giving.queries.integrity_use import spending_faults
from hamafza.giving.queries.remaining import asked_back_of, remaining_in, remaining_of
from hamafza.giving.tests.factories_allocation import an_approved
from hamafza.giving.tests.factories_donation import MILLION, a_confirmed, a_giver, money
from hamafza.giving.tests.factories_transfer import asked, carried_out, number_of
from hamafza.ledger.choices import Restriction, TransferState
from hamafza.ledger.commands.moves import move_between_funds
from hamafza.ledger.commands.reversals import reverse_by_hand
from hamafza.ledger.commands.transfers import (
    refuse_transfer,
)
from hamafza.ledger.models import Fund, FundMove, JournalEntry
from hamafza.ledger.tests.factories import a_fund
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY

SYSTEM = system_actor("test")


@pytest.fixture(autouse=True)
def _open(county: Place) -> None:
    """Pakdasht is open."""


def refusal(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda said: said.code == code)


def given(amount: int, **fields: Any) -> DonationLine:
    """A gift for whatever the county needs."""
    return a_confirmed(money(amount), **fields).lines.select_related("donation", "fund").get()


def jobs() -> Fund:
    return a_fund(restriction=Restriction.PURPOSE, purpose="job")


def moved(source: Fund, target: Fund, amount: int) -> FundMove:
    return move_between_funds(source, target, amount=amount, reason="x", by=SYSTEM, key=uuid7())


def faults() -> list[str]:
    return [*spending_faults(COUNTY), *gift_faults()]


def test_gifts_go_with_money_that_is_moved_first_come_first_gone() -> None:
    first, second, target = given(3 * MILLION), given(2 * MILLION), jobs()
    moved(first.fund, target, 4 * MILLION)
    assert remaining_in(target.pk, [first, second]) == {first.pk: 3 * MILLION, second.pk: MILLION}
    assert remaining_of([first, second]) == {first.pk: 0, second.pk: MILLION}
    an_approved(target, amount=4 * MILLION, purpose="job")
    assert set(GiftUse.objects.values_list("line", "amount")) == {(first.pk, 3 * MILLION), (second.pk, MILLION)}
    assert remaining_in(target.pk, [first, second]) == {first.pk: 0, second.pk: 0}
    assert faults() == []


def test_money_of_a_refund_under_way_is_not_moved() -> None:
    line = given(3 * MILLION)
    request_refund(line, amount=2 * MILLION, reason="x", by=SYSTEM, key=uuid7())
    with refusal("promised"):
        moved(line.fund, jobs(), 2 * MILLION)
    moved(line.fund, jobs(), MILLION)
    assert (asked_back_of(line.fund_id), faults()) == (2 * MILLION, [])


def test_gift_that_was_moved_is_not_paid_back_out_of_the_fund_it_left() -> None:
    line = given(3 * MILLION)
    given(3 * MILLION)
    moved(line.fund, jobs(), 3 * MILLION)
    with refusal("used"):
        request_refund(line, amount=1, reason="x", by=SYSTEM, key=uuid7())


def test_move_taken_back_brings_its_gifts_back() -> None:
    line, target = given(3 * MILLION), jobs()
    move = moved(line.fund, target, 2 * MILLION)
    reverse_by_hand(JournalEntry.objects.get(pk=move.entry), reason="Wrong fund", by=SYSTEM)
    assert (remaining_of([line]), remaining_in(target.pk, [line])) == ({line.pk: 3 * MILLION}, {line.pk: 0})
    assert faults() == []


def test_move_is_not_taken_back_when_its_gifts_are_used() -> None:
    line, target = given(3 * MILLION), jobs()
    move = moved(line.fund, target, 2 * MILLION)
    an_approved(target, amount=2 * MILLION, purpose="job")
    given(3 * MILLION, wish={"purpose": "job"})
    with refusal("used"):
        reverse_by_hand(JournalEntry.objects.get(pk=move.entry), reason="Wrong fund", by=SYSTEM)


# --- over the border ---


def test_transfer_holds_the_gifts_whose_givers_agree_and_no_others() -> None:
    first, second = given(3 * MILLION), given(2 * MILLION)
    transfer = asked(first.fund, number_of(second), amount=2 * MILLION)
    assert list(GiftMove.objects.values_list("line", "amount", "transfer")) == [(second.pk, 2 * MILLION, transfer.pk)]
    assert remaining_of([first, second]) == {first.pk: 3 * MILLION, second.pk: 0}
    with refusal("overdrawn"):
        an_approved(first.fund, amount=4 * MILLION, purpose="job")
    an_approved(first.fund, amount=3 * MILLION, purpose="job")
    assert faults() == []


def test_transfer_beyond_what_remains_of_the_gifts_refused() -> None:
    first, second = given(3 * MILLION), given(2 * MILLION)
    with refusal("beyond_consent"):
        asked(first.fund, number_of(second), amount=2 * MILLION + 1)
    asked(first.fund, number_of(second), amount=MILLION)
    with refusal("beyond_consent"):
        asked(first.fund, number_of(second), amount=MILLION + 1)


def test_transfer_of_no_gift_or_one_of_another_fund_refused() -> None:
    line, other = given(3 * MILLION), given(MILLION, wish={"purpose": "job"})
    with refusal("gift_not_here"):
        asked(line.fund, amount=MILLION)
    with refusal("gift_not_here"):
        asked(line.fund, number_of(line), number_of(other), amount=MILLION)
    with refusal("gift_not_here"):
        asked(line.fund, (1300, 1), amount=MILLION)


def test_refused_transfer_lets_its_gifts_free() -> None:
    line = given(3 * MILLION)
    transfer = asked(line.fund, number_of(line), amount=MILLION)
    refuse_transfer(transfer, reason="No", by=make_actor(Role.PROVINCE_DIRECTOR))
    assert (remaining_of([line])[line.pk], asked_back_of(line.fund_id), faults()) == (3 * MILLION, 0, [])


def test_transfer_that_is_done_takes_its_gifts_along() -> None:
    line = given(3 * MILLION)
    done = carried_out(asked(line.fund, number_of(line), amount=MILLION))
    assert (done.state, remaining_of([line])[line.pk]) == (TransferState.DONE, 2 * MILLION)
    an_approved(line.fund, amount=2 * MILLION, purpose="job")
    with counties([SISTER_COUNTY]):
        there = Fund.objects.get(pk=done.to_fund)
        an_approved(there, amount=MILLION, purpose="job")
        assert spending_faults(SISTER_COUNTY) == []
    assert faults() == []


def test_reason_that_names_the_giver_refused() -> None:
    giver = a_giver("مریم کاظمی‌نژاد")
    line = given(3 * MILLION, benefactor=giver)
    with refusal("tells_who"):
        asked(line.fund, number_of(line), amount=MILLION, reason="به خواست خانم کاظمی نژاد")
    assert Donation.objects.count() == 1
