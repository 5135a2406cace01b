"""Places added, renamed and ended, with the days from which it holds; names as they were on a day; names in sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from hamafza.core.errors import Refusal
from hamafza.core.persian import key
from hamafza.places.choices import PlaceKind
from hamafza.places.commands.keep_places import NewPlace, add_place, end_place, rename_place
from hamafza.places.models import COUNTRY_CODE, Place, PlaceName
from hamafza.places.queries.places import (
    counties_of,
    county_names,
    districts_by_key,
    name_on,
    places_named,
)
from hamafza.places.tests.factories import CENTRAL, COUNTY, PROVINCE, SHARIFABAD, SISTER_COUNTY

pytestmark = pytest.mark.usefixtures("places")
DAY = date(2020, 5, 1)


def new(**facts: str) -> NewPlace:
    return replace(NewPlace("county", PROVINCE, "2399", "شهرستان نو"), **facts)  # type: ignore[arg-type]


def test_add_place_stands_under_its_parent() -> None:
    place = add_place(new(code="۲۳۹۹", name_fa="كرج نو"))
    assert (place.code, place.name_fa, place.name_key, place.parent_id) == ("2399", "کرج نو", "کرجنو", PROVINCE)
    assert "2399" in counties_of(frozenset({PROVINCE}), whole_country=False)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"code": "239"}, "code"),
        ({"code": "2299"}, "code"),
        ({"code": "23x9"}, "code"),
        ({"code": COUNTY}, "code"),
        ({"name_fa": " "}, "name_fa"),
        ({"name_fa": "پاك دشت"}, "name_fa"),
        ({"parent": COUNTY}, "kind"),
        ({"parent": "77"}, "kind"),
        ({"kind": "village"}, "kind"),
    ],
)
def test_add_place_with_a_fault_is_refused(facts: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        add_place(new(**facts))
    assert refusal.value.field == field


def test_rename_place_keeps_the_old_name_for_the_days_before() -> None:
    rename_place(COUNTY, name_fa="پاکدشت ری", name_en="", valid_from=DAY)
    place = rename_place(COUNTY, name_fa="پاکدشت نو", name_en="", valid_from=DAY + timedelta(days=10))
    days = [DAY - timedelta(days=1), DAY, DAY + timedelta(days=9), DAY + timedelta(days=10)]
    assert [name_on(place, day) for day in days] == ["پاکدشت", "پاکدشت ری", "پاکدشت ری", "پاکدشت نو"]
    assert place.name_key == key("پاکدشت نو")


@pytest.mark.parametrize(
    ("name", "days"), [("پاکدشت", 0), ("", 0), ("ورامین", 0), ("پاکدشت نو", -4000), ("پاکدشت نو", 1)]
)
def test_rename_place_with_a_fault_is_refused(name: str, days: int) -> None:
    PlaceName.objects.create(place_id=COUNTY, name_fa="پلشت", valid_to=DAY)
    with pytest.raises(Refusal):
        rename_place(COUNTY, name_fa=name, name_en="Pakdasht", valid_from=timezone.localdate() + timedelta(days=days))
    assert Place.objects.get(code=COUNTY).name_fa == "پاکدشت"


def test_rename_only_in_english_keeps_no_former_name() -> None:
    place = rename_place(COUNTY, name_fa="پاکدشت", name_en="Pakdasht County", valid_from=DAY)
    with translation.override("en"):
        assert (place.name, place.names.count()) == ("Pakdasht County", 0)


def test_end_place_ends_what_lies_inside_and_nothing_else() -> None:
    end_place(COUNTY, last_day=DAY)
    ended = {COUNTY, SHARIFABAD, CENTRAL, "2313022120", "2313012490", "2313022705"}
    assert set(Place.objects.filter(valid_to=DAY + timedelta(days=1)).values_list("code", flat=True)) == ended
    assert Place.objects.get(code=COUNTY).last_day == DAY


def test_end_place_twice_or_before_its_first_day_or_the_country_is_refused() -> None:
    place = add_place(NewPlace("county", PROVINCE, "2399", "نو", valid_from=DAY))
    refused = [(place.code, DAY - timedelta(days=1)), (COUNTRY_CODE, DAY)]
    end_place(SISTER_COUNTY, last_day=DAY)
    codes = []
    for code, day in [*refused, (SISTER_COUNTY, DAY)]:
        with pytest.raises(Refusal) as refusal:
            end_place(code, last_day=day)
        codes.append(refusal.value.code)
    assert codes == ["order", "country", "ended"]


@pytest.mark.parametrize(("day", "code"), [(date(2500, 1, 1), "future"), (DAY - timedelta(days=1), "renamed")])
def test_end_place_in_the_future_or_before_its_present_name_is_refused(day: date, code: str) -> None:
    rename_place(COUNTY, name_fa="پاکدشت نو", name_en="", valid_from=DAY)
    with pytest.raises(Refusal) as refusal:
        end_place(COUNTY, last_day=day)
    assert refusal.value.code == code


def test_a_name_is_kept_without_the_word_of_its_kind() -> None:
    renamed = rename_place(COUNTY, name_fa="شهرستان پاکدشت نو", name_en="", valid_from=DAY)
    added = add_place(NewPlace("district", COUNTY, "231399", "بخش فرون آباد"))
    city = add_place(NewPlace("city", "231399", "2313990001", "شهر قدس"))
    assert [place.name_fa for place in (renamed, added, city)] == ["پاکدشت نو", "فرون آباد", "شهر قدس"]


def test_add_below_an_ended_place_is_refused() -> None:
    end_place(PROVINCE, last_day=DAY)
    with pytest.raises(Refusal):
        add_place(new())


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "moon", "parent_id": PROVINCE},
        {"kind": "county", "parent_id": None},
        {"kind": "county", "parent_id": PROVINCE, "valid_from": DAY, "valid_to": DAY},
    ],
)
def test_the_database_refuses_an_impossible_place(facts: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(code="2398", name_fa="x", **facts)


def test_places_are_named_by_any_spelling_or_the_beginning_of_a_code() -> None:
    assert [place.code for place in places_named("شریف اباد")] == [SHARIFABAD, "2313012490"]
    assert [place.code for place in places_named("۲۳۱۳۰۱")] == [SHARIFABAD, "2313012490"]


@pytest.mark.parametrize(
    "written", ["پاکدشت", "پاك دشت", "شهرستان پاکدشت", "شهر پاکدشت", "2313", "Pakdasht", "پلشت", "بهزیستی پاکدشت"]
)
def test_county_names_know_what_offices_write(written: str) -> None:
    PlaceName.objects.create(place_id=COUNTY, name_fa="پلشت", valid_to=DAY)
    assert key(written) in county_names(COUNTY)


@pytest.mark.parametrize("written", ["ورامین", "2306", "تهران", "شریف‌آباد", "مرکزی", ""])
def test_county_names_do_not_know_another_place(written: str) -> None:
    assert key(written) not in county_names(COUNTY)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("مرکزی", CENTRAL),
        ("بخش مركزي", CENTRAL),
        ("شریف آباد", SHARIFABAD),
        ("231301", SHARIFABAD),
        ("پاکدشت", CENTRAL),
        ("فرون‌آباد", CENTRAL),
    ],
)
def test_districts_are_found_by_what_a_sheet_says(written: str, code: str) -> None:
    assert districts_by_key(COUNTY)[key(written)] == code


def test_districts_of_another_county_are_not_found() -> None:
    assert "230601" not in districts_by_key(COUNTY).values()


def test_title_of_a_place_names_its_kind() -> None:
    place = Place.objects.get(code=COUNTY)
    with translation.override("en"):
        assert (place.title, Place.objects.get(code=COUNTRY_CODE).title) == ("County of Pakdasht", "Iran")
    assert place.kind == PlaceKind.COUNTY
