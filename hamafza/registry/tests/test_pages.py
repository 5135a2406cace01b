from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

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
from hamafza.core.scope import counties
from hamafza.places.models import CountyOwned, Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, SISTER_COUNTY, make_county
from hamafza.registry import panels
from hamafza.registry.choices import Cause, DisabilityType, HouseholdState, Relation, TargetGroup
from hamafza.registry.models import FileEvent, Household, Person
from hamafza.registry.tests.factories import (
    a_cause,
    a_disability,
    a_head,
    a_household,
    a_membership,
    a_person,
    identity_number,
)

pytestmark = pytest.mark.django_db

NOT_FOUND, CONFLICT, UNPROCESSABLE, NOT_ALLOWED = 404, 409, 422, 405


@pytest.fixture(autouse=True)
def _open_county() -> Iterator[None]:
    make_county()
    with counties([COUNTY]):
        yield


@pytest.fixture
def worker() -> Client:
    return signed_in_client(Role.SOCIAL_WORKER)


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


def page(name: str, record: CountyOwned) -> str:
    return reverse(f"registry:{name}", args=[record.pk])


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


CREATE = {"first_name": "زهرا", "last_name": "کاظمی", "relation": "head", "county": COUNTY}


def test_create_opens_a_file_with_its_head(worker: Client) -> None:
    typed = {
        **CREATE,
        "identity_number": "۰۰۱۲۳۴۵۶۷۹",
        "born_on": "۱۳۶۰/۲/۱",
        "mobile": "9123456789",
        "income_rial": "۱۲٬۰۰۰٬۰۰۰",
        "groups": ["woman_head", "older"],
        "causes": ["economic"],
        "disability": "sight",
    }
    answer = worker.post(reverse("registry:household-create"), typed)
    household = Household.objects.get()
    head = Person.objects.get()
    assert answer.url == page("household-record", household)
    assert (household.head_id, household.income_rial, household.created_by) == (head.pk, 12_000_000, worker.user)
    assert (head.identity_number, head.mobile, head.born_on) == ("0012345679", "09123456789", date(1981, 4, 21))
    assert sorted(row.group for row in head.memberships.all()) == ["older", "woman_head"]
    assert [row.type for row in head.disabilities.all()] == [DisabilityType.SIGHT]


def test_create_with_faults_shows_all_of_them_and_keeps_what_was_typed(worker: Client) -> None:
    typed = {**CREATE, "identity_number": "1234567890", "mobile": "12", "iban": "IR1", "postal_code": "9"}
    answer = worker.post(reverse("registry:household-create"), typed)
    assert answer.status_code == UNPROCESSABLE
    assert set(answer.context["form"].errors) == {"identity_number", "mobile", "iban", "postal_code"}
    assert "زهرا" in answer.content.decode()
    assert Household.objects.count() == 0


def test_create_in_a_county_not_hers_is_refused(worker: Client) -> None:
    make_county(SISTER_COUNTY)
    answer = worker.post(reverse("registry:household-create"), {**CREATE, "county": SISTER_COUNTY})
    assert answer.status_code == UNPROCESSABLE


def test_create_with_a_number_on_file_links_to_that_file(worker: Client) -> None:
    holder = a_person()
    typed = {**CREATE, "identity_number": holder.identity_number, "another_person": "on"}
    answer = worker.post(reverse("registry:household-create"), typed)
    assert answer.status_code == UNPROCESSABLE
    assert page("person-record", holder) in answer.content.decode()
    assert Person.objects.count() == 1


def test_create_with_a_number_on_file_elsewhere_says_nothing_of_that_file(worker: Client) -> None:
    holder = a_person(county=make_county(SISTER_COUNTY), first_name="بیگانه")
    answer = worker.post(reverse("registry:household-create"), {**CREATE, "identity_number": holder.identity_number})
    assert answer.status_code == UNPROCESSABLE
    assert "بیگانه" not in answer.content.decode()
    assert str(holder.pk) not in answer.content.decode()
    assert Person.objects.count() == 0


