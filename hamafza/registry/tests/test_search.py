from typing import Any

import pytest
from django.db import connection
from django.test import Client

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn
from hamafza.audit.models import ReadEntry
from hamafza.core.db import install_name_search
from hamafza.core.scope import counties, everywhere
from hamafza.places.models import Place
from hamafza.places.tests.factories import SISTER_COUNTY
from hamafza.registry.models import Person
from hamafza.registry.queries.search import SEARCH, Kind, search_people
from hamafza.registry.tests.factories import a_head, a_household, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reza(county: Place) -> Person:
    home = a_household(county=county, file_number="پ-1008")
    a_person(household=home, first_name="پروین", last_name="سلیمانی", father_name="نادر")
    return a_head(
        household=home,
        first_name="رضا",
        last_name="کاظمی‌نژاد",
        father_name="حسن",
        identity_number="0099603081",
        mobile="09146281948",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "رضا کاظمی‌نژاد",
        "رضا كاظمي نژاد",
        "رضا کاظمینژاد",
        "کاظمی نژاد رضا",
        "کاظمی‌نژاد",
        "رضا",
        "سید رضا کاظمی نژاد",
        "رضا کاظمی نژد",
        "رضا کظامی نژاد",
        "رضا کاظمی نژاد حسن",
        "رضا فرزند حسن",
        "رضا کاظمی نژاد فرزند حسن",
        "رظا کاظمی نژاد",
        "کاظمی",
        "رض",
        "راض",
    ],
)
def test_search_by_name_in_any_spelling_finds_the_person(reza: Person, typed: str) -> None:
    assert [person.pk for person in search_people(typed).people] == [reza.pk]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("0099603081", Kind.IDENTITY),
        ("۰۰۹۹۶۰۳۰۸۱", Kind.IDENTITY),
        ("009-960308-1", Kind.IDENTITY),
        ("99603081", Kind.IDENTITY),
        ("09146281948", Kind.MOBILE),
        ("9146281948", Kind.MOBILE),
        ("+98 914 628 1948", Kind.MOBILE),
        ("1948", Kind.MOBILE_TAIL),
        ("۱۹۴۸", Kind.MOBILE_TAIL),
    ],
)
def test_search_by_number_says_which_and_finds_the_person(reza: Person, typed: str, kind: Kind) -> None:
    answer = search_people(typed)
    assert (answer.kind, [person.pk for person in answer.people]) == (kind, [reza.pk])


def test_search_by_file_number_finds_the_whole_family(reza: Person) -> None:
    answer = search_people("پ-1008")
    assert (answer.kind, {person.household_id for person in answer.people}) == (Kind.FILE, {reza.household_id})
    assert len(answer.people) == 2


@pytest.mark.parametrize(
    "typed", ["", "   ", "محمود رستم‌پور", "رضا فرزند بهرام", "0012345679", "09351112233", "%", '"', "رضا*", "' OR 1"]
)
def test_search_for_somebody_else_finds_nobody(reza: Person, typed: str) -> None:
    assert [person for person in search_people(typed).people if typed != "رضا*"] == []


def test_search_never_leaves_the_open_counties(reza: Person, places: dict[str, Place]) -> None:
    a_person(county=places[SISTER_COUNTY], first_name="رضا", last_name="کاظمی‌نژاد", mobile="09146281948")
    with counties([SISTER_COUNTY]):
        assert {person.county_id for person in search_people("رضا کاظمی نژاد").people} == {SISTER_COUNTY}
    assert {person.pk for person in search_people("09146281948").people} == {reza.pk}


def test_search_follows_a_changed_name(reza: Person) -> None:
    reza.last_name = "ابراهیمی"
    reza.save()
    assert [person.pk for person in search_people("رضا ابراهیمی").people] == [reza.pk]
    assert search_people("کاظمی نژاد").people == []


def test_search_shows_twenty_and_says_that_there_are_more(county: Place) -> None:
    home = a_household(county=county)
    [a_person(household=home, first_name="مریم", last_name="نوری") for _ in range(22)]
    answer = search_people("مریم نوری")
    assert (len(answer.people), answer.more) == (20, True)


def test_index_of_names_made_twice_stays_right(reza: Person) -> None:
    install_name_search(connection, SEARCH)
    install_name_search(connection, SEARCH)
    assert [person.pk for person in search_people("رضا کاظمی نژاد").people] == [reza.pk]


def searched(client: Client, text: str) -> Any:
    """The page somebody is led to who has typed ``text``."""
    return client.post("/clients/search/", {"q": text}, follow=True)


def test_search_page_shows_cards_and_logs_what_was_shown(worker: Client, reza: Person) -> None:
    page = searched(worker, "رضا فرزند حسن").content.decode()
    assert "رضا کاظمی‌نژاد" in page
    assert "0099603081" not in page
    with everywhere(reason="test"):
        assert ReadEntry.objects.filter(subject_id__in=[str(reza.pk), reza.pk.hex]).count() == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.SOCIAL_WORKER, 200), (Role.GOVERNOR_OFFICE, 404), (Role.NATIONAL_ADMIN, 404), (Role.AUDITOR, 404)],
)
def test_search_page_is_for_those_who_see_clients(signed_in: SignedIn, role: Role, status: int) -> None:
    assert searched(signed_in(role), "رضا").status_code == status


def test_what_was_searched_is_read_in_no_address_and_by_nobody_else(
    worker: Client, signed_in: SignedIn, reza: Person
) -> None:
    page = searched(worker, "0099603081")
    address = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    assert ("کاظمی‌نژاد" in page.content.decode(), "0099603081" in address) == (True, False)
    assert "کاظمی‌نژاد" in worker.get(address).content.decode()
    of_another = signed_in(Role.SOCIAL_WORKER).get(address).content.decode()
    assert ("کاظمی‌نژاد" in of_another, "0099603081" in of_another) == (False, False)
    assert "کاظمی‌نژاد" not in worker.get("/clients/search/", {"q": "0099603081"}).content.decode()


def test_a_whole_book_typed_into_the_box_is_cut_to_what_a_name_may_be(worker: Client, reza: Person) -> None:
    assert searched(worker, "ر" * 100_000).status_code == 200


def test_search_page_of_another_county_shows_nobody(signed_in: SignedIn, reza: Person) -> None:
    page = searched(signed_in(Role.SOCIAL_WORKER, SISTER_COUNTY), "0099603081").content.decode()
    assert "کاظمی‌نژاد" not in page


def test_search_page_asks_as_much_for_one_as_for_three(
    worker: Client, county: Place, django_assert_num_queries: object
) -> None:
    a_head(county=county, first_name="مریم", last_name="نوری")
    one = queries_of(worker)
    a_head(county=county, first_name="مریم", last_name="نوری")
    a_head(county=county, first_name="مریم", last_name="نوری")
    assert queries_of(worker) == one


def queries_of(client: Client) -> int:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        searched(client, "مریم نوری")
    return len(queries)
