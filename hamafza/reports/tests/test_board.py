"""The board: for whom, with what, leading where."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import SignedIn
from hamafza.core import clock
from hamafza.ledger.choices import Account, EntryKind, Restriction
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.models import Fund
from hamafza.ledger.postings import money_in
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.commands.aid import Aid, record_aid
from hamafza.needs.events import needs_changed
from hamafza.needs.tests.factories import a_need, person_of
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, SISTER_COUNTY
from hamafza.registry.choices import TargetGroup
from hamafza.registry.tests.factories import a_head, a_membership
from hamafza.reports.choices import Dimension
from hamafza.reports.queries.summaries import county_summary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
BOARD = "/board/"


def changed() -> None:
    needs_changed.send(sender=None, county=COUNTY)


def test_board_brings_marked_numbers_up_to_date(worker: Client) -> None:
    a_need(severity=5)
    changed()
    page = worker.get(BOARD)
    assert [one.value for one in page.context["headlines"]] == ["۱", "۱", "۰", "۰"]


def test_headlines_and_bars_lead_to_lists_of_as_many(head: Client) -> None:
    a_need(domain=Domain.JOB, severity=5, waiting_days=400)
    a_need(domain=Domain.HOUSING, severity=2)
    a_need(state=NeedState.MET)
    changed()
    page = head.get(BOARD)
    assert [head.get(one.url).context["count"] for one in page.context["headlines"]] == [2, 1, 1, 1]
    bars = [row for chart in page.context["charts"] for row in chart.rows if row.url]
    assert bars
    assert [head.get(row.url).context["count"] for row in bars] == [row.values[0] for row in bars]


def test_board_of_another_county_is_not_found(worker: Client) -> None:
    assert worker.get(BOARD, {"county": FAR_COUNTY}).status_code == 404


@pytest.mark.parametrize("role", [Role.NATIONAL_ADMIN, Role.AUDITOR])
def test_board_of_role_without_it_is_not_found(signed_in: SignedIn, role: Role) -> None:
    assert signed_in(role).get(BOARD).status_code == 404


def test_board_of_governor_hides_small_numbers_names_and_special_groups(signed_in: SignedIn) -> None:
    needs = [a_need(a_head(last_name="بی‌همتا"), domain=Domain.JOB) for _ in range(12)]
    a_membership(person_of(needs[0]), group=TargetGroup.SOCIAL_HARM)
    a_need(domain=Domain.HOUSING, severity=5)
    changed()
    page = signed_in(Role.GOVERNOR_OFFICE).get(BOARD)
    charts = {chart.id: chart for chart in page.context["charts"]}
    assert page.context["headlines"][0].value == "۱۳"
    assert page.context["urgent"] == page.context["work"] == []
    assert [row for row in charts["domains"].rows if row.values[0] in range(1, 11)] == []
    assert charts["groups"].rows == []
    assert "بی‌همتا" not in page.content.decode()


def test_counties_side_by_side_are_those_of_the_province(signed_in: SignedIn) -> None:
    page = signed_in(Role.PROVINCE_DIRECTOR).get("/counties/")
    assert {row["code"] for row in page.context["rows"]} == {COUNTY, SISTER_COUNTY}


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.SOCIAL_WORKER, "reports:board"),
        (Role.COUNTY_HEAD, "reports:board"),
        (Role.GOVERNOR_OFFICE, "reports:board"),
        (Role.NATIONAL_ADMIN, "accounts:user-list"),
        (Role.AUDITOR, "audit:trail"),
    ],
)
def test_home_leads_to_the_first_page_of_the_role(signed_in: SignedIn, role: Role, first: str) -> None:
    assert signed_in(role).get("/")["Location"] == reverse(first)


def test_home_of_nobody_leads_to_sign_in_and_without_duty_says_so(signed_in: SignedIn) -> None:
    assert Client().get("/")["Location"] == reverse("accounts:sign-in")
    assert signed_in(None).get("/").status_code == 200


def test_board_of_one_and_of_many_needs_asks_the_same_queries(head: Client) -> None:
    a_need(state=NeedState.DRAFT)
    a_need(severity=5)
    changed()
    head.get(BOARD)
    with CaptureQueriesContext(connection) as few:
        head.get(BOARD)
    for _ in range(3):
        a_need(severity=5)
        a_need(state=NeedState.DRAFT)
    with CaptureQueriesContext(connection) as many:
        head.get(BOARD)
    assert len(few) == len(many)


def test_board_shows_the_state_beside_the_people_once_the_books_hold_something(worker: Client) -> None:
    assert "giving" not in worker.get(BOARD).context
    for restriction, rial, source in (
        (Restriction.PURPOSE, 3_000_000, Account.GIFTS),
        (Restriction.GOVERNMENT, 9_000_000, Account.GOVERNMENT),
    ):
        fund = Fund.objects.create(county_id=COUNTY, name="معیشت", restriction=restriction, purpose=Domain.LIVELIHOOD)
        post_entry(
            COUNTY, kind=EntryKind.RECEIPT, on=clock.today(), lines=money_in(fund.pk, rial, source=source),
            source=("test", fund.pk), by=system_actor("test"),
        )  # fmt: skip
    page = worker.get(BOARD)
    assert [list(row.values) for row in page.context["giving"].rows] == [[3, 0], [9, 0]]
    assert "۷۵٪" in page.context["giving"].title


def test_families_helped_in_the_last_year_stand_on_the_board(worker: Client) -> None:
    home = a_head().household
    aid = Aid(domain=Domain.LIVELIHOOD, on=clock.today(), source=("test", home.pk), item="بسته")
    record_aid(home, aid, need=None, by=system_actor("test"))
    worker.get(BOARD)
    summary = county_summary(COUNTY)
    assert [summary.standing(Dimension.HELPED, domain=domain) for domain in ("", Domain.LIVELIHOOD)] == [1, 1]
