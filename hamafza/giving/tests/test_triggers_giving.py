"""What the database itself refuses of giving, on both: asked past all commands, in plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from hamafza.core.guards import drop_guards, faulty_guards, install_guards
from hamafza.core.ids import uuid7
from hamafza.core.scope import everywhere
from hamafza.giving.models import Allocation, Disbursement, GiftUse
from hamafza.giving.queries.integrity import gift_faults
from hamafza.giving.tests.factories_allocation import a_fund, a_payment, an_approved
from hamafza.giving.tests.factories_donation import MILLION
from hamafza.giving.triggers import GIVING, Refused
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY
from hamafza.registry.tests.factories import a_household

USE = (
    "INSERT {how} INTO giving_giftuse (id, county_id, line_id, allocation_id, amount, at)"
    " VALUES (%s, %s, %s, %s, %s, CURRENT_TIMESTAMP)"
)


@pytest.fixture(autouse=True)
def _all_open(places: dict[str, Place]) -> Iterator[None]:
    with everywhere(reason="tampering"):
        yield


@pytest.fixture
def paid(places: dict[str, Place]) -> Disbursement:
    """A million paid out of a gift of ten."""
    return a_payment()


def run(sql: str, *values: Any) -> None:
    keys = [value.hex if isinstance(value, UUID) and connection.vendor == "sqlite" else value for value in values]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, keys)


def refused(sql: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as said:
        run(sql, *values)
    return str(said.value).splitlines()[0]


def test_allocation_out_of_a_fund_of_another_county_refused(paid: Disbursement) -> None:
    foreign = a_fund(county=SISTER_COUNTY)
    change = "UPDATE giving_allocation SET fund_id = %s WHERE id = %s"
    assert Refused.OTHER_COUNTY in refused(change, foreign.pk, paid.allocation_id)


def test_allocation_for_a_need_of_another_county_refused(paid: Disbursement) -> None:
    foreign = a_need(a_household(county=Place.objects.get(code=SISTER_COUNTY)), domain="livelihood")
    change = "UPDATE giving_allocation SET need_id = %s WHERE id = %s"
    assert Refused.OTHER_COUNTY in refused(change, foreign.pk, paid.allocation_id)
    kept = {"county_id": COUNTY, "fund": paid.allocation.fund, "what": "x", "amount": 1}
    with pytest.raises(DatabaseError, match="spent there"), transaction.atomic():
        Allocation.objects.create(need=foreign, **kept)


def test_payment_or_allocation_taken_to_another_county_refused(paid: Disbursement) -> None:
    county = "UPDATE {} SET county_id = %s WHERE id = %s"
    assert Refused.OTHER_COUNTY in refused(county.format("giving_disbursement"), SISTER_COUNTY, paid.pk)
    assert Refused.OTHER_COUNTY in refused(county.format("giving_allocation"), SISTER_COUNTY, paid.allocation_id)


@pytest.mark.parametrize("sql", ["UPDATE giving_giftuse SET amount = 1", "DELETE FROM giving_giftuse"])
def test_use_of_a_gift_is_never_changed_or_removed(paid: Disbursement, sql: str) -> None:
    assert Refused.KEPT in refused(sql)
    assert GiftUse.objects.get().amount == MILLION


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no INSERT OR REPLACE")
def test_use_of_a_gift_is_not_replaced(paid: Disbursement) -> None:
    use = GiftUse.objects.get()
    row = (use.pk, COUNTY, use.line_id, use.allocation_id, 1)
    assert Refused.KEPT in refused(USE.format(how="OR REPLACE"), *row)


def test_use_of_more_than_was_given_refused(paid: Disbursement) -> None:
    use = GiftUse.objects.get()
    row = (COUNTY, use.line_id, use.allocation_id)
    assert Refused.BEYOND in refused(USE.format(how=""), uuid7(), *row, 9 * MILLION + 1)
    run(USE.format(how=""), uuid7(), *row, 9 * MILLION)


def test_use_for_an_allocation_of_another_county_refused(paid: Disbursement) -> None:
    use, foreign = GiftUse.objects.get(), a_payment_elsewhere()
    row = (COUNTY, use.line_id, foreign.allocation_id, 1)
    assert Refused.OTHER_COUNTY in refused(USE.format(how=""), uuid7(), *row)


def a_payment_elsewhere() -> Disbursement:
    return a_payment(an_approved(a_fund(county=SISTER_COUNTY)))


def test_guards_stand_and_their_absence_is_found(paid: Disbursement) -> None:
    assert faulty_guards(connection, GIVING) == []
    assert list(gift_faults()) == []
    drop_guards(connection, GIVING)
    assert len(faulty_guards(connection, GIVING)) == len(GIVING.of(connection))
    run("UPDATE giving_disbursement SET county_id = %s", SISTER_COUNTY)
    assert f"payment_over_the_border: {paid.pk}" in list(gift_faults())
    run("UPDATE giving_disbursement SET county_id = %s", COUNTY)
    install_guards(connection, GIVING)
    assert faulty_guards(connection, GIVING) == []
