"""How official codes are made, and what stands under what."""

from __future__ import annotations

from hamafza.places.choices import PlaceKind

#: Digits of an official code.
CODE_LENGTH: dict[str, int] = {
    PlaceKind.PROVINCE: 2,
    PlaceKind.COUNTY: 4,
    PlaceKind.DISTRICT: 6,
    PlaceKind.CITY: 10,
}

#: The word a decree writes before the name; not of cities, where «شهر» is often part of it.
KIND_WORDS: dict[str, str] = {
    PlaceKind.PROVINCE: "استان",
    PlaceKind.COUNTY: "شهرستان",
    PlaceKind.DISTRICT: "بخش",
}

#: Kind of the place directly above.
PARENT_KIND: dict[str, PlaceKind] = {
    PlaceKind.PROVINCE: PlaceKind.COUNTRY,
    PlaceKind.COUNTY: PlaceKind.PROVINCE,
    PlaceKind.DISTRICT: PlaceKind.COUNTY,
    PlaceKind.CITY: PlaceKind.DISTRICT,
}

#: Kind of the places directly below.
CHILD_KIND: dict[str, PlaceKind] = {parent: PlaceKind(kind) for kind, parent in PARENT_KIND.items()}


def is_official_code(code: str, *, kind: str, parent: str) -> bool:
    """Whether ``code`` has the length of its kind and begins with the code of the place above (not the country's)."""
    prefix = "" if kind == PlaceKind.PROVINCE else parent
    return code.isascii() and code.isdigit() and len(code) == CODE_LENGTH.get(kind) and code.startswith(prefix)
