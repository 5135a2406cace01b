"""A payment that comes back after the rest was given back: the money is committed again and can be given back too."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.errors import Refusal
from hamafza.giving.choices import AllocationState
from hamafza.giving.commands.allocations import approve_allocation, release_allocation
from hamafza.giving.commands.disbursements import return_payment
from hamafza.giving.models import Allocation
from hamafza.giving.queries.integrity_use import spending_faults
from hamafza.giving.tests.factories_allocation import a_payment, an_approved
from hamafza.giving.tests.factories_card import alike_needs
from hamafza.giving.tests.factories_donation import MILLION
from hamafza.ledger.choices import Account
from hamafza.ledger.models import Fund
from hamafza.ledger.queries.funds import balances_of, free_of
from hamafza.needs.models import Need
from hamafza.places.models import Place

pytestmark = pytest.mark.django_db


def a_returned(allocation: Allocation, **asked: Any) -> Allocation:
    """A part is paid, the rest given back to the fund, and then the bank returns the payment."""
    payment = a_payment(allocation, **asked)
    release_allocation(Allocation.objects.get(pk=allocation.pk), reason="x", by=make_actor(Role.COUNTY_HEAD))
    return_payment(payment, reason="حساب بسته بود", by=make_actor(Role.PAYER))
    return Allocation.objects.get(pk=allocation.pk)


def committed_in(fund: UUID) -> int:
    return -balances_of([fund])[fund].get(Account.COMMITTED, 0)


def test_payment_returned_after_the_rest_was_given_back_can_be_given_back_too(county: Place) -> None:
    allocation = a_returned(an_approved(), amount=600_000)
    assert (allocation.state, committed_in(allocation.fund_id)) == (AllocationState.APPROVED, 600_000)
    release_allocation(allocation, reason="x", by=make_actor(Role.COUNTY_HEAD))
    assert (free_of(Fund.objects.get(pk=allocation.fund_id)), committed_in(allocation.fund_id)) == (10 * MILLION, 0)
    assert spending_faults(county.code) == []


@pytest.mark.parametrize("units", [0, 1])
def test_payment_returned_after_the_rest_was_given_back_holds_its_own_units_alone(county: Place, units: int) -> None:
    need = alike_needs(1, required=2)[0]
    allocation = a_returned(an_approved(need=need, units=2), amount=600_000, units=units)
    assert Need.objects.get(pk=need.pk).reserved == units
    assert spending_faults(county.code) == []
    a_payment(allocation, amount=600_000)
    assert Need.objects.get(pk=need.pk).delivered == units
    assert spending_faults(county.code) == []


def test_approve_what_is_paid_or_given_back_is_refused(county: Place) -> None:
    paid, back, head = a_payment().allocation, an_approved(), make_actor(Role.COUNTY_HEAD)
    release_allocation(back, reason="x", by=head)
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "no_such_step"):
        approve_allocation(paid, by=head)
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "no_such_step"):
        approve_allocation(back, by=head)
