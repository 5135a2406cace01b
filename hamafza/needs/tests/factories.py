"""Needs for tests. A factory opens the county it writes to; the test itself opens what it reads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from hamafza.core.scope import counties
from hamafza.needs.choices import HOUSEHOLD_DOMAINS, Domain, NeedState
from hamafza.needs.commands.score import put_score
from hamafza.needs.models import Assessment, Need
from hamafza.needs.queries.situations import situations_of
from hamafza.registry.models import Household, Person
from hamafza.registry.tests.factories import a_head


def a_need(
    owner: Person | Household | None = None, *, domain: str = Domain.JOB, waiting_days: int = 0, **fields: Any
) -> Need:
    """An open need with its score: of a person, of a household, or of a new family's head.

    In a domain of the household the person is left out; ``waiting_days`` says how long ago it began.
    """
    person = owner if isinstance(owner, Person) else None
    if owner is None or (person is None and domain not in HOUSEHOLD_DOMAINS):
        person = a_head(household=owner if isinstance(owner, Household) else None)
    household = person.household if person else owner
    assert isinstance(household, Household)
    today = timezone.localdate()
    need = Need(
        county_id=household.county_id,
        household=household,
        person=None if domain in HOUSEHOLD_DOMAINS else person,
        domain=domain,
        **{"since": today - timedelta(days=waiting_days), "state": NeedState.OPEN, **fields},
    )
    with counties([household.county_id]):
        put_score(need, situations_of([household.pk], on=today)[household.pk], on=today)
        need.save(force_insert=True)
    return need


def an_assessment(household: Household, **fields: Any) -> Assessment:
    """An assessment without findings."""
    with counties([household.county_id]):
        return Assessment.objects.create(county_id=household.county_id, household=household, **fields)


def person_of(need: Need) -> Person:
    """Whose need it is."""
    assert need.person is not None
    return need.person
