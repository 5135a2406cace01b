"""Pages of places, for the national administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.commands.keep_places import add_place, end_place, rename_place
from hamafza.accounts.tests.factories import give, make_actor, make_user
from hamafza.accounts.tests.queries import query_count
from hamafza.places.commands.keep_places import NewPlace
from hamafza.places.models import Place, PlaceName
from hamafza.places.tests.factories import CENTRAL, COUNTY, FAR_PROVINCE, PROVINCE, SISTER_COUNTY

pytestmark = pytest.mark.usefixtures("places")
DAY = date(2020, 1, 1)
PLACES = reverse("accounts:place-list")


def codes(client: Client, query: str = "") -> list[str]:
    return [place.code for place in client.get(PLACES + query).context["rows"]]


def test_place_list_goes_down_the_tree(administrator: Client) -> None:
    assert codes(administrator) == [FAR_PROVINCE, PROVINCE]
    assert codes(administrator, f"?parent={PROVINCE}") == [SISTER_COUNTY, COUNTY]
    assert codes(administrator, f"?parent={COUNTY}") == ["231301", CENTRAL]
    assert codes(administrator, f"?parent={CENTRAL}") == ["2313022120", "2313022705"]


def test_place_list_searches_everywhere(administrator: Client) -> None:
    assert codes(administrator, "?q=پاك دشت") == [COUNTY, "2313022120"]


def test_place_list_of_no_such_place_is_not_there(administrator: Client) -> None:
    assert administrator.get(f"{PLACES}?parent=77").status_code == 404


def test_place_list_goes_on_after_fifty(administrator: Client) -> None:
    Place.objects.bulk_create(
        Place(code=f"23{number}", kind="county", parent_id=PROVINCE, name_fa=f"n{number}") for number in range(30, 90)
    )
    first = administrator.get(f"{PLACES}?parent={PROVINCE}")
    second = administrator.get(PLACES + first.context["more_url"])
    shown = [place.code for page in (first, second) for place in page.context["rows"]]
    assert (len(shown), len(set(shown)), second.context["more_url"]) == (62, 62, "")


def test_place_list_asks_as_often_for_three_as_for_one(administrator: Client) -> None:
    one = query_count(administrator, f"{PLACES}?q=ورامین")
    assert query_count(administrator, f"{PLACES}?q=مرکزی") == one


def test_place_record_asks_as_often_with_former_names(administrator: Client) -> None:
    page = reverse("accounts:place-record", args=[COUNTY])
    before = query_count(administrator, page)
    rename_place(COUNTY, name_fa="نو", name_en="", valid_from=DAY, by=make_actor(Role.NATIONAL_ADMIN))
    assert query_count(administrator, page) == before
    assert "پاکدشت" in administrator.get(page).content.decode()


def test_add_place_page_adds_below(administrator: Client) -> None:
    page = reverse("accounts:place-create", args=[PROVINCE])
    assert administrator.get(page).status_code == 200
    bad = administrator.post(page, {"name_fa": "نو", "code": "99"})
    good = administrator.post(page, {"name_fa": "نو", "code": "۲۳۹۹", "valid_from": "۱۴۰۳/۱/۱"})
    assert (bad.status_code, set(bad.context["form"].errors)) == (422, {"code"})
    assert good.url == reverse("accounts:place-record", args=["2399"])


def test_add_below_a_city_is_not_there(administrator: Client) -> None:
    assert administrator.get(reverse("accounts:place-create", args=["2313022120"])).status_code == 404


def test_rename_place_page_renames(administrator: Client) -> None:
    page = reverse("accounts:place-rename", args=[COUNTY])
    assert administrator.get(page).status_code == 200
    bad = administrator.post(page, {"name_fa": "ورامین", "valid_from": "1403/1/1"})
    administrator.post(page, {"name_fa": "پاکدشت نو", "valid_from": "1403/1/1"})
    assert bad.status_code == 422
    assert [name.name_fa for name in PlaceName.objects.filter(place_id=COUNTY)] == ["پاکدشت"]


def test_end_place_page_ends(administrator: Client) -> None:
    page = reverse("accounts:place-end", args=[SISTER_COUNTY])
    assert administrator.get(page).status_code == 200
    administrator.post(page, {"last_day": "1403/1/1"})
    again = administrator.post(page, {"last_day": "1403/1/1"})
    assert again.status_code == 422
    assert Place.objects.get(code=SISTER_COUNTY).valid_to is not None
    assert administrator.get(reverse("accounts:place-record", args=[SISTER_COUNTY])).status_code == 200


@pytest.mark.parametrize("place", [SISTER_COUNTY, PROVINCE])
def test_end_place_where_a_duty_is_held_is_refused(administrator: Client, place: str) -> None:
    give(make_user(), Role.SOCIAL_WORKER, SISTER_COUNTY)
    answer = administrator.post(reverse("accounts:place-end", args=[place]), {"last_day": "1403/1/1"})
    assert (answer.status_code, Place.objects.get(code=place).valid_to) == (422, None)


def test_place_record_of_an_ended_place_tells_its_last_day(administrator: Client) -> None:
    administrator.post(reverse("accounts:place-end", args=[SISTER_COUNTY]), {"last_day": "1403/1/1"})
    assert "۱۴۰۳/۰۱/۰۱" in administrator.get(reverse("accounts:place-record", args=[SISTER_COUNTY])).content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.NATIONAL_ADMIN}))
def test_every_other_role_may_not_keep_places(role: Role) -> None:
    actor = make_actor(role)
    acts: list[Callable[[], object]] = [
        lambda: add_place(NewPlace("county", PROVINCE, "2399", "نو"), by=actor),
        lambda: rename_place(COUNTY, name_fa="نو", name_en="", valid_from=DAY, by=actor),
        lambda: end_place(COUNTY, last_day=DAY, by=actor),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
