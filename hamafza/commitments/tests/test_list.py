"""What the list of commitments is filtered, searched and sorted by, and what leaves in a file."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn
from hamafza.commitments.commands.answer import report
from hamafza.commitments.commands.decide import verify
from hamafza.commitments.models import Commitment, SupportField
from hamafza.commitments.order import Report
from hamafza.commitments.tests.conftest import MoveTo
from hamafza.commitments.tests.factories import Table, client_of, days
from hamafza.places.tests.factories import COUNTY

LIST = reverse("commitments:commitment-list")


@pytest.fixture
def secretary(table: Table) -> Client:
    return client_of(table.secretary)


def shown(client: Client, **asked: str) -> list[Commitment]:
    keys = [row.pk for row in client.get(LIST, asked).context["rows"]]
    return [Commitment.objects.get(pk=key) for key in keys]


def test_filtered_by_state_and_by_what_is_late(table: Table, secretary: Client, move_to: MoveTo) -> None:
    late = table.taken(due_on=days(2))
    new = table.given(due_on=days(20))
    done = table.claimed(due_on=days(30))
    verify(done, adequate=True, note="", by=table.governor)
    move_to(date(2026, 11, 30))
    assert shown(secretary, state="assigned") == [new]
    assert shown(secretary, state="late") == [late]
    assert shown(secretary, state="open") == [late, new]
    assert shown(secretary, state="settled") == [done]


def test_filters_stay_at_the_place_that_was_opened(table: Table, secretary: Client) -> None:
    page = secretary.get(LIST, {"place": COUNTY, "state": "open"}).content.decode()
    assert f'<input type="hidden" name="place" value="{COUNTY}">' in page


def test_filtered_by_owner_field_and_source(table: Table, secretary: Client) -> None:
    housing = SupportField.objects.create(code="test-housing", name_fa="مسکن آزمایشی")
    first = table.given(field=housing)
    second = table.given(owner=table.silent)
    assert shown(secretary, owner=str(table.silent.pk)) == [second]
    assert shown(secretary, field=str(housing.pk)) == [first]
    assert shown(secretary, source="resolution") == []
    assert set(map(str, shown(secretary, source="manual"))) == {first.title, second.title}


@pytest.mark.parametrize("asked", ["بافندگی", "بافندگي", "  بافندگی ", "1/77", "{number}", "{year}/{number}"])
def test_found_by_words_in_any_spelling_and_by_number(table: Table, secretary: Client, asked: str) -> None:
    table.given(title="کار دیگر")
    held = table.given(title="آموزش بافندگی برای بیست زن")
    text = asked.format(number="۲", year=held.jalali_year)
    found = shown(secretary, q=text)
    assert found == ([] if asked == "1/77" else [held])


@pytest.mark.parametrize(
    ("sort", "order"), [("", [0, 1, 2]), ("-due", [2, 1, 0]), ("-done", [1, 0, 2]), ("x", [0, 1, 2])]
)
def test_sorted_as_asked(table: Table, secretary: Client, sort: str, order: list[int]) -> None:
    made = [table.taken(due_on=days(ahead)) for ahead in (5, 6, 7)]
    report(made[1], Report(percent=60), by=table.officer)
    report(made[0], Report(percent=20), by=table.officer)
    assert shown(secretary, sort=sort) == [made[place] for place in order]


@pytest.mark.parametrize("after", ["nonsense", "2026-11-22_x", "99_99", "_"])
def test_place_in_the_list_that_nobody_made_shows_the_whole(table: Table, secretary: Client, after: str) -> None:
    held = table.given()
    assert shown(secretary, after=after) == [held]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_is_attached_and_not_for_other_roles(
    table: Table, secretary: Client, signed_in: SignedIn, kind: str
) -> None:
    table.given()
    address = reverse("commitments:commitment-list-export", args=[kind])
    answer = secretary.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert client_of(table.officer).get(address).status_code == 404
    assert signed_in(Role.SOCIAL_WORKER).get(address).status_code == 404


def test_file_holds_what_is_filtered_and_no_formula(table: Table, secretary: Client) -> None:
    held = table.given(title="=1+1 نقشه")
    table.given(owner=table.silent)
    address = reverse("commitments:commitment-list-export", args=["csv"])
    text = secretary.get(address, {"owner": str(table.agency.pk)}).content.decode("utf-8-sig")
    assert f"'{held.title}" in text
    assert table.silent.name not in text.splitlines()[-1]
