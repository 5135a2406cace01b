"""What the database itself refuses, on both: asked past all commands, in plain SQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from hamafza.core import clock
from hamafza.core.guards import drop_guards, faulty_guards, install_guards
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties, everywhere
from hamafza.distribution.choices import CountState, MovementKind as K
from hamafza.distribution.models import (
    Lot,
    LotBalance,
    LotSource,
    Movement,
    StockCount,
    StockCountLine,
    Warehouse,
)
from hamafza.distribution.tests.factories import (
    a_fund,
    a_goods_line,
    a_kit,
    a_lot,
    a_movement,
    a_store,
    an_item,
    balance_of,
)
from hamafza.distribution.triggers import STOCK, Refused
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY

pytestmark = pytest.mark.django_db


def key(pk: UUID) -> str:
    """A key as this database keeps it."""
    return pk.hex if connection.vendor == "sqlite" else str(pk)


def run(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [key(value) if isinstance(value, UUID) else value for value in values])


def refused(sql: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as said:
        run(sql, *values)
    return str(said.value).splitlines()[0]


MOVE = (
    "INSERT {how} INTO distribution_movement"
    ' (id, county_id, lot_id, warehouse_id, kind, quantity, reserved, "on", source_type, source_id, reason, at)'
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 'test', %s, '', CURRENT_TIMESTAMP)"
)


def movement(lot: Lot, store: Warehouse, kind: K, quantity: int = 0, reserved: int = 0, **more: Any) -> tuple[Any, ...]:
    on = more.get("on", clock.today())
    county, pk = more.get("county", lot.county_id), more.get("pk", uuid7())
    return pk, county, lot.pk, store.pk, str(kind), quantity, reserved, on.isoformat(), uuid7()


def move_refused(*values: Any, how: str = "", **more: Any) -> str:
    return refused(MOVE.format(how=how), *movement(*values, **more))


only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="statements of SQLite")


# --- balances follow movements ---


def test_movements_of_a_lot_keep_its_balance(county: Place) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    run(MOVE.format(how=""), *movement(lot, store, K.RESERVE, 0, 4))
    run(MOVE.format(how=""), *movement(lot, store, K.ISSUE, -3, -3))
    run(MOVE.format(how=""), *movement(lot, store, K.WASTE, -1))
    assert balance_of(lot, store) == (6, 1)


def test_balances_of_two_stores_are_kept_apart(county: Place) -> None:
    store, other = a_store(), a_store()
    lot = a_lot(quantity=10, store=store)
    a_movement(lot, store, K.TRANSFER_OUT, -4)
    a_movement(lot, other, K.TRANSFER_IN, 4)
    assert (balance_of(lot, store), balance_of(lot, other)) == ((6, 0), (4, 0))


def test_more_than_is_there_is_refused(county: Place) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    assert Refused.NOT_THERE in move_refused(lot, store, K.WASTE, -11)
    assert balance_of(lot, store) == (10, 0)


def test_out_of_a_store_where_it_never_lay_is_refused(county: Place) -> None:
    lot = a_lot(quantity=10)
    assert Refused.NOT_THERE in move_refused(lot, a_store(), K.WASTE, -1)


def test_reserving_more_than_is_free_is_refused(county: Place) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    a_movement(lot, store, K.RESERVE, 0, 8)
    assert Refused.NOT_FREE in move_refused(lot, store, K.RESERVE, 0, 3)


def test_releasing_more_than_is_reserved_is_refused(county: Place) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    a_movement(lot, store, K.RESERVE, 0, 2)
    assert Refused.NOT_FREE in move_refused(lot, store, K.RELEASE, 0, -3)


def test_wasting_what_is_reserved_is_refused(county: Place) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    a_movement(lot, store, K.RESERVE, 0, 8)
    assert Refused.NOT_FREE in move_refused(lot, store, K.WASTE, -3)


def test_handing_out_what_was_not_reserved_is_refused(county: Place) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    assert Refused.NOT_FREE in move_refused(lot, store, K.ISSUE, -1, -1)


@only_sqlite
def test_insert_or_ignore_is_refused_as_loudly(county: Place) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    assert Refused.NOT_THERE in move_refused(lot, store, K.WASTE, -11, how="OR IGNORE")


@only_sqlite
def test_insert_or_replace_keeps_the_balance(county: Place) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    run(MOVE.format(how="OR REPLACE"), *movement(lot, store, K.WASTE, -1))
    assert balance_of(lot, store) == (9, 0)
    with counties([COUNTY]):
        assert LotBalance.objects.filter(lot=lot).count() == 1


# --- movements stand ---


def test_changing_a_movement_is_refused(county: Place) -> None:
    a_lot()
    assert Refused.MOVEMENT_STANDS in refused("UPDATE distribution_movement SET quantity = 99")


def test_removing_a_movement_is_refused(county: Place) -> None:
    a_lot()
    assert Refused.MOVEMENT_STANDS in refused("DELETE FROM distribution_movement")


@only_sqlite
def test_replacing_a_movement_is_refused(county: Place) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    pk = Movement.objects.get().pk
    assert Refused.MOVEMENT_STANDS in move_refused(lot, store, K.IN, 1, how="OR REPLACE", pk=pk)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a statement of PostgreSQL")
@pytest.mark.parametrize("table", ["distribution_movement", "distribution_lotsource"])
def test_emptying_the_table_at_once_is_refused(county: Place, table: str) -> None:
    run(f"ALTER TABLE {table} DISABLE TRIGGER hamafza_audit_no_truncate")  # it would refuse first
    assert "never changed" in refused(f"TRUNCATE {table}")


# --- counties, funds, origins ---


def test_movement_named_for_another_county_is_refused(county: Place) -> None:
    store = a_store()
    lot = a_lot(store=store)
    with everywhere(reason="test"):
        assert Refused.OTHER_COUNTY in move_refused(lot, store, K.IN, 1, county=SISTER_COUNTY)


def test_movement_into_a_store_of_another_county_is_refused(county: Place) -> None:
    lot, foreign = a_lot(), a_store(county=SISTER_COUNTY)
    with everywhere(reason="test"):
        assert Refused.OTHER_COUNTY in move_refused(lot, foreign, K.TRANSFER_IN, 1)


LOT = (
    "INSERT INTO distribution_lot (id, county_id, code, item_id, fund_id, donation_line_id, kit_version_id, unit_value_rial, created_at)"
    " VALUES (%s, %s, 'X1', %s, %s, %s, %s, 0, CURRENT_TIMESTAMP)"
)


def test_lot_in_a_county_other_than_its_funds_is_refused(county: Place) -> None:
    line = a_goods_line()
    foreign = a_goods_line(county=SISTER_COUNTY)
    with everywhere(reason="test"):
        said = refused(LOT, uuid7(), COUNTY, line.item_id, foreign.fund_id, line.pk, None)
    assert Refused.LOT_OF_OTHER_COUNTY in said


def test_lot_of_a_gift_of_another_county_is_refused(county: Place) -> None:
    line = a_goods_line()
    foreign = a_goods_line(county=SISTER_COUNTY)
    with everywhere(reason="test"):
        said = refused(LOT, uuid7(), COUNTY, line.item_id, line.fund_id, foreign.pk, None)
    assert Refused.LOT_NOT_OF_ORIGIN in said


def test_lot_in_a_fund_other_than_its_gifts_is_refused(county: Place) -> None:
    line = a_goods_line()
    assert Refused.LOT_NOT_OF_ORIGIN in refused(LOT, uuid7(), COUNTY, line.item_id, a_fund().pk, line.pk, None)


def test_kit_lot_of_another_item_is_refused(county: Place) -> None:
    version = a_kit({an_item(): 1})
    assert Refused.LOT_NOT_OF_ORIGIN in refused(LOT, uuid7(), COUNTY, an_item().pk, a_fund().pk, None, version.pk)


def test_changing_what_a_lot_is_is_refused(county: Place) -> None:
    lot, fund, item = a_lot(), a_fund(), an_item()
    assert Refused.LOT_STANDS in refused("UPDATE distribution_lot SET fund_id = %s WHERE id = %s", fund.pk, lot.pk)
    assert Refused.LOT_STANDS in refused("UPDATE distribution_lot SET item_id = %s WHERE id = %s", item.pk, lot.pk)


def test_changing_the_county_of_a_lot_is_refused(county: Place) -> None:
    lot = a_lot()
    with everywhere(reason="test"):
        said = refused("UPDATE distribution_lot SET county_id = %s WHERE id = %s", SISTER_COUNTY, lot.pk)
    assert Refused.LOT_STANDS in said


def test_moving_a_store_to_another_county_is_refused(county: Place) -> None:
    store = a_store()
    with everywhere(reason="test"):
        said = refused("UPDATE distribution_warehouse SET county_id = %s WHERE id = %s", SISTER_COUNTY, store.pk)
    assert Refused.OTHER_COUNTY in said


def test_more_in_lots_than_the_gift_said_is_refused(county: Place) -> None:
    store, line = a_store(), a_goods_line(quantity=10)
    a_lot(quantity=6, line=line, store=store)
    second = a_lot(quantity=0, line=line)
    assert Refused.MORE_THAN_GIVEN in move_refused(second, store, K.IN, 5)


# --- lineage ---

SOURCE = (
    "INSERT INTO distribution_lotsource (id, county_id, kit_lot_id, source_lot_id, quantity) VALUES (%s, %s, %s, %s, 1)"
)


def a_kit_lot(**fields: Any) -> Lot:
    version = a_kit({an_item(): 1})
    with counties([COUNTY]):
        return Lot.objects.create(county_id=COUNTY, code="K1", item=version.kit, kit_version=version, **fields)


def test_kit_packed_from_another_fund_is_refused(county: Place) -> None:
    kit, source = a_kit_lot(fund=a_fund()), a_lot()
    assert Refused.LINEAGE_CROSSES_FUNDS in refused(SOURCE, uuid7(), COUNTY, kit.pk, source.pk)


def test_lineage_is_never_changed(county: Place) -> None:
    source = a_lot()
    kit = a_kit_lot(fund=source.fund)
    run(SOURCE, uuid7(), COUNTY, kit.pk, source.pk)
    assert Refused.LINEAGE_STANDS in refused("UPDATE distribution_lotsource SET quantity = 2")
    assert Refused.LINEAGE_STANDS in refused("DELETE FROM distribution_lotsource")
    assert LotSource.objects.get().quantity == 1


def test_recipe_is_never_changed(county: Place) -> None:
    a_kit({an_item(): 1})
    assert Refused.RECIPE_STANDS in refused("UPDATE distribution_kitline SET quantity = 2")
    assert Refused.RECIPE_STANDS in refused("DELETE FROM distribution_kitline")


# --- expiry and counts ---


@pytest.mark.parametrize(("kind", "quantity", "reserved"), [(K.RESERVE, 0, 1), (K.ASSEMBLE_OUT, -1, 0)])
def test_expired_lot_is_not_taken(county: Place, kind: K, quantity: int, reserved: int) -> None:
    store = a_store()
    lot = a_lot(store=store, expires_on=clock.today() - timedelta(days=1))
    assert Refused.EXPIRED in move_refused(lot, store, kind, quantity, reserved)


def test_lot_that_expired_while_reserved_is_not_handed_out(county: Place) -> None:
    store, today = a_store(), clock.today()
    lot = a_lot(store=store, expires_on=today)
    a_movement(lot, store, K.RESERVE, 0, 1)
    assert Refused.EXPIRED in move_refused(lot, store, K.ISSUE, -1, -1, on=today + timedelta(days=1))
    run(MOVE.format(how=""), *movement(lot, store, K.ISSUE, -1, -1))


def a_count(store: Warehouse, **fields: Any) -> StockCount:
    with counties([COUNTY]):
        return StockCount.objects.create(county_id=COUNTY, warehouse=store, **{"state": CountState.FINALIZED, **fields})


def test_movement_dated_before_a_closed_count_is_refused(county: Place) -> None:
    store, today = a_store(), clock.today()
    lot = a_lot(store=store)
    a_count(store, on=today)
    assert Refused.BEFORE_COUNT in move_refused(lot, store, K.WASTE, -1, on=today - timedelta(days=1))
    run(MOVE.format(how=""), *movement(lot, store, K.WASTE, -1))
    run(MOVE.format(how=""), *movement(lot, store, K.COUNT, -1, on=today - timedelta(days=1)))
    assert balance_of(lot, store) == (8, 0)


def test_movement_before_a_closed_count_of_another_store_stands(county: Place) -> None:
    store, today = a_store(), clock.today()
    lot = a_lot(store=store)
    a_count(a_store(), on=today)
    run(MOVE.format(how=""), *movement(lot, store, K.WASTE, -1, on=today - timedelta(days=1)))
    assert balance_of(lot, store) == (9, 0)


def test_closed_count_is_never_changed(county: Place) -> None:
    store = a_store()
    lot, count = a_lot(store=store), a_count(store, state=CountState.IN_PROGRESS)
    StockCountLine.objects.create(county_id=COUNTY, count=count, lot=lot, book=10, counted=9)
    run("UPDATE distribution_stockcount SET state = 'finalized'")
    assert Refused.COUNT_STANDS in refused("UPDATE distribution_stockcount SET state = 'in_progress'")
    assert Refused.COUNT_STANDS in refused("UPDATE distribution_stockcountline SET counted = 10")
    assert Refused.COUNT_STANDS in refused("DELETE FROM distribution_stockcountline")
    assert Refused.COUNT_STANDS in refused("DELETE FROM distribution_stockcount")


# --- the guards themselves ---


def test_guards_stand_after_migrating(county: Place) -> None:
    assert faulty_guards(connection, STOCK) == []


def test_guard_taken_off_is_named_and_made_anew(county: Place) -> None:
    drop_guards(connection, STOCK)
    assert len(faulty_guards(connection, STOCK)) == len(STOCK.of(connection))
    install_guards(connection, STOCK)
    assert faulty_guards(connection, STOCK) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a statement of PostgreSQL")
def test_guard_switched_off_or_hollowed_is_named(county: Place) -> None:
    run("ALTER TABLE distribution_movement DISABLE TRIGGER hamafza_stock_movement_stands")
    run(
        "CREATE OR REPLACE FUNCTION hamafza_stock_lot_fits() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
    )
    assert faulty_guards(connection, STOCK) == ["hamafza_stock_lot_fits", "hamafza_stock_movement_stands"]
    install_guards(connection, STOCK)
    assert faulty_guards(connection, STOCK) == []
