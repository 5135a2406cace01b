"""Where a household is reached: the head's mobile, else that of another grown-up who lives there."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hamafza.registry.models import Household, Person


def phone_of(household: Household) -> str:
    """A mobile on file, or nothing."""
    return phones_of([household])[household.pk]


def phones_of(households: Sequence[Household]) -> dict[UUID, str]:
    """The same for several, in one query; the oldest of a household first."""
    found = {one.pk: one.head.mobile if one.head else "" for one in households}
    unknown = [pk for pk, mobile in found.items() if not mobile]
    present = Person.objects.filter(household__in=unknown, left_on=None, merged_into=None).exclude(mobile_index="")
    for person in present.order_by("born_on", "id"):
        found[person.household_id] = found[person.household_id] or person.mobile
    return found
