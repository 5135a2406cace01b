"""Who may do what: one table that a welfare officer can read and check."""

from __future__ import annotations

from hamafza.accounts.choices import Permission, Role
from hamafza.places.choices import PlaceKind

P = Permission

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    # Keeps the platform: places, organisations, users. Sees no client.
    Role.NATIONAL_ADMIN: frozenset({P.MANAGE_PLACES, P.MANAGE_ORGANIZATIONS, P.MANAGE_USERS}),
    # Compares counties; opens records, changes none.
    Role.PROVINCE_DIRECTOR: frozenset(
        {P.SEE_BOARD, P.SEE_CLIENTS, P.SEE_ANONYMOUS_LISTS, P.EXPORT_LISTS, P.REVEAL_IDENTITY}
    ),
    # Leads the office.
    Role.COUNTY_HEAD: frozenset(
        {
            P.SEE_BOARD,
            P.SEE_CLIENTS,
            P.EDIT_CLIENTS,
            P.REVEAL_IDENTITY,
            P.EDIT_NEEDS,
            P.APPROVE_NEEDS,
            P.SEE_ANONYMOUS_LISTS,
            P.EXPORT_LISTS,
            P.IMPORT_CLIENTS,
            P.REVIEW_DUPLICATES,
        }
    ),
    # Knows the families.
    Role.SOCIAL_WORKER: frozenset(
        {
            P.SEE_BOARD,
            P.SEE_CLIENTS,
            P.EDIT_CLIENTS,
            P.REVEAL_IDENTITY,
            P.EDIT_NEEDS,
            P.EXPORT_LISTS,
            P.IMPORT_CLIENTS,
            P.REVIEW_DUPLICATES,
        }
    ),
    # Plans the county; never learns who a client is.
    Role.GOVERNOR_OFFICE: frozenset({P.SEE_BOARD, P.SEE_ANONYMOUS_LISTS}),
    # Reads the trail, changes nothing.
    Role.AUDITOR: frozenset({P.SEE_AUDIT}),
}

#: Permissions to keep the platform itself: they belong to no county and open none.
PLATFORM: frozenset[Permission] = frozenset({P.MANAGE_PLACES, P.MANAGE_ORGANIZATIONS, P.MANAGE_USERS})

#: At which kind of place a role is held.
PLACES_OF_ROLE: dict[Role, frozenset[PlaceKind]] = {
    Role.NATIONAL_ADMIN: frozenset({PlaceKind.COUNTRY}),
    Role.PROVINCE_DIRECTOR: frozenset({PlaceKind.PROVINCE}),
    Role.COUNTY_HEAD: frozenset({PlaceKind.COUNTY}),
    Role.SOCIAL_WORKER: frozenset({PlaceKind.COUNTY}),
    Role.GOVERNOR_OFFICE: frozenset({PlaceKind.COUNTY, PlaceKind.PROVINCE}),
    Role.AUDITOR: frozenset({PlaceKind.COUNTY, PlaceKind.PROVINCE, PlaceKind.COUNTRY}),
}


def is_place_of_role(role: str, kind: str) -> bool:
    """Whether a role may be held at a place of this kind."""
    return role in Role.values and kind in PLACES_OF_ROLE[Role(role)]
