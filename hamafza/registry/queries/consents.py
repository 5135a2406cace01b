"""Consents of clients: which are in force."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from hamafza.registry.models import Consent, Household, Person


def consents_of(household: Household) -> QuerySet[Consent]:
    """All consents of a household, the latest first."""
    return (
        Consent.objects.filter(household=household)
        .select_related("person", "witnessed_by")
        .order_by("-given_on", "-pk")
    )


def standing_consents(household: UUID, *, purpose: str, on: date) -> QuerySet[Consent]:
    """Consents to a purpose that are in force on a day; of persons who still live in the household."""
    in_force = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
    return (
        Consent.objects.filter(in_force, household_id=household, purpose=purpose, given_on__lte=on)
        .filter(person__left_on=None, person__merged_into=None)
        .select_related("person")
        .order_by("-given_on", "-pk")
    )


def has_withdrawn(household: UUID, *, purpose: str) -> bool:
    """Whether the last word of a household on a purpose was a withdrawal."""
    last = Consent.objects.filter(household_id=household, purpose=purpose).order_by("given_on", "pk").last()
    return last is not None and last.withdrawn_on is not None


def households_that_withdrew(county: str, *, purpose: str) -> set[UUID]:
    """Households of a county (which must be open) whose last word on a purpose was a withdrawal."""
    said = Consent.objects.filter(county_id=county, purpose=purpose).order_by("given_on", "pk")
    last = dict(said.values_list("household_id", "withdrawn_on"))
    return {household for household, withdrawn_on in last.items() if withdrawn_on is not None}


def who_may_consent(household: Household) -> QuerySet[Person]:
    """Those who live in the household, the oldest first; a child is refused by the command."""
    return Person.objects.filter(household=household, left_on=None, merged_into=None).order_by("born_on", "created_at")
