"""The ritual for each page of commitments: whom it answers, where, and with how many queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import SignedIn, make_organization, make_worker
from hamafza.commitments.choices import CommitmentState as S
from hamafza.commitments.commands.answer import report
from hamafza.commitments.commands.give import assign, write_commitment
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Report, Supports
from hamafza.commitments.tests.factories import Table, a_table, client_of, days
from hamafza.core.scope import counties
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, PROVINCE

PLACE_PAGES = ["commitment-list", "ladder-record"]
ISSUER_PAGES = ["commitment-create"]
STEPS = ["assign", "answer", "move", "cancel", "decide-date", "close", "reopen"]
OWNER_STEPS = ["accept", "return", "date"]


def url(name: str, *args: object) -> str:
    return reverse(f"commitments:{name}", args=args)


def step(name: str, held: Commitment) -> str:
    return url(f"commitment-{name}", held.pk)


@pytest.fixture
def secretary(table: Table) -> Client:
    return client_of(table.secretary)


@pytest.fixture
def officer(table: Table) -> Client:
    return client_of(table.officer)


@pytest.fixture
def far(table: Table) -> Commitment:
    """Of a county of another province, between bodies of its own."""
    with counties([FAR_COUNTY]):
        return a_table(FAR_COUNTY).taken()


@pytest.mark.parametrize("name", PLACE_PAGES + ISSUER_PAGES)
def test_page_of_a_place_answers_its_own_people_alone(secretary: Client, far: Commitment, name: str) -> None:
    assert secretary.get(url(name)).status_code == 200
    assert secretary.get(url(name), {"place": FAR_COUNTY}).status_code == 404
    assert secretary.get(url(name), {"place": PROVINCE}).status_code == 404


@pytest.mark.parametrize("name", PLACE_PAGES + ISSUER_PAGES)
@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.AUDITOR, Role.BENEFACTOR, Role.AGENCY_OFFICER])
def test_page_of_a_place_is_not_there_for_other_roles(signed_in: SignedIn, role: Role, name: str) -> None:
    assert signed_in(role).get(url(name)).status_code == 404


def test_list_shows_its_own_place_alone(table: Table, secretary: Client, far: Commitment) -> None:
    own = table.given()
    page = secretary.get(url("commitment-list"))
    assert [row.pk for row in page.context["rows"]] == [own.pk]


def test_director_of_a_province_sees_its_counties_one_by_one(table: Table, signed_in: SignedIn) -> None:
    own, director = table.given(), signed_in(Role.PROVINCE_DIRECTOR)
    assert list(director.get(url("commitment-list")).context["rows"]) == []
    page = director.get(url("commitment-list"), {"place": COUNTY})
    assert [row.pk for row in page.context["rows"]] == [own.pk]


def test_record_answers_who_follows_up_and_who_takes_part(table: Table, far: Commitment) -> None:
    helping = make_organization("خیریه یاور", place=COUNTY, kind=OrganizationKind.CHARITY)
    helper = actor_for(make_worker(Role.AGENCY_OFFICER, COUNTY, organization=helping))
    held = table.given(supporters=(Supports(helping),))
    people = [table.secretary, table.governor, table.officer, helper]
    answers = [client_of(one).get(step("record", held)).status_code for one in people]
    assert answers == [200, 200, 200, 200]
    assert [client_of(one).get(step("record", far)).status_code for one in people] == [404] * 4


@pytest.mark.parametrize("role", [Role.AGENCY_OFFICER, Role.SOCIAL_WORKER, Role.AUDITOR])
def test_record_is_not_there_for_strangers(table: Table, signed_in: SignedIn, role: Role) -> None:
    assert signed_in(role).get(step("record", table.given())).status_code == 404


def test_draft_is_nobodys_yet(table: Table, officer: Client) -> None:
    draft = write_commitment(table.county, table.order(), by=table.secretary)
    assert officer.get(step("record", draft)).status_code == 404
    assign(draft, by=table.secretary)
    assert officer.get(step("record", draft)).status_code == 200


def test_closed_one_is_known_to_who_hands_it_out_and_to_who_takes_part(table: Table) -> None:
    held = table.given(confidentiality="closed")
    head = actor_for(make_worker(Role.COUNTY_HEAD, COUNTY))
    asked = [table.secretary, table.governor, table.officer, head]
    assert [client_of(one).get(step("record", held)).status_code for one in asked] == [200, 200, 200, 404]
    assert list(client_of(head).get(url("commitment-list")).context["rows"]) == []
    assert client_of(head).post(step("verify", held), {"verify-said": "yes"}).status_code == 404
    content = client_of(table.secretary).get(url("commitment-list-export", "csv")).content.decode()
    assert held.title not in content


@pytest.mark.parametrize("name", [*STEPS, *OWNER_STEPS, "verify"])
def test_step_is_not_taken_by_opening_its_address(table: Table, secretary: Client, name: str) -> None:
    held = table.given()
    assert secretary.get(step(name, held)).status_code == 405
    held.refresh_from_db()
    assert held.state == S.ASSIGNED


@pytest.mark.parametrize("name", STEPS)
def test_step_of_who_hands_out_is_not_the_owners(table: Table, officer: Client, far: Commitment, name: str) -> None:
    assert officer.post(step(name, table.taken())).status_code == 404
    assert client_of(table.secretary).post(step(name, far)).status_code == 404


@pytest.mark.parametrize("name", [*OWNER_STEPS, "report"])
def test_step_of_the_owner_is_not_that_of_others(table: Table, signed_in: SignedIn, name: str) -> None:
    held = table.given()
    for client in (client_of(table.secretary), client_of(table.governor), signed_in(Role.AGENCY_OFFICER)):
        assert client.post(step(name, held)).status_code == 404


@pytest.mark.parametrize("name", ["commitment-list", "commitment-mine"])
def test_list_of_one_and_of_five_asks_the_same_queries(table: Table, name: str) -> None:
    client = client_of(table.officer if name == "commitment-mine" else table.secretary)
    table.taken()
    client.get(url(name))
    with CaptureQueriesContext(connection) as one:
        client.get(url(name))
    for _ in range(2):
        table.taken()
        table.given()
    with CaptureQueriesContext(connection) as five:
        client.get(url(name))
    assert len(one) == len(five) <= 15


def test_record_of_one_report_and_of_four_asks_the_same_queries(table: Table, secretary: Client) -> None:
    held = table.taken()
    report(held, Report(percent=10), by=table.officer)
    secretary.get(step("record", held))
    with CaptureQueriesContext(connection) as one:
        secretary.get(step("record", held))
    for share in (20, 30, 40):
        report(held, Report(percent=share), by=table.officer)
    with CaptureQueriesContext(connection) as four:
        secretary.get(step("record", held))
    assert len(one) == len(four)


def test_desk_shows_what_the_body_owes_and_where_it_helps(table: Table, officer: Client) -> None:
    own = table.given()
    other = table.given(owner=table.silent, supporters=(Supports(table.agency, "معرفی داوطلب"),))
    table.given(owner=table.silent)
    page = officer.get(url("commitment-mine"))
    assert [row.pk for row in page.context["rows"]] == [own.pk]
    assert [row.pk for row in page.context["helps"]] == [other.pk]


def test_desk_of_who_works_for_no_body_is_not_there(signed_in: SignedIn) -> None:
    assert signed_in(Role.AGENCY_OFFICER).get(url("commitment-mine")).status_code == 404


def test_desk_shows_what_a_province_asks_of_a_body_of_its_county(table: Table, officer: Client) -> None:
    with counties([PROVINCE]):
        above = a_table(PROVINCE)
        held = above.given(owner=table.agency)
    assert [row.pk for row in officer.get(url("commitment-mine")).context["rows"]] == [held.pk]
    assert officer.get(step("record", held)).status_code == 200


def test_page_after_the_last_row_is_the_rest(table: Table, secretary: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamafza.commitments.views.commitments.PAGE", 2)
    for ahead in (9, 7, 8, 7, 5):
        table.given(due_on=days(ahead))
    rows, address = [], url("commitment-list")
    for _ in range(3):
        page = secretary.get(address)
        rows += page.context["rows"]
        address = url("commitment-list") + page.context["more_url"]
    assert [(row.due_on - days(0)).days for row in rows] == [5, 7, 7, 8, 9]
    assert len({row.pk for row in rows}) == 5
    assert address == url("commitment-list")


def test_what_a_body_helps_with_has_a_way_on(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamafza.commitments.views.commitments.PAGE", 2)
    helped = [table.given(owner=table.silent, supporters=(Supports(table.agency),)).pk for _each in range(5)]
    client, way, shown = client_of(table.officer), "", []
    for _page in range(3):
        page = client.get(url("commitment-mine") + way)
        shown += [one.pk for one in page.context["helps"]]
        way = page.context["helps_url"]
    assert (way, shown) == ("", helped)
