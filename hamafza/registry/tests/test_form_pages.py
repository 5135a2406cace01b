"""Opening a file, adding a member, and changing what is on file."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY, make_county
from hamafza.registry.choices import DisabilityType, Relation
from hamafza.registry.models import Household, Person
from hamafza.registry.tests.factories import (
    a_head,
    a_household,
    a_person,
)
from hamafza.registry.tests.pages import CONFLICT, UNPROCESSABLE, opened, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_county")]


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
