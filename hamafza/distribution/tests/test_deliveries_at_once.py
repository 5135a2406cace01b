"""Several at the same moment, each with a connection of its own: one effect, and the others hear why."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.distribution.commands.deliveries import deliver, mark_absent, replace
from hamafza.distribution.commands.rounds import plan_round
from hamafza.distribution.models import Delivery, RoundEntry
from hamafza.distribution.periods import period_of
from hamafza.distribution.queries.integrity_rounds import faults_of_rounds
from hamafza.distribution.tests.factories_round import WITNESSES, a_plan, a_round, a_setting, listed
from hamafza.giving.tests.conftest import on_disk  # noqa: F401 - a fixture
from hamafza.ledger.models import JournalEntry
from hamafza.needs.models import AidRecord
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.usefixtures("on_disk")
HANDS = 6


def together(acts: list[Callable[[], object]]) -> list[object]:
    """What each got, or the code it was refused with."""
    ready, got = Barrier(len(acts)), []

    def go(act: Callable[[], object]) -> None:
        ready.wait()
        try:
            with counties([COUNTY]):
                got.append(act())
        except Refusal as refusal:
            got.append(refusal.code)
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def an_entry() -> RoundEntry:
    with counties([COUNTY]):
        return listed(a_round(a_setting(families=4), until="out"))[0]


def an_absent_family() -> RoundEntry:
    with counties([COUNTY]):
        return mark_absent(an_entry(), by=make_actor(Role.DELIVERER), reason="سفر")


def written() -> tuple[int, int, int]:
    with counties([COUNTY]):
        assert list(faults_of_rounds(COUNTY)) == []
        return Delivery.objects.count(), AidRecord.objects.count(), JournalEntry.objects.count()


def test_one_press_sent_many_times_at_once_is_one_delivery() -> None:
    entry, by, key = an_entry(), make_actor(Role.DELIVERER), uuid7()
    got = together([lambda: deliver(entry, proof=WITNESSES, by=by, key=key).pk] * HANDS)
    assert (len(set(got)), written()) == (1, (1, 1, 1))


def test_deliverers_at_one_door_at_once_deliver_once() -> None:
    entry = an_entry()
    hands = [make_actor(Role.DELIVERER) for _ in range(HANDS)]
    got = together([lambda by=by: deliver(entry, proof=WITNESSES, by=by, key=uuid7()).entry_id for by in hands])
    assert got.count("delivered_already") == HANDS - 1
    assert written() == (1, 1, 1)


def test_one_place_given_away_at_once_goes_to_one_family() -> None:
    entry, by = an_absent_family(), make_actor(Role.DELIVERER)
    got = together([lambda: replace(entry, by=by).pk] * HANDS)
    assert got.count("replaced_already") == HANDS - 1
    with counties([COUNTY]):
        assert RoundEntry.objects.filter(replaces=entry).count() == 1


def test_plans_at_once_name_no_household_twice() -> None:
    with counties([COUNTY]):
        setting = a_setting(families=6)
        plan = a_plan(setting, planned=1)
    hands = [make_actor(Role.SOCIAL_WORKER) for _ in range(4)]
    made = together([lambda by=by: plan_round(COUNTY, plan=plan, by=by, key=uuid7()).number for by in hands])
    with counties([COUNTY]):
        households = list(RoundEntry.objects.filter(state="listed").values_list("household", flat=True))
    assert (set(made), len(made), len(set(households))) == ({1, 2, 3, 4}, 4, 4)


def test_place_given_on_and_plan_for_an_overlapping_period_at_once_name_no_household_twice() -> None:
    with counties([COUNTY]):
        setting = a_setting(families=4)
        absent = mark_absent(listed(a_round(setting, until="out", planned=1))[0], by=setting.office.deliverer)
        week = a_plan(setting, planned=4, period=period_of("week", clock.today()))
    planner, deliverer = setting.office.planner, setting.office.deliverer
    got = together(
        [
            lambda: replace(absent, by=deliverer, reason="سفر").pk,
            lambda: plan_round(COUNTY, plan=week, by=planner, key=uuid7()).pk,
        ]
    )
    with counties([COUNTY]):
        assert (len(got), list(faults_of_rounds(COUNTY))) == (2, [])
