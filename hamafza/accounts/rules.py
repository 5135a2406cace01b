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
        {
            P.SEE_BOARD,
            P.SEE_CLIENTS,
            P.SEE_ANONYMOUS_LISTS,
            P.EXPORT_LISTS,
            P.REVEAL_IDENTITY,
            P.SEE_GIVING,
            P.SEE_LEDGER,
            P.REOPEN_LEDGER,
            P.APPROVE_TRANSFER,
            P.ALLOW_TRANSFER,
            P.SEE_STOCK,
            P.SEE_OVERLAP,
            P.SEE_COMMITMENTS,
            P.VERIFY_COMMITMENTS,
        }
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
            P.SEE_GIVING,
            P.APPROVE_SPENDING,
            P.SEE_LEDGER,
            P.REQUEST_TRANSFER,
            P.APPROVE_TRANSFER,
            P.REVIEW_CARDS,
            P.SEE_STOCK,
            P.CONFIRM_COUNT,
            P.APPROVE_ROUNDS,
            P.SEE_OVERLAP,
            P.WRITE_THANKS,
            P.SEE_COUNCILS,
            P.SEE_COMMITMENTS,
            P.VERIFY_COMMITMENTS,
            P.ANSWER_COMMITMENTS,
            P.ANSWER_ABOUT_NEEDS,
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
            P.REQUEST_SPENDING,
            P.SEE_STOCK,
            P.WRITE_CARDS,
            P.CONFIRM_DIRECT,
            P.PLAN_ROUNDS,
            P.DELIVER,
            P.SEE_OVERLAP,
            P.ANSWER_ABOUT_NEEDS,
        }
    ),
    # Plans the county; never learns who a client is.
    Role.GOVERNOR_OFFICE: frozenset(
        {
            P.SEE_BOARD,
            P.SEE_ANONYMOUS_LISTS,
            P.SEE_COUNCILS,
            P.SEE_COMMITMENTS,
            P.ISSUE_COMMITMENTS,
            P.VERIFY_COMMITMENTS,
            P.ANSWER_COMMITMENTS,
            P.SEE_DESK,
            P.KEEP_DESK,
            P.ASK_ABOUT_NEEDS,
        }
    ),
    # Reads the trail, changes nothing.
    Role.AUDITOR: frozenset({P.SEE_AUDIT, P.SEE_LEDGER, P.AUDIT_DELIVERIES}),
    # Speaks with benefactors, receives what they bring. Sees no client.
    Role.GIVING_OFFICER: frozenset({P.SEE_GIVING, P.KEEP_BENEFACTORS, P.RECEIVE_GIFTS, P.SEE_LEDGER, P.WRITE_THANKS}),
    # Keeps the books, confirms what others counted and closed; neither receives nor pays.
    Role.ACCOUNTANT: frozenset(
        {
            P.SEE_GIVING,
            P.CONFIRM_GIFTS,
            P.REQUEST_SPENDING,
            P.SEE_LEDGER,
            P.KEEP_LEDGER,
            P.SEE_STOCK,
            P.CONFIRM_COUNT,
        }
    ),
    # Pays what others asked for and approved.
    Role.PAYER: frozenset({P.PAY, P.SEE_LEDGER}),
    # Keeps the store; hands nothing to a household.
    Role.STOREKEEPER: frozenset({P.SEE_STOCK, P.KEEP_STOCK}),
    # Takes packages to the families on the list of a round, and nothing else.
    Role.DELIVERER: frozenset({P.DELIVER}),
    # Gives; sees her own promises and gifts and nobody else's, never a client.
    Role.BENEFACTOR: frozenset({P.GIVE}),
    # Keeps the council's papers and follows its resolutions up. Sees no client.
    Role.COUNCIL_SECRETARY: frozenset(
        {
            P.SEE_COUNCILS,
            P.KEEP_COUNCILS,
            P.SEE_COMMITMENTS,
            P.ISSUE_COMMITMENTS,
            P.VERIFY_COMMITMENTS,
            P.SEE_DESK,
            P.KEEP_DESK,
        }
    ),
    # Answers for one body: sees what that body owes or helps with, and nothing else.
    Role.AGENCY_OFFICER: frozenset({P.ANSWER_COMMITMENTS}),
    # Looks on in the county; of needs without names, sees and asks about those of the district alone. Reads what bodies
    # plan, promise and do, without what is closed; of councils, which speak of the whole county, only their commitments.
    Role.DISTRICT_GOVERNOR: frozenset({P.SEE_ANONYMOUS_LISTS, P.SEE_COMMITMENTS, P.SEE_DESK, P.ASK_ABOUT_NEEDS}),
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
    Role.GIVING_OFFICER: frozenset({PlaceKind.COUNTY}),
    Role.ACCOUNTANT: frozenset({PlaceKind.COUNTY}),
    Role.PAYER: frozenset({PlaceKind.COUNTY}),
    Role.STOREKEEPER: frozenset({PlaceKind.COUNTY}),
    Role.DELIVERER: frozenset({PlaceKind.COUNTY}),
    Role.BENEFACTOR: frozenset({PlaceKind.COUNTY}),
    Role.COUNCIL_SECRETARY: frozenset({PlaceKind.COUNTY, PlaceKind.PROVINCE}),
    Role.AGENCY_OFFICER: frozenset({PlaceKind.COUNTY, PlaceKind.PROVINCE}),
    Role.DISTRICT_GOVERNOR: frozenset({PlaceKind.DISTRICT}),
}


def is_place_of_role(role: str, kind: str) -> bool:
    """Whether a role may be held at a place of this kind."""
    return role in Role.values and kind in PLACES_OF_ROLE[Role(role)]