def test_create_of_somebody_alike_asks_and_goes_on_when_told(worker: Client) -> None:
    alike = a_person(first_name="زهرا", last_name="كاظمي", born_on=date(1981, 4, 21))
    typed = {**CREATE, "born_on": "1360/2/1"}
    answer = worker.post(reverse("registry:household-create"), typed)
    assert answer.status_code == UNPROCESSABLE
    assert page("person-record", alike) in answer.content.decode()
    worker.post(reverse("registry:household-create"), {**typed, "another_person": "on"})
    assert Person.objects.count() == 2


def test_on_file_answers_while_typing(worker: Client) -> None:
    alike = a_person(first_name="زهرا", last_name="کاظمی", born_on=date(1981, 4, 21))
    typed = {"first_name": "زهرا", "last_name": "كاظمي", "born_on": "1360/02/01"}
    assert page("person-record", alike) in worker.post(reverse("registry:on-file"), typed).content.decode()
    typed["person"] = str(alike.pk)
    assert worker.post(reverse("registry:on-file"), typed).content.decode().strip() == ""


def test_person_create_adds_a_member(worker: Client) -> None:
    household = a_head().household
    worker.post(page("person-create", household), {"first_name": "رضا", "relation": "child"})
    assert Person.objects.get(first_name="رضا", relation=Relation.CHILD).household_id == household.pk


def opened(answer: Any) -> dict[str, str]:
    """What a browser would send back of an untouched form."""
    form = answer.context["form"]
    return {
        name: str(value)
        for name in form.fields
        if (value := form[name].value()) not in (None, "") and not isinstance(value, list)
    }


def test_person_edit_keeps_sealed_fields_left_empty_and_takes_off_what_is_ticked(worker: Client) -> None:
    person = a_person(mobile="09123456789", iban="")
    typed = {**opened(worker.get(page("person-edit", person))), "last_name": "نو", "clear": ["mobile"]}
    answer = worker.post(page("person-edit", person), typed)
    saved = Person.objects.get()
    assert answer.url == page("person-record", person)
    assert (saved.last_name, saved.mobile, saved.identity_number) == ("نو", "", person.identity_number)


def test_edit_form_never_sends_a_sealed_value(worker: Client) -> None:
    person = a_person(mobile="09123456789")
    text = worker.get(page("person-edit", person)).content.decode()
    assert "09123456789" not in text
    assert person.identity_number not in text


def test_edit_after_somebody_else_shows_both_values_and_saves_the_choice(worker: Client) -> None:
    person = a_person(first_name="زهرا", last_name="کاظمی", father_name="محمد")
    mine = {**opened(worker.get(page("person-edit", person))), "last_name": "موسوی", "skills": "خیاطی"}
    theirs = {**opened(worker.get(page("person-edit", person))), "last_name": "حسینی", "father_name": "احمد"}
    worker.post(page("person-edit", person), theirs)
    answer = worker.post(page("person-edit", person), mine)
    rows = {row.name: (row.mine, row.saved, row.choice) for row in answer.context["rows"]}
    assert answer.status_code == CONFLICT
    assert rows == {
        "last_name": ("موسوی", "حسینی", ""),
        "father_name": ("محمد", "احمد", "saved"),
        "skills": ("خیاطی", "", "mine"),
    }
    assert answer.context["last_change"].actor_name == worker.user.full_name
    again = {
        **dict(answer.context["hidden"]),
        "version": answer.context["version"],
        "opened": answer.context["opened"],
        "resolving": "1",
        "keep-last_name": "mine",
        "keep-father_name": "saved",
        "keep-skills": "mine",
    }
    assert worker.post(page("person-edit", person), again).status_code == 302
    saved = Person.objects.get()
    assert (saved.last_name, saved.father_name, saved.skills) == ("موسوی", "احمد", "خیاطی")


def test_conflict_without_a_choice_is_asked_again(worker: Client) -> None:
    household = a_household(decile=1)
    mine = {**opened(worker.get(page("household-edit", household))), "decile": "3"}
    theirs = {**opened(worker.get(page("household-edit", household))), "decile": "4"}
    worker.post(page("household-edit", household), theirs)
    answer = worker.post(page("household-edit", household), mine)
    again = {
        **dict(answer.context["hidden"]),
        "version": answer.context["version"],
        "opened": answer.context["opened"],
        "resolving": "1",
    }
    assert worker.post(page("household-edit", household), again).status_code == CONFLICT
    assert Household.objects.get().decile == 4


