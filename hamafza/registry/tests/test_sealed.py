"""`verify` sees a sealed text that was put where it does not belong."""

from __future__ import annotations

import pytest
from django.db import connection

from hamafza.core.scope import counties
from hamafza.places.tests.factories import COUNTY, make_places
from hamafza.registry.queries.sealed import sealed_faults
from hamafza.registry.tests.factories import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_county():  # type: ignore[no-untyped-def]  # a fixture
    make_places()
    with counties([COUNTY]):
        yield


def test_sealed_faults_of_sound_files_are_none() -> None:
    a_person(mobile="09121234567")
    assert list(sealed_faults()) == []


def test_sealed_faults_name_a_text_moved_from_another_row() -> None:
    one, other = a_person(mobile="09121234567"), a_person(mobile="09127654321")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_person SET mobile = (SELECT mobile FROM registry_person WHERE id = %s) WHERE id = %s",
            [other.pk.hex, one.pk.hex],
        )
    assert list(sealed_faults()) == [f"registry_person {one.pk}: mobile does not open"]


def test_sealed_faults_name_an_index_that_is_anothers() -> None:
    person = a_person(mobile="09121234567")
    type(person).objects.filter(pk=person.pk).update(mobile_index="0" * 32)
    assert list(sealed_faults()) == [f"registry_person {person.pk}: mobile_index is not the index of mobile"]
