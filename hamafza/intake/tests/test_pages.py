"""The pages of an import: for whom they are meant, and the list."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import signed_in_client
from hamafza.intake.choices import BatchState
from hamafza.intake.tests.factories import (
    HEAD,
    csv_file,
    make_batch,
)
from hamafza.intake.tests.pages import NOT_ALLOWED, NOT_FOUND, again, text, url
from hamafza.places.tests.factories import FAR_COUNTY, SISTER_COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("division")]

PAGES = ["batch-record", "columns", "row-list", "refused", "refused-sheet", "warnings"]
ACTIONS = ["batch-begin", "batch-drop", "batch-go-on"]
STRANGERS = [Role.PROVINCE_DIRECTOR, Role.GOVERNOR_OFFICE, Role.AUDITOR, Role.NATIONAL_ADMIN]


# Who may


@pytest.mark.parametrize("name", PAGES)
def test_page_of_the_county_opens(worker: Client, name: str) -> None:
    batch = make_batch(BatchState.STAGED)
    assert worker.get(url(name, batch)).status_code == 200


@pytest.mark.parametrize("county", [SISTER_COUNTY, FAR_COUNTY])
@pytest.mark.parametrize("name", PAGES)
def test_page_of_another_county_is_not_found(worker: Client, name: str, county: str) -> None:
    assert worker.get(url(name, make_batch(BatchState.STAGED, county=county))).status_code == NOT_FOUND


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("name", PAGES)
def test_page_for_a_role_that_may_not_import_is_not_found(name: str, role: Role) -> None:
    assert signed_in_client(role).get(url(name, make_batch(BatchState.STAGED))).status_code == NOT_FOUND


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("name", ["batch-list", "upload"])
def test_list_and_upload_for_a_role_that_may_not_import_are_not_found(name: str, role: Role) -> None:
    assert signed_in_client(role).get(reverse(f"intake:{name}")).status_code == NOT_FOUND


@pytest.mark.parametrize("name", ACTIONS)
def test_action_in_another_county_is_not_found_and_does_nothing(worker: Client, name: str) -> None:
    batch = make_batch(BatchState.STAGED, county=SISTER_COUNTY)
    assert worker.post(url(name, batch)).status_code == NOT_FOUND
    assert again(batch).state == BatchState.STAGED


@pytest.mark.parametrize("name", ACTIONS)
def test_action_by_get_is_not_allowed(worker: Client, name: str) -> None:
    assert worker.get(url(name, make_batch(BatchState.STAGED))).status_code == NOT_ALLOWED


def test_anonymous_is_sent_to_sign_in() -> None:
    assert reverse("accounts:sign-in") in Client().get(reverse("intake:batch-list")).url


# The list


def test_list_shows_the_imports_of_the_county_alone(worker: Client) -> None:
    ours = make_batch(BatchState.DONE, name="ours.xlsx")
    make_batch(BatchState.DONE, county=SISTER_COUNTY, name="theirs.xlsx")
    rows = worker.get(reverse("intake:batch-list")).context["rows"]
    assert [(row.file_name, row.rows, row.created, row.refused) for row in rows] == [("ours.xlsx", 5, 2, 3)]
    assert rows[0].url == url("batch-record", ours)


def test_empty_list_gives_the_first_step(worker: Client) -> None:
    assert f'class="btn btn-primary" href="{reverse("intake:upload")}"' in text(
        worker.get(reverse("intake:batch-list"))
    )


def test_list_of_a_county_not_held_is_not_found(worker: Client) -> None:
    assert worker.get(reverse("intake:batch-list"), {"county": SISTER_COUNTY}).status_code == NOT_FOUND


def test_list_goes_on_where_the_page_ends(worker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamafza.intake.queries.batches.PAGE", 2)
    names = [
        make_batch(name=f"{number}.csv", content=csv_file([[*HEAD[:2], str(number)]])).file_name for number in range(3)
    ]
    first = worker.get(reverse("intake:batch-list"))
    second = worker.get(reverse("intake:batch-list") + first.context["more_url"])
    assert [row.file_name for row in [*first.context["rows"], *second.context["rows"]]] == names[::-1]
    assert second.context["more_url"] == ""


def test_list_asks_the_database_as_often_for_three_imports_as_for_one(worker: Client) -> None:
    counts = []
    for number in (1, 2, 3):
        make_batch(user=worker.user, content=csv_file([[*HEAD[:2], str(number)]]))
        with CaptureQueriesContext(connection) as queries:
            worker.get(reverse("intake:batch-list"))
        counts.append(len(queries))
    assert counts[0] == counts[2]


@pytest.mark.parametrize("name", ["refused", "warnings", "row-list"])
def test_rows_ask_the_database_as_often_for_three_rows_as_for_one(worker: Client, name: str) -> None:
    def queries(count: int) -> int:
        wrong = [[str(number), "", "", "", "ب", "", "", "", ""] for number in range(count)]
        taken = [
            [f"9{count}{number}", "", "علی", f"نام{number}", "", "", "سرپرست", "12", ""] for number in range(count)
        ]
        batch = make_batch(BatchState.DONE, rows=[*wrong, *taken])
        with CaptureQueriesContext(connection) as captured:
            response = worker.get(url(name, batch))
        assert len(response.context["rows"]) == count
        return len(captured)

    assert queries(1) == queries(3)
