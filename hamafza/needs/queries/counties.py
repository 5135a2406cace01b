"""Counties by name, for those who work in several."""

from __future__ import annotations

from collections.abc import Collection

from hamafza.core.persian import sort_key
from hamafza.places.models import Place


def named_counties(codes: Collection[str]) -> list[tuple[str, str]]:
    """Code and name of each, in alphabetical order."""
    places = Place.objects.filter(code__in=codes)
    return [(place.code, place.name) for place in sorted(places, key=lambda place: sort_key(place.name_fa))]


def county_name(code: str) -> str:
    """The name of one county in the language of the page."""
    return Place.objects.get(code=code).name
