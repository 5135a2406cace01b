"""What the database refuses by itself, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction

from hamafza.core.scope import counties
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY, make_county
from hamafza.registry.choices import FileEventKind, HouseholdState, Relation, TargetGroup
from hamafza.registry.models import FileEvent, Household, IdentityClaim, Person, TargetGroupMembership
from hamafza.registry.tests.factories import a_head, a_household, a_membership, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open_county() -> Iterator[None]:
    make_county()
    with counties([COUNTY]):
        yield


def test_second_head_of_a_household_is_refused() -> None:
    head = a_head()
    other = a_person(household=head.household)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=other.pk).update(relation=Relation.HEAD)


def test_identity_number_is_claimed_once_in_the_country() -> None:
    holder = a_person()
    other = a_person(county=make_county(SISTER_COUNTY), identity_number="")
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityClaim.objects.create(identity_index=holder.identity_index, person=other, county_id=SISTER_COUNTY)


def test_person_without_any_name_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_person(first_name="", last_name="")


def test_file_number_however_spelt_is_used_once_in_a_county() -> None:
    a_household(file_number="۱۲-الف")
    with pytest.raises(IntegrityError), transaction.atomic():
        a_household(file_number="12 الف")


def test_file_number_may_be_used_again_in_another_county() -> None:
    a_household(file_number="12")
    assert a_household(county=make_county(SISTER_COUNTY), file_number="12").pk


def test_household_that_left_without_a_reason_is_refused() -> None:
    household = a_household()
    with pytest.raises(IntegrityError), transaction.atomic():
        Household.objects.filter(pk=household.pk).update(state=HouseholdState.LEFT, left_reason="")


@pytest.mark.parametrize("decile", [0, 11])
def test_decile_out_of_its_range_is_refused(decile: int) -> None:
    household = a_household()
    with pytest.raises(IntegrityError), transaction.atomic():
        Household.objects.filter(pk=household.pk).update(decile=decile)


def test_open_membership_of_one_group_is_kept_once() -> None:
    person = a_person()
    a_membership(person, group=TargetGroup.OLDER)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_membership(person, group=TargetGroup.OLDER)
    assert TargetGroupMembership.objects.count() == 1


def test_file_event_without_a_reason_is_refused() -> None:
    household = a_household()
    with pytest.raises(IntegrityError), transaction.atomic():
        FileEvent.objects.create(county_id=COUNTY, household=household, kind=FileEventKind.LEFT, reason="")
