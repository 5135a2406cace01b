"""What verify finds when the guards have been taken off and rows were changed past them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.guards import drop_guards
from hamafza.core.ids import uuid7
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.commands.stock import pack_kits, receive_goods, reject_arrival
from hamafza.distribution.models import Lot, LotBalance, LotSource, Movement
from hamafza.distribution.queries.integrity import book_faults, stock_checked, stock_faults
from hamafza.distribution.tests.factories import a_fund, a_goods_line, a_kit, a_lot, a_movement, a_store, an_item
from hamafza.distribution.triggers import STOCK
from hamafza.giving.models import DonationLine
from hamafza.ledger.choices import EntryKind
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.postings import goods_in
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.django_db


@pytest.fixture
def packed(county: Place) -> Lot:
    """A sound stock: a gift, packed into kits."""
    store, rice = a_store(), an_item()
    a_lot(rice, store=store)
    return pack_kits(
        COUNTY,
        kit_version=a_kit({rice: 2}),
        count=3,
        warehouse=store,
        by=make_actor(Role.STOREKEEPER),
        key=uuid7(),
    )[0]


def faults() -> list[str]:
    return [fault for fault in stock_faults() if not fault.startswith("guard")]


def test_sound_stock_has_no_fault(packed: Lot) -> None:
    assert list(stock_faults()) == []
    assert stock_checked() == 5


def test_guards_taken_off_are_said(packed: Lot) -> None:
    drop_guards(connection, STOCK)
    assert len(list(stock_faults())) == len(STOCK.of(connection))


def test_balance_that_was_changed_is_found(packed: Lot) -> None:
    LotBalance.objects.filter(lot=packed).update(on_hand=9)
    assert faults() == [f"lot {packed.code}: (9, 0) is kept, its movements sum to (3, 0)"]


def test_movement_that_was_changed_is_found(packed: Lot) -> None:
    drop_guards(connection, STOCK)
    Movement.objects.filter(kind=MovementKind.IN).update(quantity=11)
    assert any("its movements sum to" in fault for fault in faults())
    assert any(fault.startswith("donation line") for fault in faults())


def test_lot_moved_to_another_fund_is_found(packed: Lot) -> None:
    drop_guards(connection, STOCK)
    Lot.objects.filter(donation_line__isnull=False).update(fund=a_fund())
    assert f"lot {packed.code}: packed from two funds" in faults()
    assert any("not what its origin says" in fault for fault in faults())


def test_lineage_that_was_changed_is_found(packed: Lot) -> None:
    drop_guards(connection, STOCK)
    LotSource.objects.update(quantity=5)
    assert f"lot {packed.code}: its sources are not its recipe times 3" in faults()
    assert any("are in their lineage" in fault for fault in faults())


def test_expired_goods_that_were_handed_out_are_found(packed: Lot) -> None:
    drop_guards(connection, STOCK)
    store = a_store()
    stale = a_lot(store=store, expires_on=clock.today() - timedelta(days=1))
    a_movement(stale, store, MovementKind.RESERVE, 0, 1)
    assert f"lot {stale.code}: taken after it expired" in faults()


def booked_gift() -> DonationLine:
    """A confirmed gift of ten, in the books, of which six are in a store, four still to come."""
    line = a_goods_line(quantity=10)
    source = ("donationline", line.pk)
    post_entry(
        COUNTY,
        kind=EntryKind.IN_KIND_IN,
        on=clock.today(),
        lines=goods_in(line.fund_id, 10_000),
        source=source,
        by=system_actor("test"),
    )
    by = make_actor(Role.STOREKEEPER)
    receive_goods(line, warehouse=a_store(), quantity=6, expires_on=None, by=by, key=uuid7())
    return line


def test_books_agree_with_the_stores_and_what_is_to_come_or_turned_away(county: Place) -> None:
    line = booked_gift()
    assert list(book_faults()) == []
    reject_arrival(line, warehouse=a_store(), reason="کپک زده", by=make_actor(Role.STOREKEEPER))
    assert list(book_faults()) == []


def test_goods_that_left_the_store_and_not_the_books_are_found(county: Place) -> None:
    booked_gift()
    lot, store = Lot.objects.get(), LotBalance.objects.get().warehouse
    a_movement(lot, store, MovementKind.WASTE, -6)
    assert ["goods in the books" in fault for fault in book_faults()] == [True]
