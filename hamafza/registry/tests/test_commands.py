from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.core.scope import counties
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY, make_county, make_places
from hamafza.registry.choices import (
    Cause,
    DisabilityType,
    FileEventKind,
    HouseholdLeft,
    HouseholdState,
    PersonLeft,
    Relation,
    TargetGroup,
)
from hamafza.registry.commands.change_state import leave_file, return_to_file, suspend_household
from hamafza.registry.commands.claim_identity import AlreadyOnFile, ClaimClash, OnFileElsewhere
from hamafza.registry.commands.edit_household import edit_household
from hamafza.registry.commands.edit_person import edit_person
from hamafza.registry.commands.leave_household import leave_household, return_to_household
from hamafza.registry.commands.move_person import move_person, move_person_to_new_household
from hamafza.registry.commands.record_circumstance import join_group, leave_group, record_cause, record_disability
from hamafza.registry.commands.register_household import register_household
from hamafza.registry.commands.register_person import NewPerson, register_person
from hamafza.registry.commands.register_persons import register_households, register_persons
from hamafza.registry.commands.set_head import set_head
from hamafza.registry.events import households_changed, person_moved
from hamafza.registry.models import FileEvent, HardshipCause, Household, IdentityClaim, Person, TargetGroupMembership
from hamafza.registry.tests.factories import a_cause, a_head, a_household, a_membership, a_person, identity_number

pytestmark = pytest.mark.django_db

Heard = list[tuple[str, list[UUID]]]


@pytest.fixture(autouse=True)
def _open_county() -> Iterator[None]:
    make_county()
    with counties([COUNTY]):
        yield


@pytest.fixture
def clerk() -> Actor:
    return make_actor(Role.SOCIAL_WORKER)


@pytest.fixture
def heard() -> Iterator[Heard]:
    said: Heard = []

    def listen(sender: object, county: str, household_ids: list[UUID], **rest: object) -> None:
        said.append((county, household_ids))

    households_changed.connect(listen)
    yield said
    households_changed.disconnect(listen)


def test_register_household_with_head_sets_head_claim_and_announces(clerk: Actor, heard: Heard) -> None:
    new = NewPerson(
        fields={
            "first_name": " زهرا ",
            "last_name": "كاظمي",
            "relation": Relation.HEAD,
            "identity_number": "۰۰۱۲۳۴۵۶۷۹",
        },
        groups=[TargetGroup.WOMAN_HEAD],
        disabilities={DisabilityType.SIGHT: ""},
        causes=[Cause.ECONOMIC],
    )
    household = register_household(make_county(), fields={"file_number": "12"}, persons=[new], by=clerk)
    head = Person.objects.get()
    assert (head.first_name, head.last_name, head.identity_number) == ("زهرا", "کاظمی", "0012345679")
    assert Household.objects.get().head_id == head.pk
    assert IdentityClaim.objects.get().person_id == head.pk
    assert [row.group for row in head.memberships.all()] == [TargetGroup.WOMAN_HEAD]
    assert heard == [(COUNTY, [household.pk])]


def test_register_household_by_reader_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        register_household(make_county(), fields={}, by=make_actor(Role.PROVINCE_DIRECTOR))


def test_register_household_with_number_of_another_file_is_refused_however_it_is_spelt(clerk: Actor) -> None:
    a_household(county=make_county(), file_number="۱۲-الف")
    with pytest.raises(Refusal) as refused:
        register_household(make_county(), fields={"file_number": "12 الف"}, by=clerk)
    assert refused.value.field == "file_number"


