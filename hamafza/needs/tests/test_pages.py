"""The ritual for each page: it works, another county is not found, another role is refused, the same number of queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn
from hamafza.audit.models import ReadEntry
from hamafza.core.scope import counties
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.models import Need
from hamafza.needs.tests.factories import a_need, an_assessment
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.tests.factories import a_county, a_head

pytestmark = pytest.mark.django_db

LISTS = ["needs:need-list", "needs:need-list-print", "needs:due-list"]
FILES = [("needs:need-list-export", "csv"), ("needs:need-list-export", "xlsx")]


def far_need(**fields: object) -> Need:
    return a_need(a_head(county=a_county(FAR_COUNTY)), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", LISTS)
def test_list_as_worker_shows_own_county_alone(worker: Client, name: str) -> None:
    own, other = a_need(), far_need()
    page = worker.get(reverse(name)).content.decode()
    assert own.person.full_name in page
    assert str(other.pk) not in page
    assert str(other.household_id) not in page


@pytest.mark.parametrize("name", [*LISTS, "needs:approval-list"])
@pytest.mark.parametrize("role", [Role.NATIONAL_ADMIN, Role.AUDITOR])
def test_list_of_role_without_clients_is_not_found(signed_in: SignedIn, role: Role, name: str) -> None:
    assert signed_in(role).get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_list_of_another_county_is_not_found(worker: Client, name: str) -> None:
    a_county(FAR_COUNTY)
    assert worker.get(reverse(name), {"county": FAR_COUNTY}).status_code == 404


def test_approval_list_as_worker_is_not_found(worker: Client) -> None:
    assert worker.get(reverse("needs:approval-list")).status_code == 404


@pytest.mark.parametrize(("name", "kind"), FILES)
def test_file_as_worker_is_attached_and_never_kept(worker: Client, name: str, kind: str) -> None:
    a_need()
    answer = worker.get(reverse(name, args=[kind]))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(("name", "kind"), FILES)
def test_file_with_names_as_governor_is_not_found(signed_in: SignedIn, name: str, kind: str) -> None:
    assert signed_in(Role.GOVERNOR_OFFICE).get(reverse(name, args=[kind])).status_code == 404


def test_list_as_governor_leads_to_the_one_without_names(signed_in: SignedIn) -> None:
    answer = signed_in(Role.GOVERNOR_OFFICE).get(reverse("needs:need-list"))
    assert answer["Location"] == reverse("needs:need-list-anonymous")


@pytest.mark.parametrize("name", [*LISTS, "needs:approval-list"])
def test_list_of_one_and_of_three_asks_the_same_queries(head: Client, name: str) -> None:
    a_need(state=NeedState.DRAFT)
    a_need(domain=Domain.HOUSING)
    head.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        head.get(reverse(name))
    for _ in range(2):
        a_need(state=NeedState.DRAFT)
        a_need(domain=Domain.HOUSING)
    with CaptureQueriesContext(connection) as three:
        head.get(reverse(name))
    assert len(one) == len(three)


RECORDS = ["need-record", "need-edit", "need-history"]
ACTIONS = ["need-approve", "need-close", "need-deliver", "need-reveal"]


@pytest.mark.parametrize("name", RECORDS)
def test_record_works_and_that_of_another_county_is_not_found(worker: Client, name: str) -> None:
    own, other = a_need(note="x"), far_need()
    found = [worker.get(reverse(f"needs:{name}", args=[need.pk])).status_code for need in (own, other)]
    assert found == [200, 404]


@pytest.mark.parametrize("name", ACTIONS)
def test_action_by_get_is_refused(head: Client, name: str) -> None:
    assert head.get(reverse(f"needs:{name}", args=[a_need().pk])).status_code == 405


@pytest.mark.parametrize("name", ACTIONS)
def test_action_on_another_county_is_not_found(head: Client, name: str) -> None:
    assert head.post(reverse(f"needs:{name}", args=[far_need().pk]), {"reason": "because"}).status_code == 404


@pytest.mark.parametrize("name", [*RECORDS, *ACTIONS])
def test_record_as_governor_is_not_found(signed_in: SignedIn, name: str) -> None:
    url = reverse(f"needs:{name}", args=[a_need().pk])
    asked = signed_in(Role.GOVERNOR_OFFICE)
    assert {asked.get(url).status_code, asked.post(url).status_code} <= {404, 405}


def test_record_shows_parts_version_and_waiting_of_today(worker: Client) -> None:
    need = a_need(waiting_days=95, domain=Domain.HOUSING)
    page = worker.get(reverse("needs:need-record", args=[need.pk]), headers={"accept-language": "en"})
    assert page.context["score"] == need.score_base + 3
    assert page.context["waiting"].points == 3
    assert sum(part.points for part in page.context["parts"]) == need.score_base


def test_create_as_worker_makes_a_draft(worker: Client) -> None:
    person = a_head()
    url = reverse("needs:need-create", args=[person.household_id])
    assert worker.get(url).status_code == 200
    data = {
        "domain": "job",
        "person": str(person.pk),
        "required": "1",
        "severity": "4",
        "since": "1404/01/15",
        "source": "office",
    }
    answer = worker.post(url, data)
    page = worker.get(answer["Location"])
    assert (page.context["need"].state, page.context["need"].severity) == (NeedState.DRAFT, 4)


def test_deliver_typed_in_persian_digits_is_recorded(worker: Client) -> None:
    need = a_need(required=12)
    worker.post(reverse("needs:need-deliver", args=[need.pk]), {"quantity": "۱۲"})
    assert worker.get(reverse("needs:need-record", args=[need.pk])).context["need"].state == NeedState.MET


def test_deliver_too_much_says_so_beside_the_field(worker: Client) -> None:
    answer = worker.post(reverse("needs:need-deliver", args=[a_need().pk]), {"quantity": "2"})
    assert answer.status_code == 422
    assert set(answer.context["delivery_form"].errors) == {"quantity"}


def test_create_without_person_says_so_and_keeps_what_was_typed(worker: Client) -> None:
    url = reverse("needs:need-create", args=[a_head().household_id])
    answer = worker.post(
        url, {"domain": "job", "required": "3", "severity": "4", "since": "1404/01/15", "source": "office"}
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"person"}
    assert answer.context["form"]["required"].value() == "3"


def test_edit_after_somebody_else_shows_both_and_the_second_try_saves(worker: Client) -> None:
    need = a_need(severity=3)
    url = reverse("needs:need-edit", args=[need.pk])
    data = {"required": "1", "severity": "5", "since": "1404/01/15", "source": "office", "version": str(need.version)}
    assert worker.post(url, {**data, "severity": "2"}).status_code == 302
    second = worker.post(url, data)
    assert second.status_code == 409
    assert [one.label for one in second.context["differences"]] == ["شدت"]
    assert worker.post(url, {**data, "version": second.context["form"]["version"].value()}).status_code == 302


def test_reveal_note_needs_a_reason_and_is_recorded(worker: Client) -> None:
    need = a_need(note="مادر بیمار است")
    url = reverse("needs:need-reveal", args=[need.pk])
    assert worker.post(url, {"reason": ""}).status_code == 409
    assert "مادر بیمار است" in worker.post(url, {"reason": "بازدید منزل"}).content.decode()
    with counties([COUNTY]):
        assert list(ReadEntry.objects.values_list("fields", "reason")) == [(["note"], "بازدید منزل")]


def test_assessment_form_and_page_work_and_another_county_is_not_found(worker: Client) -> None:
    person = a_head()
    url = reverse("needs:assessment-create", args=[person.household_id])
    assert worker.get(url).status_code == 200
    data = {"assessed_on": "1404/01/15", "source": "home_visit", "job": "4", "job_person": str(person.pk), "note": "x"}
    answer = worker.post(url, data)
    assert worker.get(answer["Location"]).status_code == 200
    far = far_need()
    assert worker.get(reverse("needs:assessment-create", args=[far.household_id])).status_code == 404
    assert worker.get(reverse("needs:assessment-record", args=[an_assessment(far.household).pk])).status_code == 404


def test_approve_selected_opens_own_county_alone(head: Client) -> None:
    own, other = a_need(state=NeedState.DRAFT), far_need(state=NeedState.DRAFT)
    head.post(reverse("needs:approve-selected"), {"pk": [str(own.pk), str(other.pk), "nonsense"]})
    with counties([COUNTY, FAR_COUNTY]):
        states = dict(Need.objects.values_list("pk", "state"))
    assert states == {own.pk: NeedState.OPEN, other.pk: NeedState.DRAFT}


def test_anonymous_list_and_files_work_for_the_governor(signed_in: SignedIn) -> None:
    need = a_need(a_head(first_name="گلنار", last_name="بی‌همتا"))
    asked = signed_in(Role.GOVERNOR_OFFICE)
    answers = [
        asked.get(reverse("needs:need-list-anonymous")),
        asked.get(reverse("needs:need-list-anonymous-export", args=["csv"])),
        asked.get(reverse("needs:need-list-anonymous-export", args=["xlsx"])),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert all(need.person.last_name not in answer.content.decode(errors="ignore") for answer in answers)


def test_saved_list_is_kept_renamed_opened_and_removed_by_its_owner(worker: Client, signed_in: SignedIn) -> None:
    a_need()
    worker.post(reverse("needs:list-save"), {"name": "بیکاران", "domain": "job", "sort": "-waiting"})
    page = worker.get(reverse("needs:need-list"), {"domain": "job", "sort": "-waiting"})
    saved = next(iter(page.context["own_lists"]))
    assert [(view.label, view.current) for view in page.context["saved_views"]] == [("بیکاران", True)]
    rename, delete = (reverse(f"needs:list-{verb}", args=[saved.pk]) for verb in ("rename", "delete"))
    assert signed_in(Role.COUNTY_HEAD).post(delete).status_code == 409
    worker.post(rename, {"name": "جویندگان کار"})
    assert [view.label for view in worker.get(reverse("needs:need-list")).context["saved_views"]] == ["جویندگان کار"]
    worker.post(delete)
    assert worker.get(reverse("needs:need-list")).context["saved_views"] == []


def test_saved_list_that_was_removed_comes_back_by_undo(worker: Client) -> None:
    worker.post(reverse("needs:list-save"), {"name": "بیکاران", "domain": "job", "severity": "4", "county": COUNTY})
    saved = next(iter(worker.get(reverse("needs:need-list")).context["own_lists"]))
    answer = worker.post(reverse("needs:list-delete", args=[saved.pk]), follow=True)
    undo = next(one.extra_tags for one in answer.context["messages"]).removeprefix("undo:")
    worker.post(undo)
    again = worker.get(reverse("needs:need-list")).context["own_lists"]
    assert [(one.name, one.filters) for one in again] == [("بیکاران", {"domain": "job", "severity": 4})]
