"""Two rounds at once make each instalment once, and tell each giver once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from hamafza.core.scope import counties
from hamafza.giving.commands.instalments import plan_pledges
from hamafza.giving.commands.pledge_reminders import remind_givers
from hamafza.giving.models import Instalment, InstalmentReminder
from hamafza.giving.tests.factories_pledge import a_pledge, weekly
from hamafza.giving.tests.test_pledges import TODAY, MoveClock, clock  # noqa: F401 - a fixture
from hamafza.places.tests.factories import COUNTY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]


def at_once(act: Callable[[], int]) -> list[int]:
    """What four who begin at the same moment each did."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer, and that of the tests lies in memory")
    ready = Barrier(4)

    def run(_number: int) -> int:
        try:
            ready.wait(10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(run, range(4)))


def test_generations_at_once_make_each_instalment_once(clock: MoveClock) -> None:  # noqa: F811
    a_pledge(schedule=weekly(TODAY))
    later = TODAY + timedelta(days=70)
    made = at_once(lambda: plan_pledges(COUNTY, on=later))
    with counties([COUNTY]):
        sequences = sorted(Instalment.objects.values_list("sequence", flat=True))
    assert (sorted(made), sequences) == ([0, 0, 0, 10], list(range(1, 17)))


def test_reminders_at_once_are_told_once(clock: MoveClock) -> None:  # noqa: F811
    a_pledge(schedule=weekly(TODAY))
    told = at_once(lambda: remind_givers(COUNTY, on=TODAY + timedelta(days=5)))
    with counties([COUNTY]):
        assert (sorted(told), InstalmentReminder.objects.count()) == ([0, 0, 0, 1], 1)
