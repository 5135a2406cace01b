"""Many families in a few statements, for the import. The rows come ready and checked; nothing is asked per row.

    register_households(households, by=actor)
    register_persons(persons, memberships=..., disabilities=..., causes=..., by=actor)

All are unsaved model instances; primary keys are there already (UUIDv7), so they may point to each other. Both belong
into the caller's transaction with its own cursor; on `ClaimClash` nothing of the call is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.bulk import insert_all
from hamafza.core.scope import counties
from hamafza.places.models import CountyOwned
from hamafza.registry.choices import Relation
from hamafza.registry.commands.announce import announce
from hamafza.registry.commands.claim_identity import claim_identities
from hamafza.registry.models import Disability, HardshipCause, Household, Person, TargetGroupMembership

BATCH = 2_000


@transaction.atomic(savepoint=False)
def register_households(households: Sequence[Household], *, by: Actor) -> None:
    """Open many files; a file number taken raises the database's ``IntegrityError``."""
    codes = _require_all(households, by=by)
    with counties(codes):
        for household in households:
            household.created_by_id = household.created_by_id or by.user_id
        insert_all(households)
        for code in codes:
            # Nothing can hang on files that are new: only the county's numbers follow.
            announce(code, [])


@transaction.atomic(savepoint=False)
def register_persons(
    persons: Sequence[Person],
    *,
    memberships: Sequence[TargetGroupMembership] = (),
    disabilities: Sequence[Disability] = (),
    causes: Sequence[HardshipCause] = (),
    by: Actor,
) -> None:
    """Add many persons with their circumstances and claims; heads are set where the household has none.

    Raises `ClaimClash` with the blind indexes at fault when an identity number is held already or comes twice.
    """
    codes = _require_all([*persons, *memberships, *disabilities, *causes], by=by)
    with counties(codes):
        for person in persons:
            person.created_by_id = person.created_by_id or by.user_id
        insert_all(persons)
        claim_identities(persons)
        insert_all(memberships)
        insert_all(disabilities)
        insert_all(causes)
        set_heads([person.household_id for person in persons if person.relation == Relation.HEAD])
        _announce_all((person.county_id, person.household_id) for person in persons)


def set_heads(household_ids: Sequence[UUID]) -> None:
    """Let each of these households without a head have the person whose relation says so."""
    head = Person.objects.filter(
        household=OuterRef("pk"), relation=Relation.HEAD, left_on__isnull=True, merged_into__isnull=True
    )
    for start in range(0, len(household_ids), BATCH):
        Household.objects.filter(pk__in=household_ids[start : start + BATCH], head__isnull=True).update(
            head_id=Subquery(head.values("pk")[:1]), version=F("version") + 1
        )


def _require_all(rows: Iterable[CountyOwned], *, by: Actor) -> frozenset[str]:
    codes = frozenset(row.county_id for row in rows)
    for code in codes:
        require(by, Permission.EDIT_CLIENTS, place=code)
    return codes


def _announce_all(changed: Iterable[tuple[str, UUID]]) -> None:
    by_county: dict[str, list[UUID]] = defaultdict(list)
    for county, household_id in changed:
        by_county[county].append(household_id)
    for county, household_ids in by_county.items():
        announce(county, household_ids)
