"""Words that must not stand in a text for the public: of the families, and of places within the county."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from hamafza.places.models import Place
from hamafza.registry.models import Household, Person

#: Of so many families the names are looked for; in a larger group a name is no sign of anybody.
FAMILIES = 30


@dataclass(frozen=True, slots=True)
class HouseholdWords:
    """First, last and fathers' names, and file numbers."""

    names: frozenset[str]
    numbers: frozenset[str]


def household_words(households: Collection[UUID]) -> HouseholdWords:
    """Of everybody who was ever in these households; nothing for a large group."""
    if len(households) > FAMILIES:
        return HouseholdWords(frozenset(), frozenset())
    persons = Person.objects.filter(household__in=list(households))
    names = {name for row in persons.values_list("first_name", "last_name", "father_name") for name in row if name}
    numbers = Household.objects.filter(pk__in=list(households)).values_list("file_number", flat=True)
    return HouseholdWords(frozenset(names), frozenset(number for number in numbers if number))


def places_within(county: str) -> list[str]:
    """Names of districts, cities and villages of a county that are not its own name."""
    own = Place.objects.get(code=county)
    below = Place.objects.filter(parent=county) | Place.objects.filter(parent__parent=county)
    return [name for name in below.values_list("name_fa", flat=True) if name != own.name_fa]
