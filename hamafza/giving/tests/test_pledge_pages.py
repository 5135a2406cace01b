"""The ritual for each page of promises, and the real figure before anything is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn
from hamafza.core.ids import uuid7
from hamafza.core.jalali import format_date
from hamafza.core.scope import counties
from hamafza.giving.choices import PledgeState
from hamafza.giving.models import Pledge
from hamafza.giving.tests.factories_pledge import a_gift_for, a_giver, a_pledge, packages, weekly
from hamafza.giving.tests.test_pledges import FIRST, TODAY, WEEK, MoveClock, clock  # noqa: F401 - a fixture
from hamafza.places.commands.load_places import load_occasions
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LISTS = ["giving:pledge-list", "giving:instalment-list"]
FORMS = ["pledge-amend", "pledge-pause", "pledge-cancel"]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def officer(signed_in: SignedIn) -> Client:
    return signed_in(Role.GIVING_OFFICER)


def far_pledge(**said: Any) -> Pledge:
    return a_pledge(a_giver(FAR_COUNTY, name="خیر دور"), schedule=weekly(TODAY), **said)


@pytest.mark.parametrize("name", LISTS)
def test_list_shows_own_county_alone(officer: Client, name: str) -> None:
    own, other = a_pledge(schedule=weekly(TODAY)), far_pledge()
    page = officer.get(reverse(name)).content.decode()
    assert own.benefactor.name in page
    assert (other.benefactor.name in page, str(other.pk) in page) == (False, False)
    assert officer.get(reverse(name), {"county": FAR_COUNTY}).status_code == 404


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.STOREKEEPER, Role.GOVERNOR_OFFICE, Role.BENEFACTOR])
def test_list_of_role_without_giving_is_not_found(signed_in: SignedIn, role: Role, name: str) -> None:
    assert signed_in(role).get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_list_of_one_and_of_three_asks_the_same_queries(officer: Client, name: str) -> None:
    a_pledge(schedule=weekly(TODAY))
    officer.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        officer.get(reverse(name))
    for _ in range(2):
        a_pledge(schedule=weekly(TODAY))
    with CaptureQueriesContext(connection) as three:
        officer.get(reverse(name))
    assert len(one) == len(three)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_is_attached(officer: Client, name: str, kind: str) -> None:
    a_pledge(schedule=weekly(TODAY))
    answer = officer.get(reverse(f"{name}-export", args=[kind]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")


def test_place_in_a_list_that_nobody_made_shows_the_whole(officer: Client) -> None:
    a_pledge(schedule=weekly(TODAY))
    pages = [officer.get(reverse(name), {"after": "nonsense_x"}) for name in LISTS]
    assert [len(page.context["rows"]) for page in pages] == [1, 1]


@pytest.mark.parametrize(("when", "rows"), [("late", 1), ("today", 1), ("week", 1), ("ahead", 4), ("", 3)])
def test_due_list_is_filtered_by_its_days(officer: Client, clock: MoveClock, when: str, rows: int) -> None:  # noqa: F811
    pledge = a_pledge(schedule=weekly(TODAY))
    with counties([COUNTY]):
        first = pledge.instalments.order_by("due_on")[0]
    a_gift_for(first, 41)
    clock(FIRST + WEEK * 2)
    page = officer.get(reverse("giving:instalment-list"), {"when": when})
    assert len(page.context["rows"]) == rows


@pytest.mark.parametrize("name", ["pledge-record", "pledge-history", *FORMS])
def test_record_works_and_that_of_another_county_is_not_found(officer: Client, name: str) -> None:
    own, other = a_pledge(schedule=weekly(TODAY)), far_pledge()
    found = [officer.get(reverse(f"giving:{name}", args=[one.pk])).status_code for one in (own, other)]
    assert found == [200, 404]


@pytest.mark.parametrize("name", [*FORMS, "pledge-complete"])
def test_accountant_sees_and_may_not_change(signed_in: SignedIn, name: str) -> None:
    pledge, accountant = a_pledge(schedule=weekly(TODAY)), signed_in(Role.ACCOUNTANT)
    assert accountant.get(reverse("giving:pledge-record", args=[pledge.pk])).status_code == 200
    assert accountant.post(reverse(f"giving:{name}", args=[pledge.pk]), {"reason": "x"}).status_code == 404


def test_sealed_words_are_for_who_keeps_pledges_alone(officer: Client, signed_in: SignedIn) -> None:
    pledge = a_pledge(schedule=weekly(TODAY), condition="شفای فرزند", intention="vow", own_words="برای دل مادرم")
    url = reverse("giving:pledge-record", args=[pledge.pk])
    pages = [client.get(url).content.decode() for client in (officer, signed_in(Role.COUNTY_HEAD))]
    assert [("شفای فرزند" in page, "برای دل مادرم" in page) for page in pages] == [(True, True), (False, False)]


def said(**changes: Any) -> dict[str, Any]:
    """A form filled in: 41 packages every Thursday, a vow."""
    return {
        "key": str(uuid7()), "kind": "goods", "item": str(packages().pk), "quantity": "۴۱", "frequency": "week", "weekdays": ["3"],
        "interval": "1", "starts_on": "۱۴۰۵/۰۹/۰۱", "intention": "vow", "surplus_rule": "same_purpose",
        "dedication": "none", "remind_days_before": "2", "grace_days": "7", **changes,
    }  # fmt: skip


def test_preview_says_the_rule_and_the_real_figures_and_writes_nothing(officer: Client) -> None:
    url = reverse("giving:pledge-preview", args=[a_giver().pk])
    page = officer.post(url, said(), headers=ENGLISH)
    assert page.context["rule"] == "every Thursday"
    assert [(one.label, one.times, one.total) for one in page.context["figures"]] == [
        ("in Azar 1405", 4, 164), ("in Dey 1405", 4, 164), ("in the year 1406", 52, 2132),
    ]  # fmt: skip
    with counties([COUNTY]):
        assert not Pledge.objects.exists()


def test_preview_of_a_month_with_five_thursdays_says_205(officer: Client) -> None:
    page = officer.post(
        reverse("giving:pledge-preview", args=[a_giver().pk]), said(starts_on="1405/11/01"), headers=ENGLISH
    )
    assert [(one.label, one.total) for one in page.context["figures"]][:2] == [
        ("in Bahman 1405", 205), ("in Esfand 1405", 164),
    ]  # fmt: skip


def test_preview_of_an_end_says_the_whole(officer: Client) -> None:
    page = officer.post(reverse("giving:pledge-preview", args=[a_giver().pk]), said(count="۶"), headers=ENGLISH)
    assert [(one.label, one.total) for one in page.context["figures"]][-1] == ("in all", 246)


@pytest.mark.parametrize("changes", [{"quantity": ""}, {"frequency": "occasion"}, {"starts_on": "x"}, {}])
def test_preview_of_an_unfinished_form_answers(officer: Client, changes: dict[str, str]) -> None:
    load_occasions()
    url = reverse("giving:pledge-preview", args=[a_giver().pk])
    assert officer.post(url, said(**changes) if changes else {}).status_code == 200


def test_make_keeps_the_pledge_and_shows_it(officer: Client) -> None:
    url = reverse("giving:pledge-make", args=[a_giver().pk])
    assert officer.get(url).status_code == 200
    page = officer.get(officer.post(url, said())["Location"], headers=ENGLISH)
    assert [one.text for one in page.context["figures"]] == ["0 بسته معیشتی", "164 بسته معیشتی"]
    assert [row.due_on for row in page.context["instalments"]][:2] == [FIRST, FIRST + WEEK]


def test_make_sent_again_makes_one_pledge(officer: Client) -> None:
    url, form = reverse("giving:pledge-make", args=[a_giver().pk]), said()
    answers = [officer.post(url, form)["Location"] for _time in range(3)]
    with counties([COUNTY]):
        assert (len(set(answers)), Pledge.objects.count()) == (1, 1)
    assert officer.post(url, {**form, "quantity": "۴۲"}).status_code == 422


def test_make_without_a_quantity_says_so_beside_it_and_keeps_what_was_typed(officer: Client) -> None:
    answer = officer.post(reverse("giving:pledge-make", args=[a_giver().pk]), said(quantity=""))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"quantity"})
    assert answer.context["form"]["starts_on"].value() == "۱۴۰۵/۰۹/۰۱"


def test_make_for_another_county_is_not_found(officer: Client) -> None:
    giver = a_giver(FAR_COUNTY)
    names = ["pledge-make", "pledge-preview"]
    answers = [officer.post(reverse(f"giving:{name}", args=[giver.pk]), said()) for name in names]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_look_without_script_shows_the_figure_and_keeps_nothing(officer: Client) -> None:
    answer = officer.post(reverse("giving:pledge-make", args=[a_giver().pk]), said(look="1"))
    assert (answer.status_code, len(answer.context["figures"])) == (200, 3)
    with counties([COUNTY]):
        assert not Pledge.objects.exists()


def test_amend_shows_the_promise_as_it_is_and_keeps_the_new_one(officer: Client) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    url = reverse("giving:pledge-amend", args=[pledge.pk])
    form = officer.get(url).context["form"]
    assert (form["quantity"].value(), form["weekdays"].value()) == (41, [3])
    data = said(
        quantity="50", starts_on=format_date(FIRST + WEEK), reason="بیشتر", version=str(form["version"].value())
    )
    assert officer.post(url, data).status_code == 302
    assert officer.post(url, data).status_code == 422
    with counties([COUNTY]):
        assert list(pledge.instalments.order_by("due_on").values_list("expected", flat=True)[:2]) == [41, 50]


def test_steps_pause_resume_and_cancel(officer: Client) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    today = format_date(TODAY)

    def step(name: str, **data: str) -> int:
        return officer.post(reverse(f"giving:pledge-{name}", args=[pledge.pk]), data).status_code

    assert [step("pause", since=today), step("pause", since=today, reason="سفر")] == [422, 302]
    assert [step("amend"), step("resume", since=today), step("resume", since=today)] == [404, 302, 422]
    assert [step("cancel", reason=""), step("cancel", reason="مهاجرت")] == [422, 302]
    with counties([COUNTY]):
        assert Pledge.objects.get(pk=pledge.pk).state == PledgeState.CANCELLED


def test_waive_needs_a_reason_and_shows_it(officer: Client) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    with counties([COUNTY]):
        first = pledge.instalments.order_by("due_on")[0]
    url = reverse("giving:instalment-waive", args=[first.pk])
    assert [officer.get(url).status_code, officer.post(url, {"reason": ""}).status_code] == [200, 422]
    officer.post(url, {"reason": "ایام عزا"})
    assert "ایام عزا" in officer.get(reverse("giving:pledge-record", args=[pledge.pk])).content.decode()


@pytest.mark.parametrize("frequency", ["once", "day", "week", "month", "year", "occasion"])
@pytest.mark.parametrize("calendar", ["jalali", "gregorian"])
def test_every_rule_has_words_and_a_figure(officer: Client, frequency: str, calendar: str) -> None:
    load_occasions()
    data = said(frequency=frequency, calendar=calendar, month_day="31", occasion="eid-al-ghadir", interval="2")
    page = officer.post(reverse("giving:pledge-preview", args=[a_giver().pk]), data, headers=ENGLISH)
    assert page.context["rule"]
    assert page.context["figures"]
