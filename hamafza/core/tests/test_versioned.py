"""Optimistic locking: nobody's edit is lost."""

from __future__ import annotations

import pytest
from django.db import transaction

from hamafza.core.errors import StaleVersion
from hamafza.places.models import Place
from hamafza.registry.models import Household
from hamafza.registry.tests.factories import a_household


def test_each_save_counts(county: Place) -> None:
    household = a_household(county=county)
    assert household.version == 1
    household.save()
    household.save()
    assert (household.version, Household.objects.get(pk=household.pk).version) == (3, 3)


def test_second_of_two_editors_is_refused_and_the_first_stays(county: Place) -> None:
    household = a_household(county=county)
    mine, theirs = Household.objects.get(pk=household.pk), Household.objects.get(pk=household.pk)
    theirs.decile = 2
    theirs.save()
    mine.decile = 9
    with pytest.raises(StaleVersion) as refused, transaction.atomic():
        mine.save()
    assert refused.value.code == "stale"
    assert str(refused.value) == refused.value.message
    assert (mine.version, Household.objects.get(pk=household.pk).decile) == (1, 2)


def test_saving_one_field_counts_and_is_refused_as_well(county: Place) -> None:
    household = a_household(county=county)
    mine = Household.objects.get(pk=household.pk)
    household.decile = 4
    household.save(update_fields=["decile"])
    assert household.version == 2
    with pytest.raises(StaleVersion):
        mine.save(update_fields=["decile"])


def test_new_record_with_a_given_key_is_added(county: Place) -> None:
    household = Household(county=county)
    household.save()
    assert household.version == 1


def test_removed_record_is_not_made_again(county: Place) -> None:
    household = a_household(county=county)
    Household.objects.filter(pk=household.pk).delete()
    with pytest.raises(StaleVersion):
        household.save()
