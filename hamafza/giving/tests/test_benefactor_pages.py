"""The ritual for each page of benefactors, capacities, matches and items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.models import Duty, User
from hamafza.accounts.tests.factories import SignedIn
from hamafza.audit.models import ReadEntry
from hamafza.core.scope import counties
from hamafza.giving.choices import CapacityState, MatchState, Moderation
from hamafza.giving.models import Benefactor, Capacity, CapacityMatch, Item
from hamafza.giving.queries.matches import code_of
from hamafza.giving.tests.factories_benefactor import a_benefactor, a_capacity, a_giver, a_job_offer, a_match
from hamafza.giving.tests.factories_item import an_item
from hamafza.needs.choices import Domain
from hamafza.needs.tests.factories import a_need, person_of
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.tests.factories import a_county, a_head

pytestmark = pytest.mark.django_db

MOBILE, SHOWN = "09121234567", "۰۹۱۲۱۲۳۴۵۶۷"
LISTS = [
    ("giving:benefactor-list", Role.GIVING_OFFICER),
    ("giving:capacity-list", Role.GIVING_OFFICER),
    ("giving:capacity-list", Role.SOCIAL_WORKER),
    ("giving:capacity-queue", Role.GIVING_OFFICER),
    ("giving:match-list", Role.SOCIAL_WORKER),
    ("giving:match-list", Role.GIVING_OFFICER),
    ("giving:item-list", Role.STOREKEEPER),
]


@pytest.fixture
def officer(signed_in: SignedIn) -> Client:
    return signed_in(Role.GIVING_OFFICER)


def one_of_each() -> None:
    benefactor = a_benefactor()
    a_capacity(benefactor, moderation=Moderation.NEW)
    a_match(a_capacity(benefactor), a_need())
    an_item()


@pytest.mark.parametrize(("name", "role"), LISTS)
def test_list_of_one_and_of_three_asks_the_same_queries(signed_in: SignedIn, name: str, role: Role) -> None:
    client = signed_in(role)
    one_of_each()
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        assert client.get(reverse(name)).status_code == 200
    one_of_each()
    one_of_each()
    with CaptureQueriesContext(connection) as three:
        client.get(reverse(name))
    assert len(three) == len(one)


@pytest.mark.parametrize(("name", "role"), LISTS)
def test_list_of_another_county_is_not_found(signed_in: SignedIn, name: str, role: Role) -> None:
    a_county(FAR_COUNTY)
    assert signed_in(role).get(reverse(name), {"county": FAR_COUNTY}).status_code == 404


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.STOREKEEPER, Role.BENEFACTOR, Role.GOVERNOR_OFFICE, None])
def test_benefactors_for_another_role_are_not_found(signed_in: SignedIn, role: Role | None) -> None:
    kept = a_benefactor()
    client = signed_in(role)
    assert client.get(reverse("giving:benefactor-list")).status_code == 404
    assert client.get(reverse("giving:benefactor-record", args=[kept.pk])).status_code == 404


@pytest.mark.parametrize(
    "address", ["benefactor-record", "benefactor-edit", "benefactor-history", "sign-in-give", "capacity-create"]
)
def test_benefactor_of_another_county_is_not_found(officer: Client, address: str) -> None:
    far = a_benefactor(county=FAR_COUNTY)
    assert officer.get(reverse(f"giving:{address}", args=[far.pk])).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["benefactor-switch-off", "benefactor-switch-on", "sign-in-renew"],
)
def test_get_on_an_act_is_refused(officer: Client, address: str) -> None:
    assert officer.get(reverse(f"giving:{address}", args=[a_benefactor().pk])).status_code == 405


def test_benefactor_list_finds_by_mobile_and_shows_no_number(officer: Client) -> None:
    wanted, other = a_benefactor("زهرا صالحی", mobile=MOBILE), a_benefactor("علی کاظمی")
    page = officer.get(reverse("giving:benefactor-list"), {"q": "0912 123 4567"}).content.decode()
    assert (wanted.name in page, other.name in page) == (True, False)
    whole = officer.get(reverse("giving:benefactor-list")).content.decode()
    assert (MOBILE in whole, SHOWN in whole) == (False, False)


def test_benefactor_export_records_each_row_and_holds_no_number(officer: Client) -> None:
    kept = a_benefactor("زهرا صالحی", mobile=MOBILE)
    answer = officer.get(reverse("giving:benefactor-list-export", args=["csv"]))
    text = answer.content.decode("utf-8-sig")
    assert (answer.status_code, kept.name in text, MOBILE in text) == (200, True, False)
    with counties([COUNTY]):
        assert ReadEntry.objects.filter(subject_type="giving.benefactor", fields=["list_export"]).count() == 1


@pytest.mark.parametrize("role", [Role.COUNTY_HEAD, Role.ACCOUNTANT])
def test_benefactor_export_by_who_does_not_keep_them_is_not_found(signed_in: SignedIn, role: Role) -> None:
    assert signed_in(role).get(reverse("giving:benefactor-list-export", args=["csv"])).status_code == 404


def test_benefactor_create_asks_before_a_twin_and_then_registers(officer: Client) -> None:
    a_benefactor("زهرا صالحی")
    typed = {"kind": "person", "name": "زهرا صالحي", "attribution": "anonymous"}
    asked = officer.post(reverse("giving:benefactor-create"), typed)
    assert asked.status_code == 422
    assert "another" in asked.content.decode()
    answer = officer.post(reverse("giving:benefactor-create"), {**typed, "another": "on"})
    with counties([COUNTY]):
        kept = Benefactor.objects.get(created_by=officer.user)
    assert answer["Location"] == reverse("giving:benefactor-record", args=[kept.pk])


def test_benefactor_record_masks_for_the_officer_and_leaves_out_for_the_accountant(signed_in: SignedIn) -> None:
    kept = a_benefactor(mobile=MOBILE, note="یادداشت پنهان")
    url = reverse("giving:benefactor-record", args=[kept.pk])
    officers, accountants = (
        signed_in(role).get(url).content.decode() for role in (Role.GIVING_OFFICER, Role.ACCOUNTANT)
    )
    sealed = [MOBILE, SHOWN, "یادداشت پنهان"]
    assert [text for text in sealed if text in officers or text in accountants] == []
    assert ("mobile-reason" in officers, "mobile-reason" in accountants) == (True, False)


def test_benefactor_reveal_with_a_reason_shows_and_records(officer: Client) -> None:
    kept = a_benefactor(mobile=MOBILE)
    url = reverse("giving:benefactor-reveal", args=[kept.pk, "mobile"])
    shown = officer.post(url, {"reason": "تماس"}, headers={"HX-Request": "true"}).content.decode()
    assert SHOWN in shown
    with counties([COUNTY]):
        assert ReadEntry.objects.filter(subject_type="giving.benefactor", fields=["mobile"]).count() == 1


def test_benefactor_reveal_by_another_role_or_of_another_field_is_not_found(signed_in: SignedIn) -> None:
    kept = a_benefactor(mobile=MOBILE)
    url = reverse("giving:benefactor-reveal", args=[kept.pk, "mobile"])
    assert signed_in(Role.COUNTY_HEAD).post(url, {"reason": "تماس"}).status_code == 404
    other = reverse("giving:benefactor-reveal", args=[kept.pk, "name"])
    assert signed_in(Role.GIVING_OFFICER).post(other, {"reason": "تماس"}).status_code == 404


def test_benefactor_edit_left_empty_keeps_what_is_sealed(officer: Client) -> None:
    kept = a_benefactor("زهرا صالحی", mobile=MOBILE, note="راز")
    typed = {"kind": "person", "name": "زهرا صالحی‌فرد", "attribution": "name", "version": "1", "clear": ["note"]}
    assert officer.post(reverse("giving:benefactor-edit", args=[kept.pk]), typed).status_code == 302
    with counties([COUNTY]):
        kept = Benefactor.objects.get()
        assert (kept.name, kept.mobile, kept.note) == ("زهرا صالحی‌فرد", MOBILE, "")


def test_benefactor_edit_after_somebody_else_shows_both_values(officer: Client) -> None:
    kept = a_benefactor("زهرا صالحی")
    url = reverse("giving:benefactor-edit", args=[kept.pk])
    typed = {"kind": "person", "attribution": "anonymous", "version": "1"}
    officer.post(url, {**typed, "name": "زهرا صالحی‌فرد"})
    answer = officer.post(url, {**typed, "name": "زهرا صالحیان"})
    page = answer.content.decode()
    assert (answer.status_code, "زهرا صالحی‌فرد" in page, "زهرا صالحیان" in page) == (409, True, True)


def test_benefactor_tab_of_no_panel_is_not_found(officer: Client) -> None:
    kept = a_benefactor()
    a_capacity(kept, description="تدریس فیزیک")
    tab = officer.get(reverse("giving:benefactor-tab", args=[kept.pk, "capacities"]))
    assert "تدریس فیزیک" in tab.content.decode()
    assert officer.get(reverse("giving:benefactor-tab", args=[kept.pk, "moon"])).status_code == 404


def test_sign_in_is_given_and_its_password_shown_once(officer: Client) -> None:
    kept = a_benefactor("زهرا صالحی")
    page = officer.post(reverse("giving:sign-in-give", args=[kept.pk]), {"username": "zahra"}).content.decode()
    user = User.objects.get(username="zahra")
    assert "data-temporary-password" in page
    assert Duty.objects.get(user=user).role == Role.BENEFACTOR
    again = officer.get(reverse("giving:benefactor-record", args=[kept.pk])).content.decode()
    assert ("zahra" in again, "data-temporary-password" in again) == (True, False)


def test_sign_in_renewed_shows_another_password(officer: Client) -> None:
    kept, _user = a_giver()
    assert "data-temporary-password" in officer.post(reverse("giving:sign-in-renew", args=[kept.pk])).content.decode()


def test_benefactor_switched_off_leaves_the_list(officer: Client) -> None:
    kept = a_benefactor("زهرا صالحی")
    officer.post(reverse("giving:benefactor-switch-off", args=[kept.pk]))
    found = officer.get(reverse("giving:benefactor-list")).context["rows"]
    gone = officer.get(reverse("giving:benefactor-list"), {"state": "off"}).context["rows"]
    assert ([], [kept]) == (found, [row[0] for row in gone])


def test_capacity_written_approved_blocked_and_withdrawn(officer: Client) -> None:
    kept = a_benefactor()
    typed = {"kind": "skill", "description": "تدریس فیزیک"}
    officer.post(reverse("giving:capacity-create", args=[kept.pk]), typed)
    with counties([COUNTY]):
        capacity = Capacity.objects.get()
    officer.post(reverse("giving:capacity-block", args=[capacity.pk]), {"reason": "تکراری است"})
    with counties([COUNTY]):
        assert Capacity.objects.get().moderation_reason == "تکراری است"
    officer.post(reverse("giving:capacity-approve", args=[capacity.pk]))
    officer.post(reverse("giving:capacity-state", args=[capacity.pk, "withdrawn"]))
    with counties([COUNTY]):
        capacity = Capacity.objects.get()
    assert (capacity.moderation, capacity.state) == (Moderation.APPROVED, CapacityState.WITHDRAWN)


def test_capacity_state_that_is_none_is_not_found(officer: Client) -> None:
    assert officer.post(reverse("giving:capacity-state", args=[a_capacity().pk, "sold"])).status_code == 404


def test_capacity_edited_after_somebody_else_is_a_conflict(officer: Client) -> None:
    capacity = a_capacity()
    url = reverse("giving:capacity-edit", args=[capacity.pk])
    typed = {"kind": "skill", "description": "تدریس فیزیک", "version": "1"}
    assert officer.post(url, typed).status_code == 302
    assert officer.post(url, {**typed, "description": "تدریس شیمی"}).status_code == 409


def test_candidates_as_the_officer_name_nobody(officer: Client) -> None:
    need = a_need(a_head(first_name="فرنگیس", last_name="ناصری"), domain=Domain.JOB, item="کار برای فرنگیس")
    page = officer.get(reverse("giving:candidate-list", args=[a_job_offer().pk])).content.decode()
    person = person_of(need)
    said = ["فرنگیس", "ناصری", str(need.pk), str(person.pk), str(need.household_id)]
    assert [word for word in said if word in page] == []
    assert code_of(need.pk) in page


def test_match_as_the_officer_names_nobody_and_as_the_worker_leads_to_the_need(signed_in: SignedIn) -> None:
    need = a_need(a_head(first_name="فرنگیس", last_name="ناصری"), domain=Domain.JOB)
    match = a_match(a_job_offer(), need)
    url = reverse("giving:match-record", args=[match.pk])
    officers = signed_in(Role.GIVING_OFFICER).get(url).content.decode()
    workers = signed_in(Role.SOCIAL_WORKER).get(url).content.decode()
    assert [word for word in ("فرنگیس", "ناصری", str(need.pk)) if word in officers] == []
    assert reverse("needs:need-record", args=[need.pk]) in workers


@pytest.mark.parametrize("name", ["match-list", "capacity-list", "item-list"])
def test_pages_of_the_office_for_a_benefactor_are_not_found(signed_in: SignedIn, name: str) -> None:
    assert signed_in(Role.BENEFACTOR).get(reverse(f"giving:{name}")).status_code == 404


def test_match_goes_its_way_in_the_browser(signed_in: SignedIn) -> None:
    need, offer = a_need(domain=Domain.JOB), a_job_offer()
    officer, worker = signed_in(Role.GIVING_OFFICER), signed_in(Role.SOCIAL_WORKER)
    officer.post(reverse("giving:match-propose", args=[offer.pk]), {"code": code_of(need.pk)})
    with counties([COUNTY]):
        match = CapacityMatch.objects.get()
    assert officer.post(reverse("giving:match-accept", args=[match.pk]), {"units": "1"}).status_code == 404
    steps: list[tuple[str, dict[str, str]]] = [("accept", {"units": "1"}), ("begin", {}), ("finish", {})]
    answers = [worker.post(reverse(f"giving:match-{step}", args=[match.pk]), sent).status_code for step, sent in steps]
    with counties([COUNTY]):
        assert (answers, CapacityMatch.objects.get().state) == ([302, 302, 302], MatchState.DONE)


def test_match_declined_without_a_reason_says_so(officer: Client) -> None:
    match = a_match()
    url = reverse("giving:match-decline", args=[match.pk])
    assert officer.post(url, {"reason": ""}).status_code == 422
    assert officer.post(url, {"reason": "کارفرما منصرف شد"}).status_code == 302


@pytest.mark.parametrize("address", ["match-record", "match-accept", "match-decline"])
def test_match_of_another_county_is_not_found(signed_in: SignedIn, address: str) -> None:
    far = a_match(a_capacity(a_benefactor(county=FAR_COUNTY)), a_need(a_head(county=a_county(FAR_COUNTY))))
    client = signed_in(Role.SOCIAL_WORKER)
    act: Callable[..., Any] = client.get if address == "match-record" else client.post
    assert act(reverse(f"giving:{address}", args=[far.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.GIVING_OFFICER, Role.STOREKEEPER])
def test_item_is_added_and_changed_by_its_keepers(signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)
    typed = {"name": "برنج", "unit": "کیسه", "domain": "livelihood", "unit_value_rial": "۱٬۵۰۰٬۰۰۰"}
    assert client.post(reverse("giving:item-create"), typed).status_code == 302
    with counties([COUNTY]):
        item = Item.objects.get()
    changed = client.post(reverse("giving:item-edit", args=[item.pk]), {**typed, "perishable": "on"})
    with counties([COUNTY]):
        item = Item.objects.get()
    assert (changed.status_code, item.perishable, item.active, item.unit_value_rial) == (302, True, False, 1_500_000)


def test_item_of_a_name_on_file_is_refused_beside_its_field(officer: Client) -> None:
    an_item("برنج")
    answer = officer.post(reverse("giving:item-create"), {"name": "برنج", "unit": "کیسه", "domain": "livelihood"})
    assert (answer.status_code, "name" in answer.context["form"].errors) == (422, True)


@pytest.mark.parametrize("role", [Role.COUNTY_HEAD, Role.ACCOUNTANT, Role.SOCIAL_WORKER])
def test_item_form_for_who_only_looks_is_not_found(signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)
    assert client.get(reverse("giving:item-list")).status_code == 200
    assert client.get(reverse("giving:item-create")).status_code == 404
