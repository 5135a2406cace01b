"""Reading places."""

from __future__ import annotations

from django.db.models import QuerySet

from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place


def counties() -> QuerySet[Place]:
    """All counties, by code."""
    return Place.objects.filter(kind=PlaceKind.COUNTY)


def counties_under(place: Place) -> frozenset[str]:
    """Codes of the counties that ``place`` covers: itself, those of the province, or all of the country."""
    if place.kind == PlaceKind.COUNTRY:
        return frozenset(counties().values_list("code", flat=True))
    if place.kind == PlaceKind.PROVINCE:
        return frozenset(counties().filter(parent=place).values_list("code", flat=True))
    return frozenset({place.code})


def districts_of(county: str) -> QuerySet[Place]:
    """Districts (بخش) of a county, by code."""
    return Place.objects.filter(kind=PlaceKind.DISTRICT, parent_id=county)
