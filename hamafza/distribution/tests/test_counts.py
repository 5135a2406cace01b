"""Counts: entered by one, confirmed by another, booked once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.distribution.choices import CountState, MovementKind
from hamafza.distribution.commands.counts import Found, confirm_count, enter_count, give_up_count, start_count
from hamafza.distribution.commands.stock import waste
from hamafza.distribution.commands.warehouses import StoreDetails, keep_warehouse
from hamafza.distribution.models import Movement, StockCount
from hamafza.distribution.tests.factories import a_lot, a_movement, a_store, balance_of, small_losses
from hamafza.ledger.choices import Account
from hamafza.ledger.models import JournalLine
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(county: Place) -> Actor:
    return make_actor(Role.STOREKEEPER)


@pytest.fixture
def leader(county: Place) -> Actor:
    return make_actor(Role.COUNTY_HEAD)


def test_confirming_books_what_differs(keeper: Actor, leader: Actor) -> None:
    store = a_store()
    short, same, more = a_lot(store=store), a_lot(store=store), a_lot(store=store)
    count = start_count(store, by=keeper)
    enter_count(count, found=[Found(short, 7, "گم شده"), Found(same, 10), Found(more, 11)], by=keeper)
    closed = confirm_count(count, by=leader)
    assert [balance_of(lot, store)[0] for lot in (short, same, more)] == [7, 10, 11]
    assert Movement.objects.filter(kind=MovementKind.COUNT).count() == 2
    assert closed.state == CountState.FINALIZED
    assert sum(JournalLine.objects.filter(account=Account.STOCK).values_list("amount", flat=True)) == -2000


def test_lot_the_books_have_not_here_may_be_counted(keeper: Actor, leader: Actor) -> None:
    store, elsewhere = a_store(), a_lot()
    count = start_count(store, by=keeper)
    enter_count(count, found=[Found(elsewhere, 2)], by=keeper)
    confirm_count(count, by=leader)
    assert balance_of(elsewhere, store) == (2, 0)


def test_goods_may_move_between_counting_and_confirming(keeper: Actor, leader: Actor) -> None:
    store = a_store()
    lot = a_lot(store=store)
    count = start_count(store, by=keeper)
    enter_count(count, found=[Found(lot, 9)], by=keeper)
    small_losses()
    waste(lot, store, quantity=4, reason="خیس شده", by=keeper, key=uuid7())
    confirm_count(count, by=leader)
    assert balance_of(lot, store) == (5, 0)


def test_confirming_ones_own_count_is_refused(county: Place) -> None:
    store = a_store()
    both = make_actor(Role.COUNTY_HEAD)
    count = StockCount.objects.create(county_id=COUNTY, warehouse=store, counted_by_id=both.user_id)
    with pytest.raises(Refusal) as said:
        confirm_count(count, by=both)
    assert said.value.code == "same_hands"


def test_confirming_before_all_is_counted_is_refused(keeper: Actor, leader: Actor) -> None:
    store = a_store()
    a_lot(store=store)
    with pytest.raises(Refusal) as said:
        confirm_count(start_count(store, by=keeper), by=leader)
    assert said.value.code == "not_counted"


def test_confirming_less_than_is_reserved_is_refused(keeper: Actor, leader: Actor) -> None:
    store = a_store()
    lot = a_lot(store=store)
    a_movement(lot, store, MovementKind.RESERVE, 0, 8)
    count = start_count(store, by=keeper)
    enter_count(count, found=[Found(lot, 7)], by=keeper)
    with pytest.raises(Refusal) as said:
        confirm_count(count, by=leader)
    assert (said.value.code, balance_of(lot, store)) == ("reserved_is_missing", (10, 8))


def test_second_count_of_a_store_is_refused(keeper: Actor) -> None:
    store = a_store()
    start_count(store, by=keeper)
    with pytest.raises(Refusal) as said:
        start_count(store, by=keeper)
    assert said.value.code == "being_counted"


def test_closed_count_is_not_entered_again(keeper: Actor, leader: Actor) -> None:
    store = a_store()
    lot = a_lot(store=store)
    count = start_count(store, by=keeper)
    enter_count(count, found=[Found(lot, 10)], by=keeper)
    confirm_count(count, by=leader)
    with pytest.raises(Refusal) as said:
        enter_count(count, found=[Found(lot, 9)], by=keeper)
    assert said.value.code == "count_closed"


def test_count_given_up_leaves_nothing(keeper: Actor) -> None:
    store = a_store()
    a_lot(store=store)
    give_up_count(start_count(store, by=keeper), by=keeper)
    assert StockCount.objects.count() == 0


# --- stores ---


def test_store_is_added_and_corrected(keeper: Actor) -> None:
    store = keep_warehouse(COUNTY, details=StoreDetails("انبار مرکزي"), by=keeper)
    keep_warehouse(COUNTY, details=StoreDetails("انبار بزرگ", address="خیابان امام"), by=keeper, warehouse=store)
    store.refresh_from_db()
    assert (store.name, store.address) == ("انبار بزرگ", "خیابان امام")


def test_second_store_of_a_name_is_refused(keeper: Actor) -> None:
    keep_warehouse(COUNTY, details=StoreDetails("انبار مرکزی"), by=keeper)
    with pytest.raises(Refusal) as said:
        keep_warehouse(COUNTY, details=StoreDetails("انبار مركزي"), by=keeper)
    assert said.value.code == "name_taken"


def test_store_with_goods_does_not_go_out_of_use(keeper: Actor) -> None:
    store = a_store("انبار")
    a_lot(store=store)
    with pytest.raises(Refusal) as said:
        keep_warehouse(COUNTY, details=StoreDetails("انبار", active=False), by=keeper, warehouse=store)
    assert said.value.code == "not_empty"


def test_count_is_not_confirmed_by_who_entered_a_line_before_another_finished(keeper: Actor, county: Place) -> None:
    store = a_store()
    lot = a_lot(quantity=5, store=store)
    first = make_actor(Role.COUNTY_HEAD)
    both = Actor(name="both", user_id=first.user_id, duties=first.duties + make_actor(Role.STOREKEEPER).duties)
    count = start_count(store, by=keeper)
    enter_count(count, found=[Found(lot, 3)], by=both)
    enter_count(count, found=[], by=keeper)
    with pytest.raises(Refusal) as said:
        confirm_count(count, by=both)
    assert said.value.code == "same_hands"


def test_movement_dated_before_an_open_count_is_refused(keeper: Actor, county: Place) -> None:
    small_losses()
    store = a_store()
    lot = a_lot(quantity=5, store=store)
    start_count(store, by=keeper)
    before = clock.today() - timedelta(days=1)
    with pytest.raises(Refusal) as said:
        waste(lot, store, quantity=1, reason="خیس شده", by=keeper, key=uuid7(), on=before)
    assert said.value.code == "before_count"
