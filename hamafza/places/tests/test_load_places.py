"""The official division: whole, with whole codes, and left as it is the second time."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from hamafza.places.choices import PlaceKind
from hamafza.places.commands.load_places import load_places
from hamafza.places.models import COUNTRY_CODE, Place
from hamafza.places.official import official_places, tidy_name
from hamafza.places.rules import CODE_LENGTH, is_official_code

pytestmark = pytest.mark.django_db


def test_load_places_brings_the_whole_division_within_three_seconds() -> None:
    start = time.perf_counter()
    added = load_places()
    took = time.perf_counter() - start
    kinds = Counter(Place.objects.values_list("kind", flat=True))
    assert kinds == {"country": 1, "province": 31, "county": 448, "district": 1099, "city": 1554}
    assert (added, took < 3) == (3133, True)


def test_load_places_again_adds_nothing_and_keeps_a_new_name() -> None:
    load_places()
    Place.objects.filter(code="2313").update(name_fa="پاکدشت نو")
    assert load_places() == 0
    assert Place.objects.get(code="2313").name_fa == "پاکدشت نو"


def test_load_places_fills_in_one_that_is_missing() -> None:
    load_places()
    Place.objects.filter(code="2313012490").delete()
    assert load_places() == 1


def test_official_codes_are_whole_and_begin_with_their_parents() -> None:
    places = [place for place in official_places() if place.code != COUNTRY_CODE]
    assert all(is_official_code(place.code, kind=place.kind, parent=place.parent or "") for place in places)
    assert len({place.code for place in places}) == len(places)
    assert {len(place.code) for place in places} == set(CODE_LENGTH.values())


@pytest.mark.parametrize(
    ("code", "name", "kind", "parent"),
    [
        ("2313", "پاکدشت", PlaceKind.COUNTY, "23"),
        ("0001", "اراک", PlaceKind.COUNTY, "00"),
        ("00", "مرکزی", PlaceKind.PROVINCE, COUNTRY_CODE),
        ("231301", "شریف‌آباد", PlaceKind.DISTRICT, "2313"),
        ("2313022120", "پاکدشت", PlaceKind.CITY, "231302"),
    ],
)
def test_load_places_knows(code: str, name: str, kind: PlaceKind, parent: str) -> None:
    load_places()
    place = Place.objects.get(code=code)
    assert (place.name_fa, place.kind, place.parent_id) == (name, kind, parent)


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("تبریز1-", "تبریز ۱"),
        ("ارومیه  5", "ارومیه ۵"),
        ("سیستان وبلوچستان", "سیستان و بلوچستان"),
        ("فرون اباد", "فرون‌آباد"),
        ("آباد", "آباد"),
    ],
)
def test_tidy_name_is_as_one_would_print_it(written: str, tidy: str) -> None:
    assert tidy_name(written) == tidy
