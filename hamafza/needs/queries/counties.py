"""Counties by name, for those who work in several."""

from __future__ import annotations

from collections.abc import Collection

from hamafza.core.persian import sort_key
from hamafza.places.models import Place
from hamafza.places.queries.places import districts_of


def named_counties(codes: Collection[str]) -> list[tuple[str, str]]:
    """Code and name of each, in alphabetical order."""
    places = Place.objects.filter(code__in=codes)
    return [(place.code, place.name) for place in sorted(places, key=lambda place: sort_key(place.name_fa))]


def county_name(code: str) -> str:
    """The name of one county in the language of the page."""
    return Place.objects.get(code=code).name


def districts_within(county: str, only: frozenset[str] | None) -> list[Place]:
    """Districts of a county, by code; ``only`` these, unless it is None."""
    found = districts_of(county)
    return list(found if only is None else found.filter(code__in=only))


def place_name(county: str, districts: Collection[Place]) -> str:
    """The name of a county; of some of its ``districts`` and it, when there are any."""
    return " · ".join([*(one.title for one in districts), county_name(county)])
