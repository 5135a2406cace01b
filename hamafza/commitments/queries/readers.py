"""Who of some people may know of a commitment, and who hears of it on the side of the body that asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import actor_for
from hamafza.commitments.choices import Confidentiality
from hamafza.commitments.models import Commitment
from hamafza.commitments.queries.commitments import known
from hamafza.commitments.queries.owners import holders_of, officers_of


def who_may_know(held: Commitment, people: Iterable[User]) -> list[User]:
    """Those of them to whom a closed one is `known`; of any other all."""
    if held.confidentiality != Confidentiality.CLOSED:
        return list(people)
    this = Commitment.objects.filter(pk=held.pk)
    return [one for one in people if known(this, place=held.place_id, to=actor_for(one)).exists()]


def people_of_issuer(held: Commitment, *, but: UUID | None = None) -> list[User]:
    """Who issued it, else the secretaries of its place, and the officers of the body that asked, as far as they see it there.

    ``but`` is whoever did what is told of: she knows.
    """
    wrote = User.objects.filter(pk__in=[held.created_by_id] if held.created_by_id else [], is_active=True)
    first = _who_see(held, wrote) or _who_see(held, holders_of([Role.COUNCIL_SECRETARY], held.place_id))
    every = {one.pk: one for one in [*first, *_who_see(held, officers_of(held.issuer_id, held.place_id))]}
    return [one for one in every.values() if one.pk != but]


def _who_see(held: Commitment, people: Iterable[User]) -> list[User]:
    see = [one for one in people if actor_for(one).may(Permission.SEE_COMMITMENTS, held.place_id)]
    return who_may_know(held, see)
