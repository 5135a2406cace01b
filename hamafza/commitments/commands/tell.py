"""Notices about a commitment: to its owner, to those who help, and to those who asked for it."""

from __future__ import annotations

from collections.abc import Iterable

from hamafza.accounts.actor import Actor
from hamafza.accounts.models import User
from hamafza.commitments.models import Commitment
from hamafza.commitments.queries.owners import officers_of
from hamafza.commitments.queries.readers import people_of_issuer
from hamafza.core import wording
from hamafza.notices.commands.notify import notify


def tell_owner(held: Commitment, code: str) -> int:
    """A notice to whoever answers for the owner; how many they are. A draft is nobody's yet."""
    if held.number is None:
        return 0
    return _tell(held, code, officers_of(held.owner_id, held.place_id))


def tell_helpers(held: Commitment) -> int:
    """A notice to whoever answers for the bodies that help."""
    bodies = held.supporters.values_list("organization", flat=True)
    people = {one.pk: one for body in bodies for one in officers_of(body, held.place_id)}
    return _tell(held, "commitments.helps", people.values())


def tell_issuer(held: Commitment, code: str, *, by: Actor | None = None) -> int:
    """A notice to the people of the body that asked for it, but not to whoever did what it tells of."""
    return _tell(held, code, people_of_issuer(held, but=by.user_id if by else None))


def _tell(held: Commitment, code: str, people: Iterable[User]) -> int:
    params = {
        "number": f"{held.jalali_year}/{held.number}",
        "owner": str(held.owner),
        "day": wording.short_date(held.due_on),
    }
    told = list(people)
    for one in told:
        notify(one, code=code, params=params, url=f"/commitments/{held.pk}/")
    return len(told)
