"""`insert_all` writes what ``bulk_create`` writes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hamafza.core.bulk import insert_all
from hamafza.core.scope import counties
from hamafza.places.tests.factories import COUNTY, make_places
from hamafza.registry.models import Household, Person

pytestmark = pytest.mark.django_db


def families(count: int) -> tuple[list[Household], list[Person]]:
    households = [
        Household(county_id=COUNTY, file_number=f"B{n}", address=f"خیابان {n}", decile=n % 10 + 1) for n in range(count)
    ]
    persons = [
        Person(
            county_id=COUNTY,
            household=household,
            first_name="علی",
            last_name="كريمي",
            mobile="09120000000",
            born_on=date(2000, 1, 1),
        )
        for household in households
    ]
    return households, persons


def test_insert_all_keeps_every_value_sealed_and_keyed() -> None:
    make_places()
    households, persons = families(3)
    with counties([COUNTY]):
        insert_all(households)
        insert_all(persons)
        assert [household.address for household in Household.objects.order_by("file_number")] == [
            "خیابان 0",
            "خیابان 1",
            "خیابان 2",
        ]
        kept = Person.objects.get(pk=persons[0].pk)
        assert (kept.mobile, kept.mobile_index, kept.name_key, kept.born_on, kept.version) == (
            "09120000000",
            persons[0].mobile_index,
            "علیکریمی",
            date(2000, 1, 1),
            1,
        )
        kept.first_name = "رضا"
        kept.save()
        assert Person.objects.get(pk=kept.pk).version == 2


def test_insert_all_with_one_bad_row_inserts_none() -> None:
    make_places()
    households, _persons = families(3)
    households[2].file_number = households[0].file_number
    with counties([COUNTY]):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_all(households)
        assert not Household.objects.exists()


def test_insert_all_of_nothing_asks_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        insert_all([])
