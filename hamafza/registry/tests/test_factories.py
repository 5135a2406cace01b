from __future__ import annotations

import pytest

from hamafza.core.identity import is_identity_number
from hamafza.core.scope import counties
from hamafza.registry.models import Household, IdentityClaim
from hamafza.registry.tests.factories import a_head, a_household, a_person, identity_number


@pytest.mark.django_db
def test_a_head_is_the_head_of_her_household_and_claims_her_number() -> None:
    head = a_head()
    with counties([head.county_id]):
        assert Household.objects.get().head_id == head.pk
    assert IdentityClaim.objects.get().person_id == head.pk
    assert is_identity_number(head.identity_number)


@pytest.mark.django_db
def test_persons_of_one_household_have_numbers_of_their_own() -> None:
    household = a_household()
    first, second = a_person(household=household), a_person(household=household)
    assert first.identity_number != second.identity_number
    assert identity_number(5) != identity_number(6)
