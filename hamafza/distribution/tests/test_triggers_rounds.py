"""What the database itself refuses of lists and deliveries, on both: asked past all commands, in plain SQL."""

from __future__ import annotations

import pytest
from django.db import connection

from hamafza.core.ids import uuid7
from hamafza.distribution.commands.deliveries import take_back
from hamafza.distribution.models import Delivery, RoundEntry
from hamafza.distribution.tests.factories_round import a_delivery, a_round, a_setting, listed
from hamafza.distribution.tests.test_triggers_stock import only_sqlite, refused, run
from hamafza.distribution.triggers import Refused
from hamafza.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("column", ["rank", "token", "period"])
def test_place_on_an_approved_list_is_not_changed(county: Place, column: str) -> None:
    entry = listed(a_round(a_setting(), until="approved"))[0]
    sql = f'UPDATE distribution_roundentry SET "{column}" = %s WHERE id = %s'
    assert Refused.LIST_FROZEN in refused(sql, "99", entry.pk)


def test_household_of_an_approved_list_is_not_exchanged(county: Place) -> None:
    setting = a_setting()
    entry = listed(a_round(setting, until="approved"))[0]
    sql = "UPDATE distribution_roundentry SET household_id = %s WHERE id = %s"
    assert Refused.LIST_FROZEN in refused(sql, setting.needs[3].household_id, entry.pk)


def test_place_on_an_approved_list_is_not_removed(county: Place) -> None:
    entry = listed(a_round(a_setting(), until="approved"))[0]
    assert Refused.LIST_FROZEN in refused("DELETE FROM distribution_roundentry WHERE id = %s", entry.pk)


def test_place_is_not_added_to_an_approved_list(county: Place) -> None:
    setting = a_setting(families=3)
    made = a_round(setting, until="approved")
    columns = [field.column for field in RoundEntry._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    new = {"id": "%s", "rank": "rank + 900", "token": "%s", "state": "'standby'"}
    values = ", ".join(new.get(str(column), f'"{column}"') for column in columns)
    wanted = [(uuid7() if column == "id" else "ZZZ999") for column in columns if column in {"id", "token"}]
    sql = f"INSERT INTO distribution_roundentry ({names}) SELECT {values} FROM distribution_roundentry WHERE id = %s"
    assert Refused.LIST_FROZEN in refused(sql, *wanted, listed(made)[0].pk)


def test_place_on_a_planned_list_may_be_moved(county: Place) -> None:
    entry = listed(a_round(a_setting()))[0]
    run("UPDATE distribution_roundentry SET rank = 99 WHERE id = %s", entry.pk)
    entry.refresh_from_db()
    assert entry.rank == 99


@pytest.mark.parametrize("column", ["quantity", "proof"])
def test_delivery_is_not_rewritten(county: Place, column: str) -> None:
    setting = a_setting()
    delivery = a_delivery(listed(a_round(setting, until="out"))[0], setting)
    value = {"quantity": 2, "proof": "photo"}[column]
    sql = f'UPDATE distribution_delivery SET "{column}" = %s WHERE id = %s'
    assert Refused.DELIVERY_STANDS in refused(sql, value, delivery.pk)


def test_delivery_that_came_back_stays_so(county: Place) -> None:
    setting = a_setting()
    entry = listed(a_round(setting, until="out"))[0]
    delivery = a_delivery(entry, setting)
    take_back(entry, reason="برگشت", by=setting.office.deliverer)
    sql = "UPDATE distribution_delivery SET returned_at = NULL WHERE id = %s"
    assert Refused.DELIVERY_STANDS in refused(sql, delivery.pk)


def test_delivery_is_not_removed(county: Place) -> None:
    setting = a_setting()
    delivery = a_delivery(listed(a_round(setting, until="out"))[0], setting)
    assert Refused.DELIVERY_STANDS in refused("DELETE FROM distribution_delivery WHERE id = %s", delivery.pk)


@only_sqlite
@pytest.mark.parametrize("table", ["roundentry", "delivery"])
def test_replacing_is_refused_too(county: Place, table: str) -> None:
    setting = a_setting()
    entry = listed(a_round(setting, until="out"))[0]
    delivery = a_delivery(entry, setting)
    pk = {"roundentry": entry.pk, "delivery": delivery.pk}[table]
    sql = f"INSERT OR REPLACE INTO distribution_{table} SELECT * FROM distribution_{table} WHERE id = %s"
    assert "stock:" in refused(sql, pk)
    assert (connection.vendor, Delivery.objects.count()) == ("sqlite", 1)
