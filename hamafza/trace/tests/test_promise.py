"""The way of a promise: all its gifts as one, with no small number of families between the lines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hamafza.giving.choices import DonationState
from hamafza.giving.models import Donation
from hamafza.giving.tests.factories_pledge import a_pledge, packages, weekly
from hamafza.places.models import Place
from hamafza.trace.choices import Stage
from hamafza.trace.queries.promise import PromiseWay, promise_way
from hamafza.trace.tests.factories import FIRST_DAY, a_gift, a_lot, a_round, families

pytestmark = pytest.mark.django_db
MAX_QUERIES = 20


def weeks(count: int = 4, **fields: Any) -> list[Donation]:
    """So many Thursdays of a promise of 41 packages, each with its gift."""
    due = list(a_pledge(schedule=weekly(FIRST_DAY)).instalments.order_by("due_on")[:count])
    gifts = [a_gift(item=packages(), quantity=41, received_on=one.due_on, **fields) for one in due]
    for gift, one in zip(gifts, due, strict=True):
        gift.lines.update(instalment=one)
    return gifts


def handed_out(gifts: list[Donation], *, delivered: int) -> None:
    lots = {a_lot(packages(), 41, on=gift.received_on, donation_line=gift.lines.get()): 41 for gift in gifts}
    a_round(lots, families(41 * len(gifts)), delivered=delivered, on=FIRST_DAY + timedelta(days=30))


def way_of_promise(gift: Donation) -> PromiseWay:
    found = promise_way(gift)
    assert found is not None
    return found


def test_gift_of_one_week_is_a_part_of_164_packages_with_few_queries(
    county: Place, django_assert_max_num_queries: Any
) -> None:
    gifts = weeks()
    handed_out(gifts, delivered=164)
    with django_assert_max_num_queries(MAX_QUERIES):
        promise = way_of_promise(gifts[0])
    assert (promise.gifts, promise.part.total, promise.families) == (4, 164, 164)
    assert {line.stage: line.amount for line in promise.part.stages} == dict.fromkeys(Stage, 164)


def test_number_of_families_that_tells_of_a_few_others_is_not_told(county: Place) -> None:
    gifts = weeks(2)
    handed_out(gifts, delivered=44)
    assert [way_of_promise(gift).families for gift in gifts] == [None, 44]


def test_gift_that_was_taken_back_is_no_part_of_the_promise(county: Place) -> None:
    gifts = weeks(3)
    Donation.objects.filter(pk=gifts[2].pk).update(state=DonationState.REVERSED)
    promise = way_of_promise(gifts[0])
    assert (promise.gifts, promise.part.total) == (2, 82)


def test_first_gift_of_a_promise_and_gift_of_its_own_stand_alone(county: Place) -> None:
    assert promise_way(weeks(1)[0]) is None
    assert promise_way(a_gift(item=packages(), quantity=41)) is None
