"""The first wall: nothing is read while no county is open, by no way of asking."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.models import Count, Exists, OuterRef, QuerySet

from hamafza.core.errors import NoScope
from hamafza.core.scope import ClosedQuery, ScopedManager, counties, everywhere
from hamafza.core.session import CLOSED, Scope, acting_as, current_actor, current_scope, narrow_to, scope_of
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, SISTER_COUNTY
from hamafza.registry.models import Household, Person
from hamafza.registry.tests.factories import a_household

# Lambdas: a manager must be asked when the test runs, not when this table is made.
# ruff: noqa: PLW0108
DOORS: dict[str, Callable[[], object]] = {
    "list": lambda: list(Household.objects.all()),
    "get": lambda: Household.objects.get(file_number="x"),
    "count": lambda: Household.objects.count(),
    "exists": lambda: Household.objects.exists(),
    "first": lambda: Household.objects.first(),
    "values": lambda: list(Household.objects.values("id")),
    "values list": lambda: list(Household.objects.values_list("id")),
    "iterator": lambda: list(Household.objects.iterator()),
    "explain": lambda: Household.objects.filter(decile=1).explain(),
    "aggregate": lambda: Household.objects.aggregate(n=Count("id")),
    "update": lambda: Household.objects.update(decile=1),
    "delete": lambda: Household.objects.all().delete(),
    "raw delete": lambda: Household.objects.all()._raw_delete("default"),
    "in bulk": lambda: Household.objects.in_bulk([1]),
    "dates": lambda: list(Household.objects.datetimes("created_at", "year")),
    "union": lambda: list(Household.objects.all().union(Household.objects.filter(decile=1))),
    "subquery": lambda: list(Place.objects.filter(code__in=Household.objects.values("county"))),
    "exists subquery": lambda: list(Place.objects.filter(Exists(Household.objects.filter(county=OuterRef("pk"))))),
    "select related": lambda: list(Person.objects.select_related("household")),
    "slice": lambda: Household.objects.all()[0],
    "reverse relation": lambda: list(Household(county_id=COUNTY).persons.all()),
    "contains": lambda: Household.objects.contains(Household()),
    "raw": lambda: str(Household.objects.all().query),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_asking_while_no_county_is_open_raises(db: None, door: Callable[[], object]) -> None:
    with pytest.raises(NoScope):
        door()


def test_closed_query_without_a_model_raises_too() -> None:
    with pytest.raises(NoScope, match=r"No county is open\."):
        ClosedQuery(None).get_compiler("default")


def test_open_county_shows_its_rows_and_no_other(places: dict[str, Place]) -> None:
    here, sister, far = (a_household(county=places[code]) for code in (COUNTY, SISTER_COUNTY, FAR_COUNTY))
    with counties([COUNTY]):
        assert set(Household.objects.all()) == {here}
    with counties([COUNTY, SISTER_COUNTY]):
        assert set(Household.objects.all()) == {here, sister}
    with everywhere(reason="a test counts all"):
        assert set(Household.objects.all()) == {here, sister, far}


def test_scope_of_nothing_is_closed() -> None:
    with counties([]), pytest.raises(NoScope):
        Household.objects.exists()


def test_queryset_made_while_closed_stays_closed(places: dict[str, Place]) -> None:
    asked: QuerySet[Household] = Household.objects.filter(decile=1)
    with counties([COUNTY]), pytest.raises(NoScope):
        asked.exists()


def test_scope_ends_with_its_block_also_after_a_fault() -> None:
    with pytest.raises(ValueError, match="inside"), counties([COUNTY]):
        raise ValueError("inside")
    assert current_scope() == CLOSED


def test_inner_scope_replaces_the_outer_one() -> None:
    with counties([COUNTY]), counties([SISTER_COUNTY]):
        assert current_scope() == Scope(frozenset({SISTER_COUNTY}))


def test_narrowing_holds_until_the_surrounding_scope_ends() -> None:
    with scope_of(CLOSED):
        narrow_to(Scope(frozenset({COUNTY})))
        assert current_scope().counties == {COUNTY}
    assert current_scope() == CLOSED


@pytest.mark.parametrize(
    ("scope", "setting"),
    [(CLOSED, ""), (Scope(frozenset({"2313", "2306"})), "2306,2313"), (Scope(frozenset(), everywhere=True), "*")],
)
def test_scope_is_told_to_the_database_as_text(scope: Scope, setting: str) -> None:
    assert scope.as_setting() == setting


def test_actor_holds_within_its_block() -> None:
    with acting_as("system:import"):
        assert current_actor() == "system:import"
    assert current_actor() == "system:unnamed"


def test_every_manager_of_a_county_owned_model_is_scoped() -> None:
    assert isinstance(Household._default_manager, ScopedManager)
    assert [type(manager) for manager in Person._meta.managers] == [ScopedManager]
