"""The ritual for each page of rounds, and what deliverers may see when."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn
from hamafza.audit.models import ReadEntry
from hamafza.core import clock, jalali
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.distribution.choices import EntryState, RoundState
from hamafza.distribution.commands.reconcile import reconcile_round
from hamafza.distribution.models import Delivery, Round, RoundEntry
from hamafza.distribution.tests.factories_round import Setting, a_delivery, a_round, a_setting, listed
from hamafza.distribution.tests.test_deliveries import a_picture, with_phone
from hamafza.distribution.views import round_steps
from hamafza.documents.models import Attachment
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.models import Household

pytestmark = pytest.mark.django_db


def out(families: int = 3, county: str = COUNTY) -> tuple[Setting, RoundEntry]:
    with counties([county]):
        setting = a_setting(families=families, county=county)
        return setting, listed(a_round(setting, until="out"))[0]


def url(name: str, *args: Any) -> str:
    return reverse(f"distribution:{name}", args=args)


def address_of(entry: RoundEntry) -> str:
    return Household.objects.get(pk=entry.household_id).address


RECORDS = ["round-record", "round-history", "round-entries"]


@pytest.mark.parametrize("name", RECORDS)
def test_record_works_and_that_of_another_county_is_not_found(worker: Client, name: str) -> None:
    own, other = out()[1], out(county=FAR_COUNTY)[1]
    found = [worker.get(url(name, entry.round_id)).status_code for entry in (own, other)]
    assert found == [200, 404]


def test_list_shows_own_county_alone(worker: Client) -> None:
    own, other = out()[1], out(county=FAR_COUNTY)[1]
    page = worker.get(url("round-list")).content.decode()
    assert (str(own.round_id) in page, str(other.round_id) in page) == (True, False)


@pytest.mark.parametrize("role", [Role.DELIVERER, Role.AUDITOR, Role.GOVERNOR_OFFICE, Role.GIVING_OFFICER])
@pytest.mark.parametrize("name", ["round-record", "round-entries"])
def test_record_for_roles_without_stock_is_not_found(signed_in: SignedIn, role: Role, name: str) -> None:
    assert signed_in(role).get(url(name, out()[1].round_id)).status_code == 404


def test_names_of_a_list_are_not_for_the_storekeeper(signed_in: SignedIn) -> None:
    keeper, entry = signed_in(Role.STOREKEEPER), out()[1]
    found = [keeper.get(url(name, entry.round_id)).status_code for name in ("round-record", "round-entries")]
    assert found == [200, 404]


@pytest.mark.parametrize("name", ["round-list", "delivery-board"])
def test_list_of_one_and_of_three_asks_the_same_queries(worker: Client, name: str) -> None:
    out()
    worker.get(url(name))
    with CaptureQueriesContext(connection) as one:
        worker.get(url(name))
    out()
    out()
    with CaptureQueriesContext(connection) as three:
        worker.get(url(name))
    assert len(one) == len(three)


@pytest.mark.parametrize("name", ["round-entries", "delivery-list"])
def test_list_of_households_asks_few_queries_however_long(
    worker: Client, name: str, django_assert_max_num_queries: Any
) -> None:
    entry = out(families=12)[1]
    worker.get(url(name, entry.round_id))
    with django_assert_max_num_queries(14):
        worker.get(url(name, entry.round_id))


def test_plan_counts_and_then_draws_up_the_list(worker: Client) -> None:
    with counties([COUNTY]):
        setting = a_setting(families=3)
    said = {
        "title": "بسته‌های آبان", "item": str(setting.item.pk), "warehouse": str(setting.store.pk), "planned": "۲",
        "per_household": "1", "kind": "month", "starts_on": "", "audit_percent": "5", "domain": "livelihood", "key": str(uuid7()),
    }  # fmt: skip
    said["starts_on"] = jalali.format_date(clock.today())
    counted = worker.get(url("round-plan-count"), said)
    assert counted.context["turnout"].eligible == 3
    answer = worker.post(url("round-plan"), said)
    made = worker.get(answer["Location"]).context["round"]
    with counties([COUNTY]):
        assert (made.state, made.entries.count(), made.rule["filters"]) == (
            RoundState.PLANNED, 3, {"domain": "livelihood"},
        )  # fmt: skip


def test_plan_that_nobody_fits_says_so_in_the_form(worker: Client) -> None:
    with counties([COUNTY]):
        setting = a_setting(families=0)
    answer = worker.post(url("round-plan"), {"title": "x", "item": str(setting.item.pk)})
    assert answer.status_code == 422


def test_approve_as_head_freezes_the_list(head: Client) -> None:
    with counties([COUNTY]):
        made = a_round(a_setting(families=3))
    page = head.get(url("round-approve", made.pk))
    assert len(page.context["listed"]) == 2
    assert head.post(url("round-approve", made.pk)).status_code == 302
    with counties([COUNTY]):
        assert Round.objects.get().state == RoundState.APPROVED


def test_approve_shows_a_long_list_a_page_after_the_other(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(round_steps, "PAGE_SIZE", 2)
    with counties([COUNTY]):
        made = a_round(a_setting(families=3), planned=3)
    page = head.get(url("round-approve", made.pk))
    rest = head.get(
        page.context["more_url"]
        if page.context["more_url"].startswith("/")
        else f"{url('round-approve', made.pk)}{page.context['more_url']}"
    )
    assert (len(page.context["listed"]), len(rest.context["listed"]), page.context["listed_count"]) == (2, 1, 3)


def test_approve_when_goods_are_short_says_so_and_keeps_the_plan(head: Client) -> None:
    with counties([COUNTY]):
        made = a_round(a_setting(families=3, goods=1))
    answer = head.post(url("round-approve", made.pk))
    assert (answer.status_code, answer.context["round"].state) == (422, RoundState.PLANNED)


STEPS = ["round-out", "round-report", "round-cancel"]
AT_THE_DOOR = [
    "delivery-code", "delivery-deliver", "delivery-absent", "delivery-refused", "delivery-take-back", "delivery-replace",
]  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_step_by_get_is_refused(head: Client, name: str) -> None:
    assert head.get(url(name, out()[1].round_id)).status_code == 405


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_act_at_the_door_by_get_is_refused(worker: Client, name: str) -> None:
    assert worker.get(url(name, out()[1].pk)).status_code == 405


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_act_at_the_door_of_another_county_is_not_found(worker: Client, name: str) -> None:
    assert worker.post(url(name, out(county=FAR_COUNTY)[1].pk), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("name", [*AT_THE_DOOR, "delivery-entry"])
def test_the_door_is_not_for_the_storekeeper(signed_in: SignedIn, name: str) -> None:
    keeper, entry = signed_in(Role.STOREKEEPER), out()[1]
    assert {keeper.get(url(name, entry.pk)).status_code, keeper.post(url(name, entry.pk)).status_code} <= {404, 405}


def test_list_of_a_deliverer_names_nobody_and_finds_by_name_and_token(signed_in: SignedIn, county: Place) -> None:
    deliverer, (_setting, entry) = signed_in(Role.DELIVERER), out()
    head = entry.household.head
    assert head is not None
    address = url("delivery-list", entry.round_id)
    whole = deliverer.get(address).content.decode()
    by_name = deliverer.get(address, {"q": head.last_name}).context["rows"]
    by_token = deliverer.get(address, {"q": entry.token.lower()}).context["rows"]
    assert (head.full_name in whole, address_of(entry) in whole) == (False, False)
    assert entry.pk.hex in {row.url.replace("-", "").split("/")[-2] for row in by_name}
    assert [row.rank for row in by_token] == [entry.rank]


def test_entry_shows_name_and_address_and_records_the_reading(signed_in: SignedIn, county: Place) -> None:
    deliverer, (_setting, entry) = signed_in(Role.DELIVERER), out()
    page = deliverer.get(url("delivery-entry", entry.pk)).content.decode()
    assert entry.household.head is not None
    assert entry.household.head.full_name in page
    read = ReadEntry.objects.get(subject_type="registry.household")
    assert (read.fields, read.actor) == (["address", "mobile", "name"], f"user:{deliverer.user.pk}")


@pytest.mark.parametrize("name", ["delivery-entry", "delivery-list"])
def test_deliverer_sees_nothing_after_the_round_is_closed(signed_in: SignedIn, county: Place, name: str) -> None:
    deliverer, (setting, entry) = signed_in(Role.DELIVERER), out()
    reconcile_round(entry.round, wasted=0, came_back=2, by=setting.office.accountant)
    row = entry.pk if name == "delivery-entry" else entry.round_id
    assert deliverer.get(url(name, row)).status_code == 404
    assert deliverer.get(url("token-open", entry.token)).status_code == 404


def test_entry_of_a_family_that_was_served_shows_no_name(signed_in: SignedIn, county: Place) -> None:
    deliverer, (setting, entry) = signed_in(Role.DELIVERER), out()
    a_delivery(entry, setting)
    page = deliverer.get(url("delivery-entry", entry.pk)).content.decode()
    assert entry.household.head is not None
    assert entry.household.head.full_name not in page


def test_family_standing_by_is_not_found(signed_in: SignedIn, county: Place) -> None:
    deliverer, (_setting, entry) = signed_in(Role.DELIVERER), out()
    waiting = RoundEntry.objects.get(round=entry.round, state=EntryState.STANDBY)
    assert deliverer.get(url("delivery-entry", waiting.pk)).status_code == 404


def test_token_leads_to_its_entry_and_one_of_another_county_nowhere(signed_in: SignedIn) -> None:
    deliverer, own, other = signed_in(Role.DELIVERER), out()[1], out(county=FAR_COUNTY)[1]
    assert deliverer.get(url("token-open", own.token))["Location"] == url("delivery-entry", own.pk)
    assert deliverer.get(url("token-open", other.token)).status_code == 404


def test_deliver_before_witnesses_by_the_page_twice_is_one_delivery(signed_in: SignedIn, county: Place) -> None:
    deliverer, (_setting, entry) = signed_in(Role.DELIVERER), out()
    said = {"key": str(uuid7()), "kind": "witnesses", "first_witness": "رضا کریمی", "second_witness": "مریم احمدی"}
    answers = [deliverer.post(url("delivery-deliver", entry.pk), said).status_code for _ in range(2)]
    assert (answers, Delivery.objects.count()) == ([302, 302], 1)


def test_deliver_with_one_witness_says_so_and_shows_what_was_typed(signed_in: SignedIn, county: Place) -> None:
    deliverer, (_setting, entry) = signed_in(Role.DELIVERER), out()
    said = {"key": str(uuid7()), "kind": "witnesses", "first_witness": "رضا کریمی"}
    answer = deliverer.post(url("delivery-deliver", entry.pk), said)
    assert (answer.status_code, "رضا کریمی" in answer.content.decode()) == (422, True)


def test_signature_drawn_on_the_page_is_kept_and_opened_by_the_office_alone(
    signed_in: SignedIn, worker: Client, county: Place
) -> None:
    deliverer, (_setting, entry) = signed_in(Role.DELIVERER), out()
    drawn = "data:image/png;base64," + base64.b64encode(a_picture()).decode()
    deliverer.post(url("delivery-deliver", entry.pk), {"key": str(uuid7()), "kind": "signature", "signature": drawn})
    paper = Attachment.objects.get(source_type="delivery")
    address = reverse("documents:attachment-download", args=["delivery", paper.source_id, paper.pk])
    assert (worker.get(address).status_code, deliverer.get(address).status_code) == (200, 404)


def test_code_sent_by_the_page_goes_to_the_phone(signed_in: SignedIn, county: Place) -> None:
    deliverer, (_setting, entry) = signed_in(Role.DELIVERER), out()
    with_phone(entry)
    assert deliverer.post(url("delivery-code", entry.pk))["Location"].endswith("#code")


def test_absent_then_next_family_leads_to_its_page(signed_in: SignedIn, county: Place) -> None:
    deliverer, (_setting, entry) = signed_in(Role.DELIVERER), out()
    deliverer.post(url("delivery-absent", entry.pk))
    assert b'name="reason"' in deliverer.get(url("delivery-entry", entry.pk)).content
    answer = deliverer.post(url("delivery-replace", entry.pk), {"reason": "سفر"})
    following = RoundEntry.objects.get(replaces=entry)
    assert answer["Location"] == url("delivery-entry", following.pk)


@pytest.mark.parametrize("name", ["round-paper-list", "round-paper-tokens"])
def test_paper_of_a_list_that_nobody_has_approved_is_not_printed(worker: Client, name: str) -> None:
    with counties([COUNTY]):
        waiting = a_round(a_setting(families=2))
    assert worker.get(url(name, waiting.pk)).status_code == 404


PAPERS = ["round-paper-list", "round-paper-tokens", "round-paper-packing", "round-paper-report"]


@pytest.mark.parametrize("name", PAPERS)
def test_paper_is_a_pdf_that_no_cache_keeps(worker: Client, name: str) -> None:
    answer = worker.get(url(name, out()[1].round_id))
    assert (answer.status_code, answer.content[:5], answer["Cache-Control"]) == (200, b"%PDF-", "no-store")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_files_leave_with_their_readings(worker: Client, county: Place, kind: str) -> None:
    entry = out()[1]
    rounds = worker.get(reverse("distribution:round-list-export", kwargs={"kind": kind}))
    entries = worker.get(url("round-entries-export", entry.round_id, kind))
    assert (rounds.status_code, entries.status_code) == (200, 200)
    assert ReadEntry.objects.count() == 3


def test_call_back_shows_the_phone_of_a_drawn_household_alone_and_keeps_the_answer(
    signed_in: SignedIn, county: Place
) -> None:
    auditor, (setting, entry) = signed_in(Role.AUDITOR), out()
    with_phone(entry)
    delivery = a_delivery(entry, setting)
    assert "4242" not in auditor.get(url("call-back", delivery.pk)).content.decode()
    reconcile_round(entry.round, wasted=0, came_back=1, by=setting.office.accountant)
    assert [row[0].pk for row in auditor.get(url("call-back-list")).context["rows"]] == [delivery.pk]
    assert auditor.get(url("call-back", delivery.pk)).context["phone"] == "09121234242"
    auditor.post(url("call-back", delivery.pk), {"said": "yes"})
    assert Delivery.objects.get().audit_said_yes is True
    assert list(auditor.get(url("call-back-list")).context["rows"]) == []
