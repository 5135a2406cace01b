"""Gifts that are bound alike lie in one open fund: both databases hold it by themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from hamafza.core.scope import counties
from hamafza.ledger.choices import FundState, Restriction
from hamafza.ledger.models import Fund
from hamafza.needs.models import Need
from hamafza.needs.tests.factories import a_need
from hamafza.places.tests.factories import COUNTY, make_places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places_exist() -> None:
    make_places()


def a_fund_with(**fields: Any) -> Fund:
    """Straight into the table."""
    return Fund.objects.create(
        county_id=COUNTY, name="صندوق", **{"restriction": Restriction.PURPOSE, "purpose": "housing", **fields}
    )


def test_the_index_stands_in_this_database() -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Fund._meta.db_table)
    assert found["fund_once"]["unique"]
    assert Fund.check(databases=["default"]) == []


@pytest.mark.parametrize("use_by", [None, date(2027, 3, 1)])
def test_second_open_fund_with_the_same_bounds_is_refused(use_by: date | None) -> None:
    with counties([COUNTY]):
        a_fund_with(use_by=use_by)
        with pytest.raises(IntegrityError), transaction.atomic():
            a_fund_with(use_by=use_by)
        assert Fund.objects.count() == 1


def test_second_open_fund_of_one_need_is_refused() -> None:
    need: Need = a_need()
    bound = {"restriction": Restriction.NEED, "purpose": "", "need": need}
    with counties([COUNTY]):
        a_fund_with(**bound)
        with pytest.raises(IntegrityError), transaction.atomic():
            a_fund_with(**bound)


def test_index_alone_refuses_where_no_trigger_stands() -> None:
    with counties([COUNTY]):
        a_fund_with()
        with pytest.raises(IntegrityError, match="fund_once"), transaction.atomic():
            without_triggers()
            a_fund_with()


def without_triggers() -> None:
    """Within a transaction that is rolled back."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_fund'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


@pytest.mark.parametrize(
    "other", [{"use_by": date(2027, 3, 1)}, {"target_group": "disabled"}, {"surplus_rule": "ask"}, {"state": "closed"}]
)
def test_funds_bound_otherwise_stand_beside_each_other(other: dict[str, Any]) -> None:
    with counties([COUNTY]):
        a_fund_with()
        a_fund_with(**other)
        assert Fund.objects.count() == 2


def test_a_closed_fund_leaves_room_for_an_open_one() -> None:
    with counties([COUNTY]):
        a_fund_with(state=FundState.CLOSED)
        a_fund_with(state=FundState.CLOSED)
        a_fund_with()
        assert Fund.objects.filter(state=FundState.OPEN).count() == 1
