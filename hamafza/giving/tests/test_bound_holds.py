"""A giver's hold whose money is decided on: it waits, bound, until the household has confirmed, and ends with the decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.giving.choices import GivingMode, ReservationState
from hamafza.giving.commands.allocations import release_allocation
from hamafza.giving.commands.disbursements import confirm_payment, return_payment
from hamafza.giving.commands.reservations import accept, expire_holds, release
from hamafza.giving.models import Allocation, Reservation
from hamafza.giving.queries.integrity_use import spending_faults
from hamafza.giving.tests.factories_allocation import a_payment, an_approved
from hamafza.giving.tests.factories_card import a_card, a_hold
from hamafza.giving.tests.factories_donation import MILLION, a_confirmed, a_giver, money
from hamafza.ledger.models import Fund
from hamafza.needs.models import Need
from hamafza.places.tests.factories import COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def a_bound() -> Allocation:
    card, giver = a_card(), a_giver()
    accept(a_hold(card, benefactor=giver, mode=GivingMode.THROUGH_FUND), by=make_actor())
    gift = a_confirmed(money(MILLION), benefactor=giver, wish={"need": card.need})
    return an_approved(Fund.objects.get(pk=gift.lines.get().fund_id), need=card.need)


def stands() -> tuple[Any, list[str]]:
    return Reservation.objects.get().state, spending_faults(COUNTY)


def test_hold_is_confirmed_when_the_household_has_confirmed() -> None:
    allocation = a_bound()
    assert stands() == (ReservationState.ACCEPTED, [])
    payment = a_payment(allocation)
    assert stands() == (ReservationState.ACCEPTED, [])
    worker = make_actor()
    confirm_payment(payment, by=worker)
    assert stands() == (ReservationState.CONFIRMED, [])
    assert Reservation.objects.get().confirmed_by_id == worker.user_id
    return_payment(payment, reason="حساب بسته بود", by=make_actor(Role.PAYER))
    assert stands() == (ReservationState.ACCEPTED, [])


def test_hold_ends_when_the_money_goes_back_to_its_fund() -> None:
    release_allocation(a_bound(), reason="خانواده خودش خرید", by=make_actor(Role.COUNTY_HEAD))
    assert stands() == (ReservationState.RELEASED, [])
    assert Need.objects.get(allocations__isnull=False).reserved == 0


def test_bound_hold_neither_expires_nor_is_given_up() -> None:
    a_bound()
    assert expire_holds(COUNTY, now=clock.now() + timedelta(days=400)) == 0
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "bound"):
        release(Reservation.objects.get(), reason="x", by=make_actor())
    assert stands() == (ReservationState.ACCEPTED, [])
