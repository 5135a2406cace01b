"""Two storekeepers, one last unit; one form, many clicks."""

from __future__ import annotations

import pytest

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.distribution.commands.stock import move_stock, pack_kits, receive_goods, reserve_for_round, waste
from hamafza.distribution.queries.integrity import stock_faults
from hamafza.distribution.tests.factories import (
    a_goods_line,
    a_kit,
    a_lot,
    a_round,
    a_store,
    an_item,
    balance_of,
    small_losses,
)
from hamafza.distribution.tests.test_deliveries_at_once import HANDS, together
from hamafza.giving.tests.conftest import on_disk  # noqa: F401 - a fixture
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.usefixtures("on_disk")


def sound() -> bool:
    with counties([COUNTY]):
        return list(stock_faults()) == []


def test_last_unit_is_taken_by_exactly_one_storekeeper() -> None:
    small_losses()
    store, other = a_store(), a_store()
    lot = a_lot(quantity=1, store=store)
    first, second = make_actor(Role.STOREKEEPER), make_actor(Role.STOREKEEPER)
    got = together(
        [
            lambda: str(waste(lot, store, quantity=1, reason="پاره", by=first, key=uuid7()).kind),
            lambda: str(move_stock(lot, source=store, target=other, quantity=1, by=second, key=uuid7()).kind),
        ]
    )
    assert got.count("not_free") == 1
    assert balance_of(lot, store) == (0, 0)
    assert sound()


def test_last_kits_are_packed_once() -> None:
    store, rice = a_store(), an_item()
    a_lot(rice, quantity=2, store=store)
    version, keeper = a_kit({rice: 2}), make_actor(Role.STOREKEEPER)
    got = together(
        [lambda: len(pack_kits(COUNTY, kit_version=version, count=1, warehouse=store, by=keeper, key=uuid7()))] * HANDS
    )
    assert (got.count(1), got.count("short_of_parts")) == (1, HANDS - 1)
    assert sound()


def test_two_rounds_that_want_the_same_goods_at_once_do_not_share_them() -> None:
    item = an_item()
    going = a_round(item, planned=3)
    rival = a_round(item, planned=3, warehouse=going.warehouse)
    lot = a_lot(item, quantity=4, store=going.warehouse)
    keeper = make_actor(Role.STOREKEEPER)
    got = together([lambda one=one: len(reserve_for_round(one, by=keeper)) for one in (going, rival)])
    assert sorted(map(str, got)) == ["1", "short_of_goods"]
    assert balance_of(lot, going.warehouse) == (4, 3)


def test_one_form_of_receiving_sent_at_once_makes_one_lot() -> None:
    store, line, keeper, key = a_store(), a_goods_line(quantity=10), make_actor(Role.STOREKEEPER), uuid7()
    got = together(
        [lambda: receive_goods(line, warehouse=store, quantity=6, expires_on=None, by=keeper, key=key).pk] * HANDS
    )
    assert len(set(got)) == 1
    assert sound()


def test_two_who_take_in_the_same_gift_at_once_take_no_more_than_it_has() -> None:
    store, line = a_store(), a_goods_line(quantity=10)
    hands = [make_actor(Role.STOREKEEPER) for _ in range(HANDS)]
    got = together(
        [
            lambda by=by: str(
                receive_goods(line, warehouse=store, quantity=6, expires_on=None, by=by, key=uuid7()).code
            )
            for by in hands
        ]
    )
    assert got.count("surplus") == HANDS - 1
    assert sound()
