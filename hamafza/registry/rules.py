"""Who may see which field, and which steps a file may take: tables a welfare officer can read and check."""

from __future__ import annotations

from django.http import HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.core.flow import Flow
from hamafza.registry.choices import HouseholdState

#: Sealed fields are shown masked, and whole only with a reason, to those who hold the permission. To all others
#: they are absent (S-A4): no mask, no label, no null.
REVEALABLE: dict[str, dict[str, Permission]] = {
    "person": {
        "identity_number": Permission.REVEAL_IDENTITY,
        "mobile": Permission.REVEAL_IDENTITY,
        "iban": Permission.REVEAL_IDENTITY,
    },
    "household": {
        "address": Permission.REVEAL_IDENTITY,
        "postal_code": Permission.REVEAL_IDENTITY,
    },
}

#: The special class (model.md, Q5): target groups in `SPECIAL_GROUPS`, every disability, and the notes to causes.
#: Masked by default, each reading logged.
SPECIAL_CLASS = Permission.REVEAL_IDENTITY

#: A file's states and the steps between them.
HOUSEHOLD_FLOW: Flow = {
    HouseholdState.ACTIVE: frozenset({HouseholdState.SUSPENDED, HouseholdState.WAITING, HouseholdState.LEFT}),
    HouseholdState.WAITING: frozenset({HouseholdState.ACTIVE, HouseholdState.LEFT}),
    HouseholdState.SUSPENDED: frozenset({HouseholdState.ACTIVE, HouseholdState.LEFT}),
    HouseholdState.LEFT: frozenset({HouseholdState.ACTIVE}),
}


def may_see_clients(request: HttpRequest) -> bool:
    """Whether the clients' pages are offered at all; never to the governor's office."""
    return actor_of(request).may(Permission.SEE_CLIENTS)


def may_review_duplicates(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.REVIEW_DUPLICATES)


def may_reveal(actor: Actor, *, kind: str, field: str, county: str) -> bool:
    """Whether the actor may see this sealed field whole, with a reason, in this county."""
    permission = REVEALABLE.get(kind, {}).get(field)
    return permission is not None and actor.may(permission, county)


def may_see_special_class(actor: Actor, *, county: str) -> bool:
    return actor.may(SPECIAL_CLASS, county)