def test_register_household_with_district_of_another_county_is_refused(clerk: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        register_household(make_county(), fields={"district": make_places()["230601"]}, by=clerk)
    assert refused.value.field == "district"


def test_register_person_with_wrong_check_digit_is_refused(clerk: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        register_person(a_household(), fields={"first_name": "علی", "identity_number": "1234567890"}, by=clerk)
    assert (refused.value.code, refused.value.field) == ("bad_check_digit", "identity_number")


def test_register_person_with_number_held_in_county_names_the_file(clerk: Actor) -> None:
    holder = a_person(household=a_household(file_number="77"))
    with pytest.raises(AlreadyOnFile) as refused:
        register_person(
            a_household(), fields={"first_name": "علی", "identity_number": holder.identity_number}, by=clerk
        )
    assert refused.value.person_id == holder.pk
    assert "77" in refused.value.message
    assert Person.objects.count() == 1


def test_register_person_with_number_held_elsewhere_says_nothing_of_that_file(clerk: Actor) -> None:
    holder = a_person(household=a_household(county=make_county(SISTER_COUNTY), file_number="77"))
    with pytest.raises(OnFileElsewhere) as refused:
        register_person(
            a_household(), fields={"first_name": "علی", "identity_number": holder.identity_number}, by=clerk
        )
    assert holder.full_name not in refused.value.message
    assert SISTER_COUNTY not in refused.value.message
    assert "77" not in refused.value.message


def test_register_second_head_is_refused(clerk: Actor) -> None:
    head = a_head()
    with pytest.raises(Refusal) as refused:
        register_person(head.household, fields={"first_name": "علی", "relation": Relation.HEAD}, by=clerk)
    assert refused.value.field == "relation"


def test_edit_person_with_old_version_is_stale_and_changes_nothing(clerk: Actor) -> None:
    person = a_person()
    edit_person(person, fields={"first_name": "الف"}, version=person.version, by=clerk)
    with pytest.raises(StaleVersion):
        edit_person(person, fields={"first_name": "ب"}, version=person.version, by=clerk)
    assert Person.objects.get().first_name == "الف"


def test_edit_person_with_other_number_moves_her_claim(clerk: Actor) -> None:
    person = a_person()
    number = identity_number(99_000)
    edited = edit_person(person, fields={"identity_number": number}, version=person.version, by=clerk)
    assert [(claim.person_id, claim.identity_index) for claim in IdentityClaim.objects.all()] == [
        (person.pk, edited.identity_index)
    ]


def test_edit_person_without_number_frees_it_for_another(clerk: Actor) -> None:
    person = a_person()
    edit_person(person, fields={"identity_number": ""}, version=person.version, by=clerk)
    other = register_person(
        a_household(), fields={"first_name": "علی", "identity_number": person.identity_number}, by=clerk
    )
    assert IdentityClaim.objects.get().person_id == other.pk


def test_edit_household_keeps_what_is_not_named(clerk: Actor) -> None:
    household = a_household(address="خیابان اصلی", decile=2)
    edited = edit_household(household, fields={"decile": 4}, version=household.version, by=clerk)
    assert (edited.decile, edited.address) == (4, "خیابان اصلی")


def test_set_head_makes_one_head_and_keeps_the_reason(clerk: Actor) -> None:
    old = a_head()
    new = a_person(household=old.household, relation=Relation.SPOUSE)
    set_head(new, reason="درگذشت سرپرست", by=clerk)
    assert Household.objects.get().head_id == new.pk
    assert [person.pk for person in Person.objects.filter(relation=Relation.HEAD)] == [new.pk]
    assert [event.reason for event in FileEvent.objects.all()] == ["درگذشت سرپرست"]


def test_move_head_to_another_household_leaves_the_first_without_head(clerk: Actor, heard: Heard) -> None:
    head = a_head()
    left = head.household
    target = a_head().household
    a_cause(left, person=head)
    moves: list[dict[str, object]] = []

    def listen(sender: object, signal: object, **facts: object) -> None:
        moves.append(facts)

    person_moved.connect(listen)
    move_person(head, to=target, relation=Relation.SIBLING, reason="ازدواج", by=clerk)
    person_moved.disconnect(listen)
    assert Household.objects.get(pk=left.pk).head_id is None
    assert Person.objects.get(pk=head.pk).household_id == target.pk
    assert HardshipCause.objects.get().household_id == target.pk
    assert heard == [(COUNTY, [left.pk, target.pk])]
    assert moves == [
        {"county": COUNTY, "person_id": head.pk, "from_household_id": left.pk, "to_household_id": target.pk}
    ]


def test_move_to_new_household_makes_the_person_its_head(clerk: Actor) -> None:
    person = a_person()
    moved = move_person_to_new_household(person, fields={"file_number": "N-1"}, reason="جدایی", by=clerk)
    assert moved.household_id != person.household_id
    assert Household.objects.get(pk=moved.household_id).head_id == person.pk


def test_move_to_household_of_another_county_is_refused(clerk: Actor) -> None:
    other = a_household(county=make_county(SISTER_COUNTY))
    with pytest.raises(Refusal):
        move_person(a_person(), to=other, reason="جابه‌جایی", by=clerk)


def test_move_without_reason_is_refused(clerk: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        move_person(a_person(), to=a_household(), reason="  ", by=clerk)
    assert refused.value.field == "reason"


def test_leave_file_keeps_reason_and_return_takes_it_up(clerk: Actor) -> None:
    household = a_household()
    closed = leave_file(household, why=HouseholdLeft.SELF_RELIANT, reason="شاغل شد", by=clerk)
    assert (closed.state, closed.left_reason) == (HouseholdState.LEFT, HouseholdLeft.SELF_RELIANT)
    back = return_to_file(household, reason="بیکار شد", by=clerk)
    assert (back.state, back.left_reason, back.left_on) == (HouseholdState.ACTIVE, "", None)
    assert [event.kind for event in FileEvent.objects.all()] == [FileEventKind.RETURNED, FileEventKind.LEFT]


def test_suspend_closed_file_is_refused(clerk: Actor) -> None:
    household = a_household()
    leave_file(household, why=HouseholdLeft.MOVED, reason="رفت", by=clerk)
    with pytest.raises(Refusal) as refused:
        suspend_household(household, reason="بی‌خبر", by=clerk)
    assert refused.value.code == "no_such_step"


def test_leave_household_of_head_leaves_no_head_and_return_restores_it(clerk: Actor) -> None:
    head = a_head()
    leave_household(head, why=PersonLeft.DIED, on=date(2024, 5, 1), reason="گواهی فوت", by=clerk)
    assert Household.objects.get().head_id is None
    return_to_household(head, reason="اشتباه ثبت", by=clerk)
    assert Household.objects.get().head_id == head.pk


def test_join_group_twice_is_refused(clerk: Actor) -> None:
    person = a_person()
    join_group(person, group=TargetGroup.OLDER, valid_from=date(2024, 1, 1), by=clerk)
    with pytest.raises(Refusal):
        join_group(person, group=TargetGroup.OLDER, valid_from=date(2024, 2, 1), by=clerk)


def test_leave_group_before_it_began_is_refused(clerk: Actor) -> None:
    membership = a_membership(a_person(), valid_from=date(2024, 1, 1))
    with pytest.raises(Refusal):
        leave_group(membership, valid_to=date(2023, 1, 1), by=clerk)
    leave_group(membership, valid_to=date(2024, 6, 1), by=clerk)
    assert TargetGroupMembership.objects.get().valid_to == date(2024, 6, 1)


def test_record_disability_again_sets_it_right(clerk: Actor) -> None:
    person = a_person()
    record_disability(person, type=DisabilityType.SIGHT, note="متن بالینی", by=clerk)
    again = record_disability(person, type=DisabilityType.SIGHT, decision_number="9", by=clerk)
    assert (again.note, again.decision_number, person.disabilities.count()) == ("متن بالینی", "9", 1)


def test_record_cause_twice_is_refused(clerk: Actor) -> None:
    household = a_household()
    record_cause(household, cause=Cause.SOCIAL, by=clerk)
    with pytest.raises(Refusal):
        record_cause(household, cause=Cause.SOCIAL, by=clerk)


def test_register_many_sets_heads_claims_and_announces_once(clerk: Actor, heard: Heard) -> None:
    households = [Household(county=make_county(), file_number=f"B{number}") for number in range(3)]
    persons = [
        Person(
            county_id=COUNTY,
            household=household,
            first_name="علی",
            relation=Relation.HEAD,
            identity_number=identity_number(500_000 + place),
        )
        for place, household in enumerate(households)
    ]
    memberships = [TargetGroupMembership(county_id=COUNTY, person=persons[0], group=TargetGroup.OLDER)]
    register_households(households, by=clerk)
    register_persons(persons, memberships=memberships, by=clerk)
    assert {row.head_id for row in Household.objects.all()} == {person.pk for person in persons}
    assert IdentityClaim.objects.count() == 3
    assert TargetGroupMembership.objects.count() == 1
    assert heard == [(COUNTY, []), (COUNTY, [row.pk for row in households])]


def test_register_many_with_a_held_number_writes_nothing(clerk: Actor) -> None:
    holder = a_person()
    household = a_household()
    persons = [
        Person(county_id=COUNTY, household=household, first_name="علی", identity_number=number)
        for number in (identity_number(600_000), holder.identity_number)
    ]
    with pytest.raises(ClaimClash) as refused, transaction.atomic():
        register_persons(persons, by=clerk)
    assert refused.value.indexes == {holder.identity_index}
    assert Person.objects.count() == 1


def test_register_many_with_one_number_twice_writes_nothing(clerk: Actor) -> None:
    household = a_household()
    persons = [
        Person(county_id=COUNTY, household=household, first_name=name, identity_number=identity_number(700_000))
        for name in ("علی", "رضا")
    ]
    with pytest.raises(ClaimClash), transaction.atomic():
        register_persons(persons, by=clerk)
    assert Person.objects.count() == 0
