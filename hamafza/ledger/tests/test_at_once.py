"""Several at the same moment, each with a connection of its own: one wins, nothing doubles."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connections

from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.scope import counties
from hamafza.ledger import postings
from hamafza.ledger.choices import EntryKind
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.models import Fund, JournalEntry, Submission
from hamafza.ledger.queries.funds import free_of
from hamafza.ledger.tests.factories import SYSTEM, a_fund
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.usefixtures("on_disk")


def together(number: int, act: Callable[[], object]) -> list[object]:
    """What each of ``number`` threads got, or the code it was refused with."""
    ready, got = Barrier(number), []

    def go() -> None:
        ready.wait()
        try:
            with counties([COUNTY]):
                got.append(act())
        except Refusal as refusal:
            got.append(refusal.code)
        finally:
            connections.close_all()

    threads = [Thread(target=go) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def spend(fund: Fund, amount: int) -> str:
    lines = postings.committed(fund.pk, amount)
    post_entry(COUNTY, kind=EntryKind.ALLOCATION, on=clock.today(), lines=lines, source=("test", uuid4()), by=SYSTEM)
    return "spent"


def test_last_rial_of_a_fund_is_spent_by_exactly_one() -> None:
    fund = a_fund(rial=100)
    got = together(8, lambda: spend(fund, 100))
    assert sorted(map(str, got)) == ["overdrawn"] * 7 + ["spent"]
    with counties([COUNTY]):
        assert (free_of(fund), JournalEntry.objects.count()) == (0, 2)


def test_entries_posted_at_once_are_numbered_without_gap() -> None:
    fund = a_fund(rial=100)
    assert together(10, lambda: spend(fund, 1)) == ["spent"] * 10
    with counties([COUNTY]):
        assert list(JournalEntry.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 12))


def test_form_sent_fifty_times_at_once_has_one_effect() -> None:
    fund, key = a_fund(rial=1000), uuid4()

    def act() -> Fund:
        spend(fund, 10)
        return fund

    got = together(50, lambda: once(COUNTY, key=key, asked={"rial": 10}, by=SYSTEM, act=act))
    assert got == [fund] * 50
    with counties([COUNTY]):
        assert (free_of(fund), Submission.objects.count()) == (990, 1)


def test_same_key_with_other_contents_refused_and_a_failed_act_is_not_remembered() -> None:
    fund, key = a_fund(rial=10), uuid4()

    def act(amount: int) -> Fund:
        spend(fund, amount)
        return fund

    with counties([COUNTY]):
        with pytest.raises(Refusal):
            once(COUNTY, key=key, asked={"rial": 99}, by=SYSTEM, act=lambda: act(99))
        assert once(COUNTY, key=key, asked={"rial": 9}, by=SYSTEM, act=lambda: act(9)) == fund
        with pytest.raises(Refusal) as other:
            once(COUNTY, key=key, asked={"rial": 8}, by=SYSTEM, act=lambda: act(8))
        assert (other.value.code, free_of(fund)) == ("other_request", 1)
