"""The record: masks and reveals, moves, states and circumstances."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hamafza.audit.models import ReadEntry
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY, make_county
from hamafza.registry.choices import Cause, DisabilityType, HouseholdState, Relation, TargetGroup
from hamafza.registry.models import FileEvent, Household, Person
from hamafza.registry.tests.factories import (
    a_disability,
    a_head,
    a_household,
    a_membership,
    a_person,
)
from hamafza.registry.tests.pages import CONFLICT, NOT_FOUND, UNPROCESSABLE, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_county")]


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
