"""Changing a household's facts, without overwriting what somebody else has saved meanwhile."""

from __future__ import annotations

from django.db import transaction

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.versioned import refuse_stale
from hamafza.registry.commands.announce import announce
from hamafza.registry.commands.fields import HouseholdFields, cleaned_household
from hamafza.registry.commands.register_household import refuse_foreign_district, refuse_taken_file_number
from hamafza.registry.models import Household


@transaction.atomic
def edit_household(household: Household, *, fields: HouseholdFields, version: int, by: Actor) -> Household:
    """Set the named fields; raises `StaleVersion` when ``version`` is no longer the saved one."""
    require(by, Permission.EDIT_CLIENTS, place=household.county_id)
    locked = Household.objects.select_for_update().get(pk=household.pk)
    refuse_stale(locked, version=version)
    for name, value in cleaned_household(fields).items():
        setattr(locked, name, value)
    refuse_taken_file_number(locked)
    refuse_foreign_district(locked)
    locked.save()
    announce(locked.county_id, [locked.pk])
    return locked
