"""A new file: the household, and the persons who come with it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.core.persian import key
from hamafza.places.models import Place
from hamafza.registry.choices import HouseholdState
from hamafza.registry.commands.announce import announce
from hamafza.registry.commands.fields import HouseholdFields, cleaned_household
from hamafza.registry.commands.register_person import NewPerson, add_person
from hamafza.registry.models import Household


@transaction.atomic
def register_household(
    county: Place,
    *,
    fields: HouseholdFields,
    persons: Sequence[NewPerson] = (),
    state: HouseholdState = HouseholdState.ACTIVE,
    by: Actor,
) -> Household:
    """Open a file in ``county``; the first person whose relation is head becomes its head."""
    require(by, Permission.EDIT_CLIENTS, place=county.code)
    household = Household(county=county, state=state, created_by_id=by.user_id, **cleaned_household(fields))
    refuse_taken_file_number(household)
    refuse_foreign_district(household)
    household.save()
    for person in persons:
        add_person(household, person, by=by)
    announce(county.code, [household.pk])
    return household


def refuse_taken_file_number(household: Household) -> None:
    """One file number, one file in the county; «۱۲-الف» and «12 الف» are one number."""
    folded = key(household.file_number)
    taken = Household.objects.filter(county_id=household.county_id, file_key=folded).exclude(pk=household.pk)
    if folded and taken.exists():
        raise Refusal(
            _("File number %(number)s is already used in this county.") % {"number": household.file_number},
            code="file_number_taken",
            field="file_number",
        )


def refuse_foreign_district(household: Household) -> None:
    """The district must be one of the county's."""
    district = household.district
    if district is not None and district.parent_id != household.county_id:
        raise Refusal(_("This district is not in the county."), code="other_county", field="district")
