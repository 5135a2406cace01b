"""Numbers that are right: kept ones equal live ones and the lists behind them, after whatever happened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.scope import counties
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.commands.details import NeedDetails
from hamafza.needs.commands.expire import expire_needs
from hamafza.needs.commands.need import close_need, record_delivery, state_need
from hamafza.needs.events import needs_changed
from hamafza.needs.models import Need
from hamafza.needs.queries.filters import NeedFilters
from hamafza.needs.queries.lists import needs_in
from hamafza.needs.tests.factories import a_need, person_of
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.choices import Cause, TargetGroup
from hamafza.registry.tests.factories import a_cause, a_county, a_head, a_membership, a_person
from hamafza.reports.choices import Dimension
from hamafza.reports.commands.refresh import refresh_if_stale, refresh_summaries
from hamafza.reports.commands.verify import verify_summaries
from hamafza.reports.models import NeedSummary, SummaryMark
from hamafza.reports.queries.summaries import county_summary, is_stale
from hamafza.reports.rules import hidden_places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def listed(**filters: Any) -> int:
    return needs_in(COUNTY, NeedFilters(**filters)).count()


def test_change_leaves_a_mark_in_its_transaction_alone() -> None:
    try:
        with transaction.atomic():
            needs_changed.send(sender=None, county=COUNTY)
            raise ValueError
    except ValueError:
        pass
    assert not SummaryMark.objects.exists()


def test_refresh_removes_the_marks_it_saw_and_writes_the_numbers() -> None:
    a_need(domain=Domain.JOB)
    for _ in range(3):
        needs_changed.send(sender=None, county=COUNTY)
    assert refresh_summaries(COUNTY) == 3
    assert not SummaryMark.objects.exists()
    assert county_summary(COUNTY).standing(domain="job") == 1


def test_refresh_leaves_other_counties_alone() -> None:
    a_need(a_head(county=a_county(FAR_COUNTY)))
    with counties([FAR_COUNTY]):
        needs_changed.send(sender=None, county=FAR_COUNTY)
    refresh_summaries(COUNTY)
    with counties([FAR_COUNTY]):
        assert is_stale(FAR_COUNTY)


def test_many_changes_bring_one_task(django_capture_on_commit_callbacks: Any) -> None:
    from django_tasks_db.models import DBTaskResult

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            needs_changed.send(sender=None, county=COUNTY)
    assert DBTaskResult.objects.count() == 1


def test_numbers_of_yesterday_are_computed_anew_when_the_board_opens() -> None:
    need = a_need()
    a_membership(person_of(need), valid_to=timezone.localdate())
    refresh_summaries(COUNTY)
    assert county_summary(COUNTY).standing(Dimension.GROUP, "older") == 1
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        refresh_if_stale(COUNTY)
    assert county_summary(COUNTY).standing(Dimension.GROUP, "older") == 0


def test_waiting_is_counted_for_the_day_asked() -> None:
    a_need(waiting_days=29)
    refresh_summaries(COUNTY)
    today, numbers = timezone.localdate(), county_summary(COUNTY)
    days = [today, today + timedelta(days=1)]
    assert [numbers.waiting_between(day, 0, 30) for day in days] == [1, 0]
    assert [numbers.waiting_between(day, 30, 90) for day in days] == [0, 1]


def test_verify_finds_a_number_that_is_wrong() -> None:
    a_need()
    refresh_summaries(COUNTY)
    assert verify_summaries() == []
    NeedSummary.objects.filter(dimension=Dimension.TOTAL, domain="").update(standing=7)
    assert [(found.dimension, found.kept, found.live) for found in verify_summaries()] == [("total", (7, 0), (1, 0))]


def test_verify_passes_over_counties_still_to_be_refreshed() -> None:
    a_need()
    refresh_summaries(COUNTY)
    needs_changed.send(sender=None, county=COUNTY)
    NeedSummary.objects.update(standing=7)
    assert verify_summaries() == []


acts = st.lists(
    st.tuples(st.sampled_from(["state", "close", "deliver", "expire", "group", "cause"]), st.integers(0, 7)),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
def test_kept_numbers_equal_the_lists_after_random_commands(acts: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        mother = a_head()
        people = [mother, a_person(household=mother.household), a_head()]
        by = make_actor(Role.COUNTY_HEAD)
        for act, number in acts:
            _do(act, number, people, by)
        needs_changed.send(sender=None, county=COUNTY)
        refresh_summaries(COUNTY)
        kept = county_summary(COUNTY)
        assert verify_summaries() == []
        assert {domain: kept.standing(domain=domain) for domain in Domain.values} == {
            domain: listed(domain=domain) for domain in Domain.values
        }
        assert {group: kept.standing(Dimension.GROUP, group) for group in TargetGroup.values} == {
            group: listed(group=group) for group in TargetGroup.values
        }
        assert {cause: kept.standing(Dimension.CAUSE, cause) for cause in Cause.values} == {
            cause: listed(cause=cause) for cause in Cause.values
        }
        assert kept.met() == listed(state="met")
        assert kept.waiting_between(timezone.localdate(), 365, None) == listed(waiting=365)
        transaction.set_rollback(True)


def _do(act: str, number: int, people: list[Any], by: Any) -> None:
    person = people[number % len(people)]
    standing = Need.objects.filter(state__in=["open", "partly_met"]).order_by("id").first()
    if act == "state":
        details = NeedDetails(
            item=str(Need.objects.count()), required=2, since=timezone.localdate() - timedelta(days=100 * number)
        )
        state_need(
            person.household, domain=Domain.values[number], person=person, details=details, by=by, open_now=number != 3
        )
    elif act == "group":
        group = list(TargetGroup)[number]
        if not person.memberships.filter(group=group).exists():
            a_membership(person, group=group)
    elif act == "cause":
        cause = list(Cause)[number % 4]
        if not person.household.causes.filter(cause=cause, person=None).exists():
            a_cause(person.household, cause=cause)
    elif standing is None:
        return
    elif act == "close":
        close_need(standing, reason="x", by=by)
    elif act == "deliver":
        record_delivery(standing, quantity=1, by=by)
    else:
        expire_needs(COUNTY, on=timezone.localdate() + timedelta(days=number * 60))


@pytest.mark.parametrize(
    ("values", "hidden"),
    [([], set()), ([50, 20], set()), ([50, 3], {0, 1}), ([50, 30, 3], {1, 2}), ([50, 3, 4], {1, 2}), ([50, 0], set())],
)
def test_small_numbers_are_hidden_and_never_one_alone(values: list[int], hidden: set[int]) -> None:
    assert hidden_places(values) == hidden


def test_met_needs_are_told_apart() -> None:
    a_need(state=NeedState.MET)
    a_need()
    refresh_summaries(COUNTY)
    numbers = county_summary(COUNTY)
    assert (numbers.standing(), numbers.met(), numbers.standing(Dimension.HOUSEHOLDS)) == (1, 1, 1)