def test_edit_to_a_number_on_file_elsewhere_is_refused(worker: Client) -> None:
    holder = a_person(county=make_county(SISTER_COUNTY))
    person = a_person()
    typed = {**opened(worker.get(page("person-edit", person))), "identity_number": holder.identity_number}
    assert worker.post(page("person-edit", person), typed).status_code == UNPROCESSABLE
    assert Person.objects.get().identity_number == person.identity_number


def test_record_masks_sealed_fields_and_the_special_class(worker: Client) -> None:
    person = a_head(mobile="09123456789", iban="IR062960000000100324200001")
    a_membership(person, group=TargetGroup.MENTAL_ILLNESS, basis="نامه محرمانه")
    a_disability(person, type=DisabilityType.PSYCHIATRIC, note="متن بالینی")
    text = worker.get(page("person-record", person)).content.decode()
    hidden = [person.identity_number, "09123456789", "IR0629600", "نامه محرمانه", "متن بالینی", "۰۹۱۲۳۴۵۶۷۸۹"]
    assert [secret for secret in hidden if secret in text] == []
    assert str(TargetGroup.MENTAL_ILLNESS.label) not in text
    assert str(DisabilityType.PSYCHIATRIC.label) not in text


def test_reveal_with_reason_shows_the_value_and_is_logged(worker: Client) -> None:
    person = a_person(mobile="09123456789")
    answer = worker.post(
        reverse("registry:person-reveal", args=[person.pk, "mobile"]),
        {"reason": "تماس با خانواده"},
        headers={"HX-Request": "true"},
    )
    assert "۰۹۱۲۳۴۵۶۷۸۹" in answer.content.decode()
    entry = ReadEntry.objects.get()
    assert (entry.fields, entry.reason, entry.actor) == (["mobile"], "تماس با خانواده", f"user:{worker.user.pk}")


def test_reveal_without_reason_shows_nothing(worker: Client) -> None:
    person = a_person(mobile="09123456789")
    answer = worker.post(reverse("registry:person-reveal", args=[person.pk, "mobile"]))
    assert answer.status_code == CONFLICT
    assert "۶۷۸۹" not in answer.content.decode()


@pytest.mark.parametrize("field", ["identity_index", "first_name", "note"])
def test_reveal_of_a_field_that_is_not_sealed_is_not_found(worker: Client, field: str) -> None:
    url = reverse("registry:person-reveal", args=[a_person().pk, field])
    assert worker.post(url, {"reason": "کنجکاوی"}).status_code == NOT_FOUND


def test_reveal_in_another_county_is_not_found(worker: Client) -> None:
    person = a_person(county=make_county(SISTER_COUNTY))
    url = reverse("registry:person-reveal", args=[person.pk, "identity_number"])
    assert worker.post(url, {"reason": "کنجکاوی"}).status_code == NOT_FOUND


def test_special_class_with_reason_is_shown_and_logged(worker: Client) -> None:
    person = a_person()
    membership = a_membership(person, group=TargetGroup.MENTAL_ILLNESS)
    a_disability(person, type=DisabilityType.PSYCHIATRIC, note="متن بالینی")
    answer = worker.post(page("person-special", person), {"reason": "تشکیل کمیسیون"})
    assert "متن بالینی" in answer.content.decode()
    assert page("membership-end", membership) in answer.content.decode()
    assert ReadEntry.objects.get().fields == ["disabilities", "groups", "notes"]


def test_move_by_file_number_however_it_is_spelt(worker: Client) -> None:
    person = a_person()
    target = a_household(file_number="۱۲-الف")
    typed = {"to": "file", "file_number": "12 الف", "relation": "sibling", "reason": "زندگی با برادر"}
    worker.post(page("person-move", person), typed)
    moved = Person.objects.get()
    assert (moved.household_id, moved.relation) == (target.pk, Relation.SIBLING)


def test_move_to_a_file_number_of_another_county_is_refused(worker: Client) -> None:
    a_household(county=make_county(SISTER_COUNTY), file_number="99")
    typed = {"to": "file", "file_number": "99", "relation": "other", "reason": "جابه‌جایی"}
    assert worker.post(page("person-move", a_person()), typed).status_code == UNPROCESSABLE


