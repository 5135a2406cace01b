"""Reading places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from hamafza.core.persian import key
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place, PlaceName, Population

#: Words an office writes before the name of a place.
_COUNTY_WORDS = ("شهرستان", "شهر", "فرمانداری", "بهزیستی")
_DISTRICT_WORDS = ("بخش",)


def counties() -> QuerySet[Place]:
    """All counties, by code."""
    return Place.objects.filter(kind=PlaceKind.COUNTY)


def counties_of(provinces: frozenset[str], *, whole_country: bool) -> dict[str, str]:
    """The province of each county, in one query: of some provinces, or of all."""
    found = counties() if whole_country else counties().filter(parent_id__in=provinces)
    return dict(found.values_list("code", "parent_id"))


def districts_of(county: str) -> QuerySet[Place]:
    """Districts (بخش) of a county, by code."""
    return Place.objects.filter(kind=PlaceKind.DISTRICT, parent_id=county)


def places_for_duties(*, districts: bool = False) -> QuerySet[Place]:
    """The country, its provinces and its counties: where a duty or an organisation may be; for duties the districts too."""
    kinds = [PlaceKind.COUNTRY, PlaceKind.PROVINCE, PlaceKind.COUNTY, *([PlaceKind.DISTRICT] if districts else [])]
    return Place.objects.filter(kind__in=kinds, valid_to__isnull=True)


def places_below(parent: str) -> QuerySet[Place]:
    """The places directly below one, by code."""
    return Place.objects.filter(parent_id=parent).select_related("parent")


def places_named(text: str) -> QuerySet[Place]:
    """Places whose name, folded, holds the text, or whose code begins with it; by code."""
    folded = key(text)
    return Place.objects.filter(Q(name_key__contains=folded) | Q(code__startswith=folded)).select_related("parent")


def place_with_way(code: str) -> Place | None:
    """One place with all places above it, in one query."""
    return Place.objects.filter(code=code).select_related("parent__parent__parent__parent").first()


def way_to(place: Place) -> list[Place]:
    """The places above it, from the country down; no query when it came from `place_with_way`."""
    way: list[Place] = []
    above = place.parent
    while above is not None:
        way.insert(0, above)
        above = above.parent
    return way


def names_of(place: Place) -> QuerySet[PlaceName]:
    """Earlier names, the last one first."""
    return PlaceName.objects.filter(place=place).order_by("-valid_to")


def populations_of(place: Place) -> QuerySet[Population]:
    """Census figures, the latest first."""
    return Population.objects.filter(place=place).order_by("-year")


def name_on(place: Place, day: date) -> str:
    """The Persian name the place had on a day."""
    earlier = PlaceName.objects.filter(place=place, valid_to__gt=day).order_by("valid_to").first()
    return earlier.name_fa if earlier else place.name_fa


def county_names(county: str) -> frozenset[str]:
    """Everything an office may write in a county column for this county, folded with `core.persian.key`.

    Its name today and before, in both languages, alone or after «شهرستان»; its code with and without leading zeros;
    and those of its districts and cities that carry its name («پاکدشت مرکزی», «تبریز ۲»).
    """
    place = Place.objects.get(code=county)
    earlier = PlaceName.objects.filter(place=place).values_list("name_fa", flat=True)
    names = {key(name) for name in (place.name_fa, place.name_en, *earlier) if name}
    inside = Place.objects.filter(Q(parent_id=county) | Q(parent__parent_id=county)).values_list("name_key", flat=True)
    names |= {name for name in inside if any(known in name for known in names)}
    spoken = {key(word) + name for word in _COUNTY_WORDS for name in names}
    return frozenset(names | spoken | {county, county.lstrip("0")})


def districts_by_key(county: str) -> dict[str, str]:
    """Codes of a county's districts by everything a district column may hold, folded with `core.persian.key`.

    Names alone or after «بخش», and codes; the name of a city stands for its district unless a district has that name.
    """
    districts = list(districts_of(county))
    cities = Place.objects.filter(kind=PlaceKind.CITY, parent__parent_id=county).values_list("name_key", "parent_id")
    found = {name: str(parent) for name, parent in cities}
    for place in districts:
        found |= {place.code: place.code, place.code.lstrip("0"): place.code, place.name_key: place.code}
        found |= {key(word) + place.name_key: place.code for word in _DISTRICT_WORDS}
    return found


def place_title(code: str) -> str:
    """What a place of any level is called on a page."""
    return Place.objects.get(code=code).title


def with_places_above(codes: Iterable[str]) -> frozenset[str]:
    """These places, and those they lie in, up to the country."""
    kept = frozenset(codes)
    rows = Place.objects.filter(code__in=kept).values_list("parent", "parent__parent")
    return kept.union(code for pair in rows for code in pair if code)
