"""A small country for tests: two provinces, four counties, their districts and a few cities, with official codes."""

from __future__ import annotations

from hamafza.core.persian import key
from hamafza.places.choices import PlaceKind
from hamafza.places.models import COUNTRY_CODE, Place

#: The county of most tests (Pakdasht), another one of its province (Varamin), and two of another province.
COUNTY, SISTER_COUNTY, FAR_COUNTY, FAR_SISTER_COUNTY = "2313", "2306", "1002", "1010"
PROVINCE, FAR_PROVINCE = "23", "10"
#: Districts of Pakdasht.
SHARIFABAD, CENTRAL = "231301", "231302"

PLACES: tuple[tuple[str, PlaceKind, str | None, str, str], ...] = (
    (COUNTRY_CODE, PlaceKind.COUNTRY, None, "ایران", "Iran"),
    (PROVINCE, PlaceKind.PROVINCE, COUNTRY_CODE, "تهران", "Tehran"),
    (FAR_PROVINCE, PlaceKind.PROVINCE, COUNTRY_CODE, "اصفهان", "Isfahan"),
    (COUNTY, PlaceKind.COUNTY, PROVINCE, "پاکدشت", "Pakdasht"),
    (SISTER_COUNTY, PlaceKind.COUNTY, PROVINCE, "ورامین", "Varamin"),
    (FAR_COUNTY, PlaceKind.COUNTY, FAR_PROVINCE, "اصفهان", "Isfahan"),
    (FAR_SISTER_COUNTY, PlaceKind.COUNTY, FAR_PROVINCE, "کاشان", "Kashan"),
    (SHARIFABAD, PlaceKind.DISTRICT, COUNTY, "شریف‌آباد", "Sharifabad"),
    (CENTRAL, PlaceKind.DISTRICT, COUNTY, "مرکزی", "Central"),
    ("230601", PlaceKind.DISTRICT, SISTER_COUNTY, "جوادآباد", "Javadabad"),
    ("230603", PlaceKind.DISTRICT, SISTER_COUNTY, "مرکزی", "Central"),
    ("100203", PlaceKind.DISTRICT, FAR_COUNTY, "مرکزی", "Central"),
    ("101003", PlaceKind.DISTRICT, FAR_SISTER_COUNTY, "مرکزی", "Central"),
    ("2313022120", PlaceKind.CITY, CENTRAL, "پاکدشت", "Pakdasht"),
    ("2313012490", PlaceKind.CITY, SHARIFABAD, "شریف‌آباد", "Sharifabad"),
    ("2313022705", PlaceKind.CITY, CENTRAL, "فرون‌آباد", "Farunabad"),
)


def make_places() -> dict[str, Place]:
    """The small country by code; may be called again and adds nothing then."""
    Place.objects.bulk_create(
        (
            Place(code=code, kind=kind, parent_id=parent, name_fa=name, name_en=english, name_key=key(name))
            for code, kind, parent, name, english in PLACES
        ),
        ignore_conflicts=True,
    )
    return Place.objects.in_bulk([code for code, *_ in PLACES])


def make_county(code: str = COUNTY) -> Place:
    """One county of the small country, with all the rest of it."""
    return make_places()[code]


def is_district(code: str) -> bool:
    return any(one == code and kind == PlaceKind.DISTRICT for one, kind, *_ in PLACES)


def first_district(county: str) -> str:
    """The district of a county that stands first, by code."""
    return next(one for one, kind, parent, *_ in PLACES if parent == county and kind == PlaceKind.DISTRICT)
