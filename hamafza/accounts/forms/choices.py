"""Choices that come from the database."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place
from hamafza.places.queries.places import places_for_duties


def place_choices(*, districts: bool = False) -> list[tuple[Any, Any]]:
    """The country, then each province with its counties as a group; one query. ``districts``: each below its county."""
    places = list(places_for_duties(districts=districts))
    of_county: dict[str, list[Place]] = {}
    for place in places:
        if place.kind == PlaceKind.DISTRICT:
            of_county.setdefault(str(place.parent_id), []).append(place)
    counties: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        if place.kind == PlaceKind.COUNTY:
            inside = [(one.code, f"{place.name} - {one.title}") for one in of_county.get(place.code, [])]
            counties.setdefault(str(place.parent_id), []).extend([(place.code, place.title), *inside])
    country = [(place.code, place.title) for place in places if place.kind == PlaceKind.COUNTRY]
    provinces = [place for place in places if place.kind == PlaceKind.PROVINCE]
    groups = [(place.title, [(place.code, place.title), *counties.get(place.code, [])]) for place in provinces]
    return [("", _("Choose a place")), *country, *groups]
