"""Separate hands are measured by what others have said: no movement is made small by cutting or by leaving a value out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.errors import Refusal
from hamafza.giving.choices import Channel, DisbursementState
from hamafza.giving.commands.disbursements import approve_payment, confirm_payment, pay
from hamafza.giving.commands.donations import confirm_donation
from hamafza.giving.commands.reservations import accept, confirm, deliver
from hamafza.giving.models import Item, NeedCard
from hamafza.giving.queries.allocations import payments_waiting
from hamafza.giving.tests.factories_allocation import a_payment, a_request, an_approved
from hamafza.giving.tests.factories_card import a_hold
from hamafza.giving.tests.factories_donation import MILLION, a_donation, goods
from hamafza.giving.tests.factories_item import an_item
from hamafza.ledger.choices import Movement
from hamafza.ledger.models import Threshold
from hamafza.places.tests.factories import COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def refused() -> Any:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == "same_hands")


def small(movement: Movement, rial: int) -> None:
    """From here on so much needs no second pair of hands."""
    Threshold.objects.create(
        place_id=COUNTY, movement=movement, rial=rial, decided_by="شورا", valid_from=date(2020, 1, 1)
    )


def also(role: Role, user: UUID | None) -> Actor:
    return replace(make_actor(role), user_id=user)


def test_decision_paid_in_small_parts_is_measured_as_a_whole() -> None:
    small(Movement.ALLOCATION, MILLION // 2)
    request = a_request(an_approved(), amount=MILLION // 10)
    with refused():
        approve_payment(request, by=also(Role.COUNTY_HEAD, request.requested_by_id))
    approve_payment(request, by=make_actor(Role.COUNTY_HEAD))
    with refused():
        pay(request, reference="1", by=also(Role.PAYER, request.allocation.requested_by_id))
    with refused():
        pay(request, reference="1", by=also(Role.PAYER, request.allocation.approved_by_id))


def test_whoever_asked_for_the_decision_approves_no_payment_and_confirms_none() -> None:
    request = a_request()
    asker = request.allocation.requested_by_id
    with refused():
        approve_payment(request, by=also(Role.COUNTY_HEAD, asker))
    paid = a_payment()
    with refused():
        confirm_payment(paid, by=also(Role.SOCIAL_WORKER, paid.allocation.requested_by_id))
    with refused():
        confirm_payment(paid, by=also(Role.SOCIAL_WORKER, paid.allocation.approved_by_id))


def test_whoever_approved_the_decision_may_approve_its_payment() -> None:
    request = a_request()
    head = also(Role.COUNTY_HEAD, request.allocation.approved_by_id)
    assert list(payments_waiting(COUNTY, state=DisbursementState.REQUESTED, not_by=head.user_id)) == [request]
    assert approve_payment(request, by=head).state == DisbursementState.APPROVED
    assert not payments_waiting(COUNTY, state=DisbursementState.APPROVED, not_by=head.user_id)


@pytest.mark.parametrize("value", [0, 2 * MILLION])
def test_goods_without_a_value_or_below_the_catalogue_are_not_small(value: int) -> None:
    small(Movement.DONATION, MILLION)
    item, both = an_item(), make_actor(Role.GIVING_OFFICER)
    Item.objects.update(unit_value_rial=value)
    donation = a_donation(goods(item, 2, amount=1 if value else 0), by=both, channel=Channel.IN_KIND)
    with refused():
        confirm_donation(donation, by=also(Role.ACCOUNTANT, both.user_id))


@pytest.mark.parametrize("cost", [None, 2 * MILLION])
def test_direct_gift_is_not_made_small_by_who_confirms_it(cost: int | None) -> None:
    small(Movement.STOCK, MILLION)
    held, worker = a_hold(), make_actor()
    NeedCard.objects.update(unit_rial=cost)
    accept(held, by=worker)
    deliver(held, by=worker)
    with refused():
        confirm(held, value_rial=0, by=worker)
