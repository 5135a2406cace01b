"""A gift of goods is reversed: the goods leave the store as given back, or the gift stands with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.commands.stock import move_stock, pack_kits, receive_goods
from hamafza.distribution.models import Lot, LotBalance, Movement, Warehouse
from hamafza.distribution.queries.integrity import stock_faults
from hamafza.distribution.queries.stock_lists import goods_to_come
from hamafza.distribution.tests.factories import a_kit, a_movement, a_store, an_item
from hamafza.giving.choices import DonationState
from hamafza.giving.commands.donations import reverse_donation
from hamafza.giving.models import Donation, Item
from hamafza.giving.queries.integrity import gift_faults
from hamafza.giving.tests.factories_donation import a_confirmed, goods, money
from hamafza.ledger.choices import Account
from hamafza.ledger.models import FundBalance
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.django_db


def given(quantity: int = 10, *, item: Item | None = None, more: Any = ()) -> Donation:
    return a_confirmed(goods(item or an_item(), quantity), *more)


def taken_in(donation: Donation, quantity: int = 10, *, store: Warehouse | None = None) -> Lot:
    with counties([COUNTY]):
        return receive_goods(
            donation.lines.get(kind="goods"),
            warehouse=store or a_store(),
            quantity=quantity,
            expires_on=None,
            by=make_actor(Role.STOREKEEPER),
            key=uuid7(),
        )


def reversed_(donation: Donation) -> Donation:
    with counties([COUNTY]):
        return reverse_donation(donation, reason="خیر پس خواست", by=make_actor(Role.ACCOUNTANT))


def units() -> int:
    with counties([COUNTY]):
        return sum(LotBalance.objects.values_list("on_hand", flat=True))


def test_reverse_goods_that_lie_free_takes_them_out_of_stock_books_and_receipt() -> None:
    donation = given()
    lot = taken_in(donation)
    done = reversed_(donation)
    with counties([COUNTY]):
        gone = Movement.objects.get(lot=lot, kind=MovementKind.GIVEN_BACK)
        assert (gone.quantity, gone.reason, units()) == (-10, "خیر پس خواست", 0)
        assert done.state == DonationState.REVERSED
        assert not done.receipts.filter(voided_at=None).exists()
        assert FundBalance.objects.get(account=Account.STOCK).amount == 0
        assert [*gift_faults(), *stock_faults()] == []


def test_reverse_goods_in_two_stores_and_money_beside_them_takes_all() -> None:
    donation, here, there = given(more=[money()]), a_store(), a_store()
    lot = taken_in(donation, 6, store=here)
    taken_in(donation, 4, store=there)
    with counties([COUNTY]):
        move_stock(lot, source=here, target=there, quantity=2, lost=0, by=make_actor(Role.STOREKEEPER), key=uuid7())
    reversed_(donation)
    assert units() == 0


def test_reverse_goods_that_came_in_part_is_not_waited_for_any_more() -> None:
    donation = given()
    taken_in(donation, 4)
    reversed_(donation)
    with counties([COUNTY]):
        assert list(goods_to_come(COUNTY)) == []


def test_reverse_goods_that_never_came_moves_nothing_in_the_store() -> None:
    donation = given()
    reversed_(donation)
    with counties([COUNTY]):
        assert not Movement.objects.exists()


def pack_some(lot: Lot, store: Warehouse) -> None:
    kit = a_kit({lot.item: 2})
    pack_kits(COUNTY, kit_version=kit, count=1, warehouse=store, by=make_actor(Role.STOREKEEPER), key=uuid7())


def set_aside_some(lot: Lot, store: Warehouse) -> None:
    a_movement(lot, store, MovementKind.RESERVE, reserved=1)


def lose_one(lot: Lot, store: Warehouse) -> None:
    a_movement(lot, store, MovementKind.WASTE, -1)


@pytest.mark.parametrize("use", [pack_some, set_aside_some, lose_one])
def test_reverse_goods_of_which_some_are_used_is_refused_and_changes_nothing(use: Any) -> None:
    donation, store = given(), a_store()
    lot = taken_in(donation, store=store)
    with counties([COUNTY]):
        use(lot, store)
    before = units()
    with pytest.raises(Refusal) as refused:
        reversed_(donation)
    with counties([COUNTY]):
        assert (refused.value.code, units()) == ("goods_used", before)
        assert Donation.objects.get(pk=donation.pk).state == DonationState.CONFIRMED


def test_reverse_goods_in_the_browser_says_what_happens(signed_in: Any) -> None:
    donation = given()
    taken_in(donation)
    client = signed_in(Role.ACCOUNTANT)
    page = client.get(reverse("giving:donation-record", args=[donation.pk]))
    assert page.context["may_reverse"]
    assert page.context["has_goods"]
    client.post(reverse("giving:donation-reverse", args=[donation.pk]), {"reverse-reason": "پس خواست"})
    assert units() == 0
