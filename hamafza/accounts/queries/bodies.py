"""Bodies that give or take part in a county."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hamafza.accounts.choices import OrganizationKind
from hamafza.accounts.models import Organization
from hamafza.places.models import COUNTRY_CODE


def bodies_of(county: str) -> QuerySet[Organization]:
    """Active bodies of the county, of its province and of the country, by name."""
    places = Q(place_id=county) | Q(place__children=county) | Q(place_id=COUNTRY_CODE)
    return Organization.objects.filter(places, active=True).distinct().order_by("sort_key", "id")


def other_bodies_of(county: str) -> QuerySet[Organization]:
    """Those that give beside the office."""
    return bodies_of(county).exclude(kind=OrganizationKind.WELFARE_OFFICE)
