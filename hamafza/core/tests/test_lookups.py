"""Long lists of keys find what short ones find."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connection, models
from django.db.models import F
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.core.ids import uuid7
from hamafza.core.lookups import SHORT
from hamafza.core.scope import counties
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, make_places
from hamafza.registry.models import Household, Person

pytestmark = pytest.mark.django_db
STRANGERS = [uuid7() for _ in range(SHORT + 1)]


@pytest.fixture
def families() -> Iterator[list[UUID]]:
    """Six households, every second one with a person of the same number; gives the households' keys."""
    make_places()
    with counties([COUNTY]):
        homes = [Household.objects.create(county_id=COUNTY, file_number=f"K{n}") for n in range(6)]
        for number, home in enumerate(homes[::2]):
            Person.objects.create(county_id=COUNTY, household=home, first_name=f"نام{number}")
        yield [home.pk for home in homes]


def found(rows: models.QuerySet[Household]) -> set[UUID]:
    return set(rows.values_list("pk", flat=True))


# The rows are only read, so all examples may share them.
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.sets(st.integers(0, 5)), strangers=st.integers(0, SHORT + 1), unknown=st.booleans())
def test_a_list_of_any_length_finds_its_rows_and_no_other(
    families: list[UUID], chosen: set[int], strangers: int, unknown: bool
) -> None:
    wanted = {families[place] for place in chosen}
    keys = [*wanted, *STRANGERS[:strangers], *([None] if unknown else [])]
    assert found(Household.objects.filter(pk__in=keys)) == wanted
    assert found(Household.objects.exclude(pk__in=keys)) == set(families) - wanted
    owners = Person.objects.filter(household__in=keys).values_list("household_id", flat=True)
    assert set(owners) == wanted & set(families[::2])
    assert found(Household.objects.filter(persons__household__in=keys)) == wanted & set(families[::2])


def test_rows_themselves_may_be_given(families: list[UUID]) -> None:
    homes = [*Household.objects.all(), *(Household(pk=key) for key in STRANGERS)]
    assert Person.objects.filter(household__in=homes).count() == 3


def test_texts_are_compared_whole(families: list[UUID]) -> None:
    """A text longer than its column is not cut into one that is there."""
    Household.objects.filter(pk=families[0]).update(file_key="k" * 40)
    strange = ["«'\\\"»", "{,}", "NULL", "", *(f"x{n}" for n in range(SHORT))]
    assert found(Household.objects.filter(file_key__in=["k" * 41, *strange])) == set()
    assert found(Household.objects.filter(file_key__in=["k" * 40, *strange])) == {families[0]}


def test_what_the_arrays_do_not_know_is_left_to_django(families: list[UUID]) -> None:
    keys = [F("head_id"), *STRANGERS]
    assert found(Household.objects.filter(pk__in=keys)) == set()
    assert Place.objects.filter(code__in=[COUNTY, *(Place(code=f"x{n}").code for n in range(SHORT))]).count() == 1


def test_one_parameter_carries_a_long_list(families: list[UUID]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes its keys one by one")
    _sql, parameters = Household.objects.filter(pk__in=STRANGERS).query.get_compiler(using="default").as_sql()
    assert len(parameters) == 2  # the county of the scope, and the keys
