"""The pages of the registry: for whom they are meant, the list, and what they ask of the database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.rules import PERMISSIONS
from hamafza.accounts.tests.factories import signed_in_client
from hamafza.audit.models import ReadEntry
from hamafza.core.identity import is_identity_number
from hamafza.places.tests.factories import FAR_COUNTY, SISTER_COUNTY, make_county
from hamafza.registry import panels
from hamafza.registry.choices import Cause, HouseholdState, TargetGroup
from hamafza.registry.models import Household, Person
from hamafza.registry.tests.factories import (
    a_cause,
    a_head,
    a_household,
    a_membership,
    a_person,
    identity_number,
)
from hamafza.registry.tests.pages import NOT_ALLOWED, NOT_FOUND, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_county")]

HOUSEHOLD_PAGES = ["household-record", "household-history", "household-documents"]
HOUSEHOLD_FORMS = ["household-edit", "household-cause-create", "person-create"]
PERSON_PAGES = ["person-record", "person-history", "person-documents"]
PERSON_FORMS = [
    "person-edit",
    "person-move",
    "person-leave",
    "person-return",
    "person-head",
    "membership-create",
    "disability-create",
    "person-cause-create",
]


@pytest.mark.parametrize("name", HOUSEHOLD_PAGES + HOUSEHOLD_FORMS)
def test_household_page_opens_for_a_worker_of_the_county(worker: Client, name: str) -> None:
    assert worker.get(page(name, a_head().household)).status_code == 200


@pytest.mark.parametrize("name", PERSON_PAGES + PERSON_FORMS)
def test_person_page_opens_for_a_worker_of_the_county(worker: Client, name: str) -> None:
    assert worker.get(page(name, a_head())).status_code == 200


@pytest.mark.parametrize("name", HOUSEHOLD_PAGES + HOUSEHOLD_FORMS)
def test_household_page_of_another_county_is_not_found(worker: Client, name: str) -> None:
    assert worker.get(page(name, a_head(county=make_county(SISTER_COUNTY)).household)).status_code == NOT_FOUND


@pytest.mark.parametrize("name", PERSON_PAGES + PERSON_FORMS)
def test_person_page_of_another_county_is_not_found(worker: Client, name: str) -> None:
    assert worker.get(page(name, a_head(county=make_county(FAR_COUNTY)))).status_code == NOT_FOUND


@pytest.mark.parametrize("role", [Role.GOVERNOR_OFFICE, Role.AUDITOR, Role.NATIONAL_ADMIN])
@pytest.mark.parametrize("name", PERSON_PAGES + PERSON_FORMS)
def test_person_page_is_not_found_for_roles_without_clients(role: Role, name: str) -> None:
    assert signed_in_client(role).get(page(name, a_head())).status_code == NOT_FOUND


@pytest.mark.parametrize("role", [Role.GOVERNOR_OFFICE, Role.AUDITOR, Role.NATIONAL_ADMIN])
@pytest.mark.parametrize("name", ["household-list", "household-create"])
def test_household_list_is_not_found_for_roles_without_clients(role: Role, name: str) -> None:
    assert signed_in_client(role).get(reverse(f"registry:{name}")).status_code == NOT_FOUND


@pytest.mark.parametrize("name", PERSON_FORMS)
def test_person_form_is_not_found_for_a_reader(name: str) -> None:
    assert signed_in_client(Role.PROVINCE_DIRECTOR).get(page(name, a_head())).status_code == NOT_FOUND


@pytest.mark.parametrize("name", ["cause-withdraw"])
def test_action_by_get_is_not_allowed(worker: Client, name: str) -> None:
    assert worker.get(page(name, a_cause(a_household()))).status_code == NOT_ALLOWED


def test_list_shows_only_own_county_and_open_files(worker: Client) -> None:
    own = a_head(first_name="زهرا", last_name="کاظمی")
    a_head(county=make_county(SISTER_COUNTY), first_name="بیگانه", last_name="ناشناس")
    a_household(file_number="CLOSED-1", state=HouseholdState.LEFT, left_reason="moved")
    text = worker.get(reverse("registry:household-list")).content.decode()
    assert own.full_name in text
    assert "بیگانه" not in text
    assert "CLOSED" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=كاظمي", ["A-1"]),
        ("q=%D9%90A-1", ["A-1"]),
        ("decile=3", ["B-2"]),
        ("group=older", ["B-2"]),
        ("state=suspended", ["C-3"]),
        ("sort=file", ["A-1", "B-2", "C-3"]),
        ("sort=-file", ["C-3", "B-2", "A-1"]),
        ("sort=name", ["C-3", "B-2", "A-1"]),
        ("sort=decile", ["B-2", "A-1", "C-3"]),
    ],
)
def test_list_filters_and_sorts(worker: Client, query: str, found: list[str]) -> None:
    a_head(household=a_household(file_number="A-1", decile=5), first_name="زهرا", last_name="کاظمی")
    older = a_head(household=a_household(file_number="B-2", decile=3), first_name="علی", last_name="احمدی")
    a_membership(older, group=TargetGroup.OLDER)
    a_head(
        household=a_household(file_number="C-3", state=HouseholdState.SUSPENDED), first_name="رضا", last_name="آقایی"
    )
    rows = worker.get(f"{reverse('registry:household-list')}?{query}").context["rows"]
    assert [row.file_number for row, _url, _tone in rows] == found


def test_list_goes_on_where_the_page_ended(worker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamafza.registry.queries.households.PAGE", 2)
    for number in range(5):
        a_household(file_number=f"F-{number}", decile=number % 2 + 1)
    seen: list[str] = []
    url = "?sort=decile"
    while url:
        answer = worker.get(reverse("registry:household-list") + url)
        seen += [row.file_number for row, _url, _tone in answer.context["rows"]]
        url = answer.context["more_url"]
    assert sorted(seen) == [f"F-{number}" for number in range(5)]


def test_list_filtered_by_a_special_group_logs_each_household_shown(worker: Client) -> None:
    head = a_head()
    a_membership(head, group=TargetGroup.MENTAL_ILLNESS)
    worker.get(reverse("registry:household-list") + "?group=mental_illness")
    assert [entry.fields for entry in ReadEntry.objects.all()] == [["groups"]]


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", HOUSEHOLD_PAGES)
def test_household_pages_ask_the_same_at_one_and_three_rows(worker: Client, name: str) -> None:
    household = a_head().household
    a_cause(household)
    one = _queries(worker, page(name, household))
    for cause in (Cause.SOCIAL, Cause.HEREDITARY):
        a_cause(household, cause=cause)
        a_person(household=household)
    assert _queries(worker, page(name, household)) == one <= 15


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_person_pages_ask_the_same_at_one_and_three_rows(worker: Client, name: str) -> None:
    person = a_head()
    a_membership(person, group=TargetGroup.OLDER)
    one = _queries(worker, page(name, person))
    a_membership(person, group=TargetGroup.DEPRIVED)
    a_membership(person, group=TargetGroup.WOMAN_HEAD)
    assert _queries(worker, page(name, person)) == one <= 15


def test_list_asks_the_same_at_one_and_three_rows(worker: Client) -> None:
    a_head()
    one = _queries(worker, reverse("registry:household-list"))
    a_head()
    a_head()
    assert _queries(worker, reverse("registry:household-list")) == one <= 15


def test_panel_of_an_upper_app_stands_on_the_page(worker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_panels", [])
    person = a_head()
    panels.register_panel(
        "person", "تابلوی بالایی", "patterns/_badge.html", context=lambda request, record: {}, order=1
    )
    assert "تابلوی بالایی" in worker.get(page("person-record", person)).content.decode()
    assert "تابلوی بالایی" not in worker.get(page("household-record", person.household)).content.decode()


def test_identity_numbers_of_the_factories_are_valid() -> None:
    assert is_identity_number(identity_number(1))


def test_sealed_fields_and_special_class_are_absent_for_a_role_that_may_never_see_them(
    worker: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = PERMISSIONS[Role.SOCIAL_WORKER] - {Permission.REVEAL_IDENTITY}
    monkeypatch.setitem(PERMISSIONS, Role.SOCIAL_WORKER, allowed)
    person = a_head(household=a_household(address="خیابان اصلی", postal_code="3312345678"), mobile="09123456789")
    a_membership(person, group=TargetGroup.MENTAL_ILLNESS)
    person_text = worker.get(page("person-record", person)).content.decode()
    household_text = worker.get(page("household-record", person.household)).content.decode()
    labels = [str(Person._meta.get_field(name).verbose_name) for name in ("identity_number", "mobile", "iban")]
    assert [label for label in labels if f"<dt>{label}</dt>" in person_text] == []
    assert "special-class" not in person_text
    labels = [str(Household._meta.get_field(name).verbose_name) for name in ("address", "postal_code")]
    assert [label for label in labels if f"<dt>{label}</dt>" in household_text] == []
    assert worker.post(page("person-special", person), {"reason": "کنجکاوی"}).status_code == NOT_FOUND
    url = reverse("registry:person-reveal", args=[person.pk, "mobile"])
    assert worker.post(url, {"reason": "کنجکاوی"}).status_code == NOT_FOUND


def test_special_groups_are_no_filter_for_a_role_that_may_never_see_them(
    worker: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = PERMISSIONS[Role.SOCIAL_WORKER] - {Permission.REVEAL_IDENTITY}
    monkeypatch.setitem(PERMISSIONS, Role.SOCIAL_WORKER, allowed)
    a_membership(a_head(), group=TargetGroup.MENTAL_ILLNESS)
    a_head()
    answer = worker.get(reverse("registry:household-list") + "?group=mental_illness")
    assert answer.context["count"] == 2
