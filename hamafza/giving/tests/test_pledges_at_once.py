"""Two rounds at once make each instalment once, and tell each giver once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from hamafza.core.errors import Refusal
from hamafza.core.scope import counties
from hamafza.giving.commands.donations import write_donation
from hamafza.giving.commands.instalments import plan_pledges
from hamafza.giving.commands.pledge_reminders import remind_givers
from hamafza.giving.commands.pledges import amend_pledge
from hamafza.giving.models import Donation, Instalment, InstalmentReminder, Pledge
from hamafza.giving.tests.factories_donation import MILLION, a_gift, money
from hamafza.giving.tests.factories_pledge import BY, a_pledge, weekly
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


def test_gift_for_an_instalment_that_an_amendment_has_cleared_is_refused(clock: MoveClock) -> None:  # noqa: F811
    pledge = a_pledge(schedule=weekly(TODAY), kind="money", quantity=MILLION)
    with counties([COUNTY]):
        instalment = Instalment.objects.select_related("pledge__benefactor").filter(pledge=pledge).last()
        amended(pledge)
        with pytest.raises(Refusal) as refused:
            received(instalment)
    assert refused.value.code == "instalment_gone"


def test_gift_and_amendment_at_once_keep_one_another_whole(clock: MoveClock) -> None:  # noqa: F811
    pledge = a_pledge(schedule=weekly(TODAY), kind="money", quantity=MILLION)
    with counties([COUNTY]):
        instalment = Instalment.objects.select_related("pledge__benefactor").filter(pledge=pledge).last()
    gifts: list[Callable[[], object]] = [lambda: received(instalment)] * 3
    acts = iter([lambda: amended(pledge), *gifts])

    def act() -> int:
        with counties([COUNTY]), suppress(Refusal):
            next(acts)()
            return 1
        return 0

    done = at_once(act)
    with counties([COUNTY]):
        kept = Instalment.objects.filter(due_on=instalment.due_on if instalment else None, expected=MILLION).count()
        # The amendment was first and the instalment is gone, or a gift was and it stays for all of them.
        assert (kept, Donation.objects.count(), sum(done)) in {(0, 0, 1), (1, 3, 4)}


def amended(pledge: Pledge) -> Pledge:
    return amend_pledge(
        pledge, quantity=2 * MILLION, schedule=weekly(TODAY), effective_from=TODAY, reason="بیشتر", by=BY,
        version=pledge.version,
    )  # fmt: skip


def received(instalment: Instalment | None) -> Donation:
    return write_donation(COUNTY, gift=a_gift(money(instalment=instalment)), by=BY)


def test_reminders_at_once_are_told_once(clock: MoveClock) -> None:  # noqa: F811
    a_pledge(schedule=weekly(TODAY))
    told = at_once(lambda: remind_givers(COUNTY, on=TODAY + timedelta(days=5)))
    with counties([COUNTY]):
        assert (sorted(told), InstalmentReminder.objects.count()) == ([0, 0, 0, 1], 1)
