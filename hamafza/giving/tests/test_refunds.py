"""Refunds: three pairs of hands, only what nobody used, and a receipt that says what is left."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.giving.choices import AllocationState, RefundState
from hamafza.giving.commands.donations import reverse_donation
from hamafza.giving.commands.identify import identify_donation
from hamafza.giving.commands.refunds import approve_refund, pay_refund, refuse_refund, request_refund
from hamafza.giving.gift import Wish
from hamafza.giving.models import Allocation, Donation, GiftUse, Refund
from hamafza.giving.queries.integrity import gift_faults
from hamafza.giving.queries.remaining import remaining_of
from hamafza.giving.tests.factories_allocation import a_proposal
from hamafza.giving.tests.factories_donation import MILLION, a_confirmed, a_donation, an_online_gift, money
from hamafza.ledger.choices import Account
from hamafza.ledger.models import FundBalance
from hamafza.places.tests.factories import COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def refused(code: str) -> Any:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def requested(donation: Donation, amount: int = MILLION) -> Refund:
    return request_refund(
        donation.lines.get(), amount=amount, reason="خیر پشیمان شد", by=make_actor(Role.ACCOUNTANT), key=uuid7()
    )


def paid(refund: Refund) -> Refund:
    approve_refund(refund, by=make_actor(Role.COUNTY_HEAD))
    return pay_refund(refund, reference="12345", by=make_actor(Role.PAYER))


def use(donation: Donation, amount: int) -> None:
    """As if so much of it were allocated."""
    line = donation.lines.get()
    allocation = Allocation.objects.create(
        county_id=COUNTY,
        fund=line.fund,
        what="بسته",
        amount=amount,
        state=AllocationState.APPROVED,
        approved_at=clock.now(),
    )
    GiftUse.objects.create(county_id=COUNTY, line=line, allocation=allocation, amount=amount)


def bank(donation: Donation) -> int:
    return FundBalance.objects.get(fund=donation.lines.get().fund, account=Account.BANK).amount


def test_refund_in_full_leaves_nothing_and_voids_the_receipt() -> None:
    donation = a_confirmed()
    refund = paid(requested(donation))
    assert (refund.state, bank(donation)) == (RefundState.PAID, 0)
    assert donation.receipts.get().voided_at is not None


def test_refund_in_part_leaves_the_rest_with_a_receipt_of_the_rest() -> None:
    donation = a_confirmed(money(5 * MILLION))
    paid(requested(donation, 2 * MILLION))
    new = donation.receipts.get(voided_at=None)
    assert (bank(donation), new.number, json.loads(new.printed)["total"]) == (3 * MILLION, 2, 3 * MILLION)


@pytest.mark.parametrize("amount", [0, -1, MILLION + 1])
def test_refund_of_more_than_was_given_is_refused(amount: int) -> None:
    with refused("used"):
        requested(a_confirmed(), amount)


def test_refund_after_spending_is_refused() -> None:
    donation = a_confirmed()
    use(donation, MILLION)
    with refused("used"):
        requested(donation, 1)


def test_refund_of_what_is_not_used_yet_is_allowed_and_no_rial_more() -> None:
    donation = a_confirmed(money(5 * MILLION))
    use(donation, 4 * MILLION)
    with refused("used"):
        requested(donation, MILLION + 1)
    assert requested(donation, MILLION).state == RefundState.REQUESTED


def test_refund_asked_twice_over_the_whole_is_refused() -> None:
    donation = a_confirmed()
    requested(donation, MILLION)
    with refused("used"):
        requested(donation, 1)


def test_refund_that_is_refused_frees_its_part() -> None:
    donation = a_confirmed()
    refuse_refund(requested(donation), reason="خیر منصرف شد", by=make_actor(Role.COUNTY_HEAD))
    line = donation.lines.get()
    assert remaining_of([line])[line.pk] == MILLION


def test_what_is_asked_back_is_not_decided_on() -> None:
    donation = a_confirmed(money(2 * MILLION))
    asked = requested(donation, MILLION)
    fund = donation.lines.get().fund
    with refused("overdrawn"):
        a_proposal(fund, amount=MILLION + 1)
    assert a_proposal(fund, amount=MILLION).amount == MILLION
    refuse_refund(asked, reason="خیر منصرف شد", by=make_actor(Role.COUNTY_HEAD))
    assert a_proposal(fund, amount=2 * MILLION).amount == 2 * MILLION


def test_gift_is_not_identified_while_part_of_it_is_asked_back() -> None:
    donation, accountant = a_confirmed(unidentified=True), make_actor(Role.ACCOUNTANT)
    asked = requested(donation, MILLION // 4)
    with refused("refund_under_way"):
        identify_donation(donation, benefactor=None, wish=Wish(purpose="job"), by=accountant)
    refuse_refund(asked, reason="خیر منصرف شد", by=make_actor(Role.COUNTY_HEAD))
    identify_donation(donation, benefactor=None, wish=Wish(purpose="job"), by=accountant)
    assert list(gift_faults()) == []


def test_refund_of_a_gift_that_waits_is_refused() -> None:
    with refused("not_confirmed"):
        requested(a_donation())


def test_refund_of_money_the_gateway_still_holds_is_refused() -> None:
    with refused("not_settled"):
        requested(an_online_gift())


def test_refund_steps_need_three_pairs_of_hands() -> None:
    refund = requested(a_confirmed())
    head, payer = make_actor(Role.COUNTY_HEAD), make_actor(Role.PAYER)
    with refused("same_hands"):
        approve_refund(refund, by=replace(head, user_id=refund.requested_by_id))
    approve_refund(refund, by=head)
    with refused("same_hands"):
        pay_refund(refund, reference="", by=replace(payer, user_id=head.user_id))
    assert pay_refund(refund, reference="1", by=payer).state == RefundState.PAID


def test_refund_is_not_paid_before_approval_and_not_twice() -> None:
    refund, payer = requested(a_confirmed()), make_actor(Role.PAYER)
    with refused("no_such_step"):
        pay_refund(refund, reference="1", by=payer)
    paid(refund)
    with refused("no_such_step"):
        pay_refund(refund, reference="1", by=payer)


def test_refund_asked_again_with_its_key_is_one() -> None:
    line, accountant, key = a_confirmed().lines.get(), make_actor(Role.ACCOUNTANT), uuid7()
    first = request_refund(line, amount=5, reason="x", by=accountant, key=key)
    assert request_refund(line, amount=5, reason="x", by=accountant, key=key) == first


def test_reverse_gift_that_is_partly_asked_back_is_refused() -> None:
    donation = a_confirmed(money(5 * MILLION))
    requested(donation)
    with refused("used"):
        reverse_donation(donation, reason="x", by=make_actor(Role.ACCOUNTANT))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.booleans(), st.integers(1, 700)), max_size=6))
def test_used_and_paid_back_never_exceed_the_gift(steps: list[tuple[bool, int]]) -> None:
    donation = a_confirmed(money(1000))
    line = donation.lines.get()
    expected = 1000
    for is_use, amount in steps:
        fits = amount <= expected
        expected -= amount if fits else 0
        if is_use and fits:
            use(donation, amount)
        elif is_use:
            continue
        elif fits:
            paid(requested(donation, amount))
        else:
            with refused("used"):
                requested(donation, amount)
        assert remaining_of([line])[line.pk] == expected
