"""Scoring and importing many needs at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hamafza.core.scope import counties
from hamafza.needs.choices import Domain, NeedState, Source
from hamafza.needs.commands.import_needs import state_needs
from hamafza.needs.commands.score import score_needs
from hamafza.needs.events import needs_changed
from hamafza.needs.models import Need
from hamafza.needs.severity import UNSTATED
from hamafza.needs.tests.factories import a_need, person_of
from hamafza.registry.choices import DisabilitySeverity, JobStatus, Tenure
from hamafza.registry.events import households_changed
from hamafza.registry.models import Person
from hamafza.registry.tests.factories import a_disability, a_head

pytestmark = pytest.mark.django_db
COUNTY = "2313"


def fresh(need: Need) -> Need:
    with counties([COUNTY]):
        return Need.objects.get(pk=need.pk)


def stated(head: Person, domain: str, **fields: object) -> Need:
    return Need(household_id=head.household_id, person_id=head.pk, domain=domain, severity=UNSTATED, **fields)


def test_households_changed_scores_their_needs_anew_and_keeps_the_version() -> None:
    need = a_need(domain=Domain.HOUSING)
    household = need.household
    household.decile, household.tenure = 1, Tenure.HOMELESS
    with counties([COUNTY]), transaction.atomic():
        household.save()
        households_changed.send(sender=None, county=COUNTY, household_ids=[household.pk])
    after = fresh(need)
    assert after.score_base > need.score_base
    assert after.rank == 30 * after.score_base - after.since.toordinal()
    assert (after.decile, after.version) == (1, need.version)


def test_score_twice_changes_nothing_the_second_time() -> None:
    need = a_need()
    a_disability(person_of(need), severity=DisabilitySeverity.SEVERE)
    assert [score_needs(COUNTY, [need.household_id]) for _ in range(2)] == [1, 0]


def test_score_met_need_keeps_the_score_it_had() -> None:
    need = a_need(state=NeedState.MET)
    a_disability(person_of(need), severity=DisabilitySeverity.SEVERE)
    assert score_needs(COUNTY) == 0


@pytest.mark.parametrize("families", [1, 3])
def test_score_many_households_asks_the_same_number_of_queries(families: int) -> None:
    needs = [a_need(domain=Domain.JOB) for _ in range(families)]
    for need in needs:
        a_disability(person_of(need))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        score_needs(COUNTY, [need.household_id for need in needs])
    asked = [query for query in queries if query["sql"].startswith("SELECT") and "summarymark" not in query["sql"]]
    assert len(asked) == 5


def test_state_needs_opens_each_once_with_severity_and_score() -> None:
    head = a_head(job_status=JobStatus.UNEMPLOYED)
    created = state_needs(COUNTY, [stated(head, Domain.JOB), stated(head, Domain.JOB), stated(head, Domain.HOUSING)])
    kept = [fresh(need) for need in created]
    assert [(need.domain, need.person_id, need.severity) for need in kept] == [
        ("job", head.pk, 4),
        ("housing", None, 3),
    ]
    assert {(need.state, need.source, need.county_id) for need in kept} == {(NeedState.OPEN, Source.IMPORT, COUNTY)}
    assert all(need.score_base and need.rank for need in kept)
    assert kept[0].valid_to == timezone.localdate() + timedelta(days=365)


def test_state_needs_again_creates_none() -> None:
    head = a_head()
    state_needs(COUNTY, [stated(head, Domain.JOB), stated(head, Domain.HOUSING)])
    assert state_needs(COUNTY, [stated(head, Domain.HOUSING), stated(head, Domain.JOB)]) == []


def test_state_needs_of_met_need_opens_a_new_one() -> None:
    need = a_need(state=NeedState.MET)
    assert len(state_needs(COUNTY, [stated(person_of(need), Domain.JOB)])) == 1


def test_state_needs_tells_those_above_its_county() -> None:
    told = []
    needs_changed.connect(lambda county, **_: told.append(county), weak=False, dispatch_uid="test")
    state_needs(COUNTY, [stated(a_head(), Domain.JOB)])
    needs_changed.disconnect(dispatch_uid="test")
    assert told == [COUNTY]
