"""The tests' own country is as the real one."""

from __future__ import annotations

from django.test import Client

from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, PLACES, make_places


def test_make_places_twice_adds_nothing(places: dict[str, Place]) -> None:
    make_places()
    assert Place.objects.count() == len(PLACES)


def test_fixtures_give_a_county_and_a_signed_in_client(county: Place, worker: Client) -> None:
    assert (county.code, worker.user.duties.get().place_id) == (COUNTY, COUNTY)
