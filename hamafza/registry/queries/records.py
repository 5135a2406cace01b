"""What stands on the page of a household and of a person; each is a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from hamafza.registry.choices import SPECIAL_GROUPS
from hamafza.registry.models import (
    Disability,
    FileEvent,
    HardshipCause,
    Household,
    Person,
    TargetGroupMembership,
)


@dataclass(frozen=True)
class HouseholdRecord:
    """``members`` live there, ``former`` have left it; the head comes first."""

    household: Household
    members: Sequence[Person]
    former: Sequence[Person]
    causes: Sequence[HardshipCause]

    @property
    def head(self) -> Person | None:
        return next((person for person in self.members if person.pk == self.household.head_id), None)


@dataclass(frozen=True)
class PersonRecord:
    """``groups`` are open to see; of the special class only is known whether there is any, until it is asked for."""

    person: Person
    groups: Sequence[TargetGroupMembership]
    has_special: bool
    causes: Sequence[HardshipCause]


@dataclass(frozen=True)
class SpecialClass:
    """What of a person is of the special class: to be shown only after its reading is logged."""

    groups: Sequence[TargetGroupMembership]
    disabilities: Sequence[Disability]
    causes: Sequence[HardshipCause]


def household_record(household: Household) -> HouseholdRecord:
    """Two queries."""
    persons = list(Person.objects.filter(household=household, merged_into__isnull=True).order_by("born_on", "pk"))
    persons.sort(key=lambda person: person.pk != household.head_id)
    return HouseholdRecord(
        household=household,
        members=[person for person in persons if person.left_on is None],
        former=[person for person in persons if person.left_on is not None],
        causes=list(HardshipCause.objects.filter(household=household).select_related("person").order_by("cause", "pk")),
    )


def person_record(person: Person) -> PersonRecord:
    """Three queries; the special class is only counted."""
    memberships = list(TargetGroupMembership.objects.filter(person=person).order_by("valid_to", "-valid_from", "pk"))
    causes = list(HardshipCause.objects.filter(person=person).order_by("cause"))
    special = any(row.group in SPECIAL_GROUPS for row in memberships)
    return PersonRecord(
        person=person,
        groups=[row for row in memberships if row.group not in SPECIAL_GROUPS],
        has_special=special or Disability.objects.filter(person=person).exists(),
        causes=causes,
    )


def special_class_of(person: Person) -> SpecialClass:
    """Three queries; call `commands.reveal.reveal_special_class` instead, which logs the reading."""
    return SpecialClass(
        groups=list(
            TargetGroupMembership.objects.filter(person=person, group__in=SPECIAL_GROUPS).order_by("-valid_from")
        ),
        disabilities=list(Disability.objects.filter(person=person).order_by("type")),
        causes=[row for row in HardshipCause.objects.filter(person=person).order_by("cause") if row.note],
    )


def household_of(person: Person) -> Household:
    """The person's household with its head; one query."""
    return Household.objects.select_related("head").get(pk=person.household_id)


def events_of_household(household: Household) -> Sequence[FileEvent]:
    """What happened to the file, newest first, departures to other files included; one query."""
    return list(
        FileEvent.objects.filter(Q(household=household) | Q(from_household=household))
        .select_related("person", "household", "from_household", "by")
        .order_by("-at", "-pk")[:100]
    )


def events_of_person(person: Person) -> Sequence[FileEvent]:
    """What happened to the person's place in files, newest first; one query."""
    return list(
        FileEvent.objects.filter(person=person)
        .select_related("person", "household", "from_household", "by")
        .order_by("-at", "-pk")[:100]
    )
