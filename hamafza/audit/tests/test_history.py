"""History in sentences, and what it must not say."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from hamafza.accounts.tests.factories import make_user
from hamafza.audit.commands.record_read import record_read, record_reads
from hamafza.audit.models import ReadEntry, Seal
from hamafza.audit.queries.history import HistoryLine, history_of
from hamafza.core.scope import counties, everywhere
from hamafza.core.session import acting_as
from hamafza.places.models import Place
from hamafza.registry.choices import DisabilityType, HouseholdState, TargetGroup
from hamafza.registry.models import Disability, Household, Person
from hamafza.registry.tests.factories import a_disability, a_district, a_household, a_membership, a_person


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def sentences(lines: list[HistoryLine]) -> list[str]:
    return [line.sentence for line in lines]


def test_changes_are_told_newest_first_with_names_of_values(county: Place) -> None:
    district = a_district(county)
    household = a_household(county=county)
    user = make_user(full_name="Maryam Rezaei")
    with acting_as(f"user:{user.pk}"):
        household.decile = 3
        household.district = district
        household.save()
        household.decile = 4
        household.save()
        household.decile = None
        household.state = HouseholdState.WAITING
        household.save()
    lines = history_of(household)
    assert sentences(lines) == [
        "Income decile: “4” was removed; State: “Active” became “On the waiting list”",
        "Income decile: “3” became “4”",
        f"District: “{district}” was entered; Income decile: “3” was entered",
        "Household was put on file.",
    ]
    assert [line.actor_name for line in lines] == ["Maryam Rezaei"] * 3 + ["The system (unnamed)"]
    assert (lines[0].text, lines[0].actor) == (lines[0].sentence, lines[0].actor_name)


def test_sealed_and_special_fields_are_told_without_their_value(county: Place) -> None:
    person = a_person(county=county)
    person.mobile = "09121234567"
    person.save()
    disability = a_disability(person, type=DisabilityType.HEARING)
    Disability.objects.filter(pk=disability.pk).update(type=DisabilityType.SIGHT)
    disability.delete()
    lines = sentences(history_of(person))
    assert lines == [
        "Disability was taken off the file.",
        "Disability: Type of disability was changed",
        "Disability was put on file.",
        "Mobile was changed",
        "Person was put on file.",
    ]
    assert not [line for line in lines if "0912" in line or "Hearing" in line or "Sight" in line]


def test_fields_of_the_program_are_not_told(county: Place) -> None:
    household = a_household(county=county)
    Household.objects.filter(pk=household.pk).update(version=7)
    assert sentences(history_of(household)) == ["Household was put on file."]


def test_date_and_reads_are_told_with_their_reason(county: Place) -> None:
    from datetime import date

    person = a_person(county=county)
    Person.objects.filter(pk=person.pk).update(born_on=date(2001, 3, 21))
    record_read(person, fields=["mobile"], reason="a call")
    record_reads([person], fields=[])
    told = sentences(history_of(person))
    assert told[0] == "Shown: Person"
    assert told[1] == "Shown: Mobile. Reason: a call"
    assert told[2].startswith("Date of birth: “")
    assert sentences(history_of(person, with_reads=False)) == told[2:]


def test_rows_of_another_model_are_told_when_asked(county: Place) -> None:
    household = a_household(county=county)
    person = a_person(household=household)
    a_membership(person, group=TargetGroup.OLDER)
    told = sentences(history_of(household, related=[(Person, [person.pk])]))
    assert told == ["Person was put on file.", "Household was put on file."]


def test_pages_follow_each_other_without_loss_or_repetition(county: Place) -> None:
    household = a_household(county=county)
    for decile in range(1, 8):
        household.decile = decile
        household.save()
        record_read(household, fields=["address"])
    whole = history_of(household)
    pages: list[HistoryLine] = []
    for _page in range(6):
        pages += history_of(household, limit=3, before=pages[-1].cursor if pages else "")
    assert [(line.at, line.sentence) for line in pages] == [(line.at, line.sentence) for line in whole]
    assert len(whole) == 15
    assert history_of(household, before="nonsense") == whole


def test_history_of_a_national_record_is_told(places: dict[str, Place]) -> None:
    user = make_user()
    user.is_active = False
    user.save()
    told = history_of(user)
    assert told[-1].sentence == "User was put on file."
    assert "May sign in" in told[0].sentence


def test_number_of_queries_does_not_depend_on_lines(county: Place) -> None:
    one, many = a_person(county=county), a_person(county=county)
    Person.objects.filter(pk=one.pk).update(father_name="x")
    for name in "abcdefgh":
        Person.objects.filter(pk=many.pk).update(father_name=name)
    with CaptureQueriesContext(connection) as few:
        history_of(one)
    with CaptureQueriesContext(connection) as more:
        history_of(many)
    assert len(more) == len(few) <= 12


def test_history_in_another_county_is_empty(county: Place) -> None:
    household = a_household(county=county)
    with counties(["2306"]):
        assert history_of(household) == []


def test_opening_everywhere_is_recorded_with_its_reason(county: Place) -> None:
    with acting_as("system:verify"), everywhere(reason="count everything"):
        pass
    entry = ReadEntry.national.get(reason="count everything")
    assert (entry.actor, entry.subject_type, str(entry)) == ("system:verify", "", f"{entry.pk} ")


def test_rows_name_themselves_without_personal_data() -> None:
    assert str(Seal(trail="changes", from_id=1, to_id=2)) == "changes 1..2"
