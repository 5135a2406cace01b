"""Bring files on record up to date from a spreadsheet; the rows come ready and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import models, transaction

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.fields import BlindIndexField, NameKeyField
from hamafza.registry.commands.announce import announce
from hamafza.registry.models import Disability, Household, Person


@transaction.atomic(savepoint=False)
def update_files(changed: Mapping[Household | Person | Disability, Iterable[str]], *, county: str, by: Actor) -> None:
    """Save the named fields of each instance; raises `StaleVersion` when somebody was quicker."""
    require(by, Permission.EDIT_CLIENTS, place=county)
    for instance, names in changed.items():
        instance.save(update_fields=with_derived(type(instance), set(names)))
    if changed:
        announce(county, [_household_of(instance) for instance in changed])


def with_derived(model: type[models.Model], names: set[str]) -> set[str]:
    """The fields and the keys and indexes computed from them."""
    derived = {
        field.name
        for field in model._meta.concrete_fields
        if (isinstance(field, BlindIndexField) and field.of in names)
        or (isinstance(field, NameKeyField) and names & set(field.of))
    }
    return {name.removesuffix("_id") for name in names} | derived


def _household_of(instance: Household | Person | Disability) -> UUID:
    if isinstance(instance, Household):
        return instance.pk
    return instance.household_id if isinstance(instance, Person) else instance.person.household_id