def test_move_to_a_new_household_opens_it(worker: Client) -> None:
    person = a_person()
    worker.post(page("person-move", person), {"to": "new", "file_number": "200", "reason": "طلاق"})
    assert Household.objects.get(file_number="200").head_id == person.pk


@pytest.mark.parametrize("name", ["membership-create", "disability-create", "person-cause-create", "person-leave"])
def test_a_form_presets_nothing_that_a_clerk_may_overlook(worker: Client, name: str) -> None:
    form = worker.get(page(name, a_head())).context["form"]
    chosen = form.fields[
        {"membership-create": "group", "disability-create": "type", "person-cause-create": "cause"}.get(name, "why")
    ]
    assert next(iter(chosen.choices))[0] == ""


def test_household_forms_offer_a_district_that_has_ended_to_its_own_household_alone(worker: Client) -> None:
    ended = Place.objects.filter(kind="district", parent_id=COUNTY).first()
    own = a_household(district=ended)
    Place.objects.filter(pk=ended.pk).update(valid_to=date(2020, 1, 1))
    offered = [
        ended in worker.get(url).context["form"].fields["district"].queryset
        for url in (
            page("household-edit", own),
            page("household-edit", a_household()),
            reverse("registry:household-create"),
        )
    ]
    assert offered == [True, False, False]


def test_leave_and_return_of_a_person(worker: Client) -> None:
    person = a_head()
    worker.post(page("person-leave", person), {"why": "died", "on": "1403/1/5", "reason": "گواهی فوت"})
    assert Household.objects.get().head_id is None
    worker.post(page("person-return", person), {"reason": "اشتباه ثبت"})
    assert Household.objects.get().head_id == person.pk


@pytest.mark.parametrize(
    ("step", "typed", "state"),
    [
        ("suspend", {}, HouseholdState.SUSPENDED),
        ("wait", {}, HouseholdState.WAITING),
        ("leave", {"why": "self_reliant", "on": "1403/1/5"}, HouseholdState.LEFT),
    ],
)
def test_state_changes_with_its_reason(worker: Client, step: str, typed: dict[str, str], state: HouseholdState) -> None:
    household = a_household()
    worker.post(reverse("registry:household-state", args=[household.pk, step]), {**typed, "reason": "بررسی پرونده"})
    assert Household.objects.get().state == state
    assert FileEvent.objects.get().reason == "بررسی پرونده"


def test_state_step_the_flow_does_not_allow_is_not_found(worker: Client) -> None:
    household = a_household()
    assert worker.get(reverse("registry:household-state", args=[household.pk, "return"])).status_code == NOT_FOUND


def test_head_is_set_with_a_reason(worker: Client) -> None:
    old = a_head()
    new = a_person(household=old.household)
    worker.post(page("person-head", new), {"reason": "سفر سرپرست"})
    assert Household.objects.get().head_id == new.pk


def test_circumstances_are_added_and_withdrawn(worker: Client) -> None:
    person = a_head()
    worker.post(page("membership-create", person), {"group": "older", "valid_from": "1403/1/1"})
    worker.post(page("disability-create", person), {"type": "sight", "severity": "mild"})
    worker.post(page("person-cause-create", person), {"cause": "social"})
    worker.post(page("household-cause-create", person.household), {"cause": "economic"})
    worker.post(page("membership-end", person.memberships.get()), {"valid_to": "1403/5/1"})
    assert person.memberships.get().valid_to == date(2024, 7, 22)
    assert person.disabilities.get().type == DisabilityType.SIGHT
    assert sorted(row.cause for row in person.household.causes.all()) == [Cause.ECONOMIC, Cause.SOCIAL]
    worker.post(page("cause-withdraw", person.causes.get()))
    assert person.causes.count() == 0


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
    panels.register_panel("person", "نیازها", "patterns/_badge.html", context=lambda request, record: {}, order=1)
    assert "نیازها" in worker.get(page("person-record", person)).content.decode()
    assert "نیازها" not in worker.get(page("household-record", person.household)).content.decode()


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
