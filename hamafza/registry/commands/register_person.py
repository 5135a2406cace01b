"""A new client in a household."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.registry.choices import Cause, DisabilityType, Relation, TargetGroup
from hamafza.registry.commands.announce import announce
from hamafza.registry.commands.claim_identity import claim_identity
from hamafza.registry.commands.fields import PersonFields, cleaned_person
from hamafza.registry.models import Disability, HardshipCause, Household, Person, TargetGroupMembership


@dataclass(frozen=True)
class NewPerson:
    """A person as a form knows her: fields, and codes of groups, disabilities (with severity or "") and causes."""

    fields: PersonFields
    groups: Sequence[TargetGroup] = ()
    disabilities: Mapping[DisabilityType, str] = field(default_factory=dict)
    causes: Sequence[Cause] = ()


@transaction.atomic
def register_person(
    household: Household,
    *,
    fields: PersonFields,
    groups: Sequence[TargetGroup] = (),
    disabilities: Mapping[DisabilityType, str] | None = None,
    causes: Sequence[Cause] = (),
    by: Actor,
) -> Person:
    """Add a person to a file; raises `AlreadyOnFile` or `OnFileElsewhere` when her identity number is claimed."""
    require(by, Permission.EDIT_CLIENTS, place=household.county_id)
    locked = Household.objects.select_for_update().get(pk=household.pk)
    person = add_person(locked, NewPerson(fields, groups, disabilities or {}, causes), by=by)
    announce(locked.county_id, [locked.pk])
    return person


def add_person(household: Household, new: NewPerson, *, by: Actor) -> Person:
    """The writing itself, for commands that hold the household's lock and announce by themselves."""
    person = Person(
        county_id=household.county_id, household=household, created_by_id=by.user_id, **cleaned_person(new.fields)
    )
    refuse_nameless(person)
    refuse_second_head(household, person)
    person.save()
    claim_identity(person)
    _add_circumstances(person, new)
    if person.relation == Relation.HEAD:
        household.head = person
        household.save(update_fields=["head"])
    return person


def refuse_nameless(person: Person) -> None:
    if not person.first_name and not person.last_name:
        raise Refusal(_("Write the first name or the last name."), code="no_name", field="first_name")


def refuse_second_head(household: Household, person: Person) -> None:
    """A household has one head; another becomes it only by `set_head`."""
    if person.relation != Relation.HEAD:
        return
    heads = Person.objects.filter(
        household=household, relation=Relation.HEAD, left_on__isnull=True, merged_into__isnull=True
    )
    if heads.exclude(pk=person.pk).exists():
        raise Refusal(
            _(
                "This household has a head already. Choose another relation, or change the head on the household's page."
            ),
            code="second_head",
            field="relation",
        )


def _add_circumstances(person: Person, new: NewPerson) -> None:
    county = person.county_id
    TargetGroupMembership.objects.bulk_create(
        TargetGroupMembership(county_id=county, person=person, group=group) for group in dict.fromkeys(new.groups)
    )
    Disability.objects.bulk_create(
        Disability(county_id=county, person=person, type=kind, severity=severity)
        for kind, severity in new.disabilities.items()
    )
    HardshipCause.objects.bulk_create(
        HardshipCause(county_id=county, household=person.household, person=person, cause=cause)
        for cause in dict.fromkeys(new.causes)
    )
