"""The hourly round keeps promises."""

from __future__ import annotations

import pytest

from hamafza.config.tasks import keep_house
from hamafza.giving.models import InstalmentReminder, Pledge
from hamafza.giving.tests.factories_pledge import a_pledge, weekly
from hamafza.giving.tests.test_pledges import FIRST, TODAY, WEEK, MoveClock, clock  # noqa: F401 - a fixture
from hamafza.places.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_hourly_round_plans_reminds_and_lapses(county: Place, clock: MoveClock) -> None:  # noqa: F811
    pledge = a_pledge(schedule=weekly(TODAY))
    a_pledge(schedule=weekly(TODAY), condition="شفا", deadline=TODAY)
    clock(FIRST + WEEK * 3)
    keep_house.func()
    keep_house.func()
    assert pledge.instalments.filter(due_on__gt=FIRST + WEEK * 3).count() == 5
    assert InstalmentReminder.objects.count() == 4
    assert sorted(Pledge.objects.values_list("state", flat=True)) == ["active", "lapsed"]
