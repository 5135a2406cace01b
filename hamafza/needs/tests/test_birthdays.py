"""Who has crossed an age that counts."""

from __future__ import annotations

from datetime import date

import pytest

from hamafza.core.scope import counties
from hamafza.needs.queries.birthdays import came_of_age
from hamafza.places.tests.factories import COUNTY, make_places
from hamafza.registry.tests.factories import a_household, a_person

pytestmark = pytest.mark.django_db

TODAY = date(2028, 2, 29)
BORN = {
    "eighteen today": date(2010, 2, 28),
    "eighteen two months ago": date(2010, 1, 1),
    "eighteen tomorrow": date(2010, 3, 1),
    "sixty-five last week": date(1963, 2, 20),
    "forty": date(1988, 2, 20),
}


def test_came_of_age_gives_households_that_crossed_eighteen_or_sixty_five_of_late() -> None:
    make_places()
    with counties([COUNTY]):
        homes = {name: a_household(file_number=name) for name in BORN}
        persons = [a_person(household=homes[name], born_on=born) for name, born in BORN.items()]
        assert len(persons) == len(BORN)
        crossed = {name for name, home in homes.items() if home.pk in came_of_age(TODAY)}
    assert crossed == {"eighteen today", "eighteen two months ago", "sixty-five last week"}
