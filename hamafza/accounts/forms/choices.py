"""Choices that come from the database."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from hamafza.places.choices import PlaceKind
from hamafza.places.queries.places import places_for_duties


def place_choices() -> list[tuple[Any, Any]]:
    """The country, then each province with its counties as a group; one query."""
    places = list(places_for_duties())
    counties: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        if place.kind == PlaceKind.COUNTY:
            counties.setdefault(str(place.parent_id), []).append((place.code, place.title))
    country = [(place.code, place.title) for place in places if place.kind == PlaceKind.COUNTRY]
    provinces = [place for place in places if place.kind == PlaceKind.PROVINCE]
    groups = [(place.title, [(place.code, place.title), *counties.get(place.code, [])]) for place in provinces]
    return [("", _("Choose a place")), *country, *groups]
