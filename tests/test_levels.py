"""What lives at several levels is seen while its very place is open, and no further: by questions, by walls, by duties."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, models
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.models import Organization
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import make_organization, make_worker
from hamafza.commitments.models import Commitment, ProgressUpdate
from hamafza.core import clock
from hamafza.core.scope import NoScope, counties, everywhere
from hamafza.places.models import COUNTRY_CODE
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, FAR_PROVINCE, PROVINCE, SISTER_COUNTY, make_places

PLACES = (COUNTY, SISTER_COUNTY, FAR_COUNTY, PROVINCE, FAR_PROVINCE, COUNTRY_CODE)
EACH = 3
some = st.sets(st.sampled_from(PLACES), min_size=1)
asked_often = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def rows(db: None) -> dict[str, set[str]]:
    """Three commitments with a report each, at every place: their numbers."""
    make_places()
    body = make_organization("اداره کار", place=COUNTY)
    made: dict[str, set[str]] = {}
    for place in PLACES:
        with counties([place]):
            made[place] = {str(_commitment(place, body).pk) for _ in range(EACH)}
    return made


def _commitment(place: str, body: Organization) -> Commitment:
    day = clock.today()
    held = Commitment(
        place_id=place, title="ده فرصت شغلی", issuer=body, owner=body, due_on=day, original_due_on=day
    )  # fmt: skip
    held.save(force_insert=True)
    ProgressUpdate(place_id=place, commitment=held, on=day, percent=10).save(force_insert=True)
    return held


def unfiltered(model: type[models.Model]) -> models.QuerySet[Any]:
    """As if the first wall were not there."""
    return models.QuerySet(model)


def seen(found: models.QuerySet[Any], field: str = "pk") -> set[str]:
    return {str(value) for value in found.values_list(field, flat=True)}


@asked_often
@given(opened=some)
def test_questions_see_the_open_places_and_nothing_else(rows: dict[str, set[str]], opened: set[str]) -> None:
    expected = set().union(*(rows[place] for place in opened))
    with counties(sorted(opened)):
        assert seen(Commitment.objects.all()) == expected
        assert seen(ProgressUpdate.objects.all(), "commitment_id") == expected
        reached = [one for held in Commitment.objects.all() for one in seen(held.updates.all(), "commitment_id")]
        assert set(reached) == expected


@asked_often
@given(opened=some)
def test_second_wall_alone_keeps_questions_inside(rows: dict[str, set[str]], opened: set[str]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("row-level security is PostgreSQL's")
    expected = set().union(*(rows[place] for place in opened))
    with counties(sorted(opened)):
        assert seen(unfiltered(Commitment)) == expected
        assert seen(unfiltered(ProgressUpdate), "commitment_id") == expected


@pytest.mark.parametrize("model", [Commitment, ProgressUpdate], ids=lambda model: model.__name__)
def test_second_wall_refuses_rows_for_a_place_that_is_not_open(
    rows: dict[str, set[str]], model: type[models.Model]
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("row-level security is PostgreSQL's")
    table = model._meta.db_table
    with (
        counties([COUNTY]),
        pytest.raises(Exception, match=r"row-level security|never change|never rewritten"),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET place_id = %s", [PROVINCE])


def test_without_an_open_place_nothing_is_asked(rows: dict[str, set[str]]) -> None:
    with pytest.raises(NoScope):
        list(Commitment.objects.all())


def test_everywhere_sees_all(rows: dict[str, set[str]]) -> None:
    with everywhere(reason="test"):
        assert Commitment.objects.count() == EACH * len(PLACES)


@pytest.mark.parametrize(
    ("place", "covered", "not_covered"),
    [
        (COUNTY, {COUNTY}, {SISTER_COUNTY, PROVINCE, COUNTRY_CODE}),
        (PROVINCE, {COUNTY, SISTER_COUNTY, PROVINCE}, {FAR_COUNTY, FAR_PROVINCE, COUNTRY_CODE}),
    ],
)
def test_duty_covers_its_place_and_the_counties_within(
    rows: dict[str, set[str]], place: str, covered: set[str], not_covered: set[str]
) -> None:
    actor = actor_for(make_worker(Role.GOVERNOR_OFFICE, place))
    opened = actor.places_with(Permission.SEE_COMMITMENTS)
    assert covered <= opened
    assert not (not_covered & opened)
    assert all(actor.may(Permission.SEE_COMMITMENTS, one) for one in covered)
    assert not any(actor.may(Permission.SEE_COMMITMENTS, one) for one in not_covered)
