"""The hourly round lets what is late climb, at every level, once; also after days without it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hamafza.commitments.models import Commitment, EscalationStep
from hamafza.commitments.tests.conftest import MoveTo, move_to  # noqa: F401 - a fixture
from hamafza.commitments.tests.factories import Table, a_table
from hamafza.config.tasks import keep_house
from hamafza.core.scope import counties, everywhere
from hamafza.notices.models import Notice
from hamafza.places.models import COUNTRY_CODE
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, PROVINCE, make_places

FIRST = date(2026, 11, 22)
PLACES = (COUNTY, FAR_COUNTY, PROVINCE, COUNTRY_CODE)
LATE = "commitments.late"


@pytest.fixture
def due(move_to: MoveTo) -> dict[str, Commitment]:  # noqa: F811
    """One at each level, due on the first day and taken on."""
    make_places()
    made = {}
    for place in PLACES:
        with counties([place]):
            table: Table = a_table(place)
            made[place] = table.taken(due_on=FIRST)
    return made


def climbed() -> set[tuple[str, int]]:
    with everywhere(reason="test"):
        rows = list(EscalationStep.objects.values_list("place_id", "level"))
    assert len(rows) == len(set(rows))
    return set(rows)


@pytest.mark.django_db
def test_keep_house_lets_what_is_late_climb_at_every_level_once(due: dict[str, Commitment], move_to: MoveTo) -> None:  # noqa: F811
    keep_house.func()
    assert climbed() == set()
    move_to(FIRST + timedelta(days=1))
    keep_house.func()
    told = Notice.objects.filter(code=LATE).count()
    keep_house.func()
    assert climbed() == {(place, 1) for place in PLACES}
    assert Notice.objects.filter(code=LATE).count() == told == 2 * len(PLACES)


@pytest.mark.django_db
def test_keep_house_after_a_week_leaves_no_rung_out(due: dict[str, Commitment], move_to: MoveTo) -> None:  # noqa: F811
    move_to(FIRST + timedelta(days=8))
    keep_house.func()
    keep_house.func()
    assert climbed() == {(place, level) for place in PLACES for level in (1, 2)}
    with everywhere(reason="test"):
        days = (
            EscalationStep.objects.filter(commitment=due[COUNTY]).order_by("level").values_list("falls_on", flat=True)
        )
        assert list(days) == [FIRST + timedelta(days=1), FIRST + timedelta(days=7)]


@pytest.mark.django_db
def test_keep_house_tells_once_what_is_to_be_looked_at(move_to: MoveTo) -> None:  # noqa: F811
    make_places()
    with counties([COUNTY]):
        table = a_table()
        table.given(review_on=FIRST + timedelta(days=3))
    for day in (2, 3, 3, 4):
        move_to(FIRST + timedelta(days=day))
        keep_house.func()
    assert Notice.objects.filter(code="commitments.review").count() == 2
