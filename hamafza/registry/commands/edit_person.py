"""Changing a person's facts, without overwriting what somebody else has saved meanwhile."""

from __future__ import annotations

from django.db import transaction

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.versioned import refuse_stale
from hamafza.registry.choices import Relation
from hamafza.registry.commands.announce import announce
from hamafza.registry.commands.claim_identity import claim_identity
from hamafza.registry.commands.fields import PersonFields, cleaned_person
from hamafza.registry.commands.register_person import refuse_nameless, refuse_second_head
from hamafza.registry.models import Household, Person


@transaction.atomic
def edit_person(person: Person, *, fields: PersonFields, version: int, by: Actor) -> Person:
    """Set the named fields; raises `StaleVersion`, and the clash of an identity number as `register_person` does."""
    require(by, Permission.EDIT_CLIENTS, place=person.county_id)
    household = Household.objects.select_for_update().get(pk=person.household_id)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    refuse_stale(locked, version=version)
    for name, value in cleaned_person(fields).items():
        setattr(locked, name, value)
    refuse_nameless(locked)
    refuse_second_head(household, locked)
    locked.save()
    claim_identity(locked)
    _follow_head(household, locked)
    announce(locked.county_id, [locked.household_id])
    return locked


def _follow_head(household: Household, person: Person) -> None:
    """The household's head is the person whose relation says so."""
    is_head = person.relation == Relation.HEAD and person.left_on is None
    if is_head == (household.head_id == person.pk):
        return
    household.head = person if is_head else None
    household.save(update_fields=["head"])
