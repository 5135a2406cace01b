"""Families for tests. A factory opens the county it writes to; the test itself opens what it reads."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from hamafza.core.identity import is_identity_number
from hamafza.core.scope import counties
from hamafza.places.choices import PlaceKind
from hamafza.places.models import COUNTRY_CODE, Place
from hamafza.registry.choices import Cause, DisabilityType, Relation, TargetGroup
from hamafza.registry.models import (
    Disability,
    HardshipCause,
    Household,
    IdentityClaim,
    Person,
    TargetGroupMembership,
)

_numbers = count(1)

FIRST_NAMES = ("زهرا", "مریم", "علی", "حسین", "فاطمه", "رضا", "سکینه", "مهدی")
LAST_NAMES = ("کاظمی‌نژاد", "احمدی", "رضایی", "حسینی", "موسوی", "کریمی", "صادقی")


def identity_number(seed: int) -> str:
    """A valid identity number, another for each seed below a hundred million."""
    stem = f"{100_000_000 + seed:09}"
    return next(number for last in range(10) if is_identity_number(number := f"{stem}{last}"))


def a_county(code: str = "2313", name: str = "پاکدشت") -> Place:
    """A county with its province (the first two digits of its code), made once."""
    country, _ = Place.objects.get_or_create(
        code=COUNTRY_CODE, defaults={"kind": PlaceKind.COUNTRY, "name_fa": "ایران"}
    )
    province, _ = Place.objects.get_or_create(
        code=code[:2], defaults={"kind": PlaceKind.PROVINCE, "name_fa": f"استان {code[:2]}", "parent": country}
    )
    return Place.objects.get_or_create(
        code=code, defaults={"kind": PlaceKind.COUNTY, "name_fa": name, "parent": province}
    )[0]


def a_district(county: Place, code: str = "", name: str = "بخش مرکزی") -> Place:
    """A district (بخش) of a county, made once."""
    return Place.objects.get_or_create(
        code=code or f"{county.code}01", defaults={"kind": PlaceKind.DISTRICT, "name_fa": name, "parent": county}
    )[0]


def a_household(*, county: Place | None = None, **fields: Any) -> Household:
    """A household without members, with a file number of its own."""
    home = county or a_county()
    with counties([home.code]):
        household = Household(county=home, **{"file_number": f"T-{next(_numbers)}", **fields})
        household.save()
    return household


def a_person(*, household: Household | None = None, county: Place | None = None, **fields: Any) -> Person:
    """A person with a valid identity number and its claim; ``identity_number=""`` makes one without.

    With ``relation=Relation.HEAD`` the household's head is set too.
    """
    home = household or a_household(county=county)
    seed = next(_numbers)
    values: dict[str, Any] = {
        "first_name": FIRST_NAMES[seed % len(FIRST_NAMES)],
        "last_name": LAST_NAMES[seed % len(LAST_NAMES)],
        "father_name": "محمد",
        "born_on": date(1980, 1, 1),
        "identity_number": identity_number(seed),
        **fields,
    }
    with counties([home.county_id]):
        person = Person(county_id=home.county_id, household=home, **values)
        person.save()
        if person.identity_index:
            IdentityClaim.objects.create(identity_index=person.identity_index, person=person, county_id=home.county_id)
        if person.relation == Relation.HEAD:
            home.head = person
            home.save()
    return person


def a_head(*, household: Household | None = None, county: Place | None = None, **fields: Any) -> Person:
    """A head of household."""
    return a_person(household=household, county=county, **{"relation": Relation.HEAD, **fields})


def a_membership(person: Person, *, group: TargetGroup = TargetGroup.OLDER, **fields: Any) -> TargetGroupMembership:
    """A person's belonging to a target group."""
    with counties([person.county_id]):
        return TargetGroupMembership.objects.create(county_id=person.county_id, person=person, group=group, **fields)


def a_disability(person: Person, *, type: DisabilityType = DisabilityType.PHYSICAL, **fields: Any) -> Disability:  # noqa: A002 - the field's name
    """A person's disability."""
    with counties([person.county_id]):
        return Disability.objects.create(county_id=person.county_id, person=person, type=type, **fields)


def a_cause(household: Household, *, cause: Cause = Cause.ECONOMIC, **fields: Any) -> HardshipCause:
    """A household's cause of hardship; of one person with ``person=``."""
    with counties([household.county_id]):
        return HardshipCause.objects.create(county_id=household.county_id, household=household, cause=cause, **fields)
