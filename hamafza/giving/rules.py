"""Who may do what with benefactors and their capacities; each answers one question."""

from __future__ import annotations

from django.http import HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.core.flow import Flow
from hamafza.giving.choices import CapacityKind, MatchState

#: Who may put an item into the catalogue: who speaks with givers, and who keeps the store.
ITEM_KEEPERS = (Permission.KEEP_BENEFACTORS, Permission.KEEP_STOCK)
#: Who may look at the catalogue.
ITEM_READERS = (Permission.SEE_GIVING, Permission.SEE_STOCK)


def permission_among(actor: Actor, permissions: tuple[Permission, ...], *, county: str | None = None) -> Permission:
    """The first of several permissions that the actor holds, there or anywhere; the first of all when she holds none."""
    return next((one for one in permissions if actor.may(one, county)), permissions[0])


def may_see_benefactors(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.SEE_GIVING)


def may_see_items(request: HttpRequest) -> bool:
    return any(actor_of(request).may(one) for one in ITEM_READERS)


#: Capacities that meet a client's need by themselves; money and goods come as gifts.
MATCHABLE = frozenset(
    {
        CapacityKind.SKILL,
        CapacityKind.VOLUNTEER_TIME,
        CapacityKind.PREMISES,
        CapacityKind.TRANSPORT,
        CapacityKind.JOB_OFFER,
    }
)
#: Who sees matches: who speaks with givers (anonymous candidates), and who knows the families.
MATCH_READERS = (Permission.SEE_CLIENTS, Permission.SEE_GIVING)
#: Who proposes a candidate for a capacity.
MATCH_PROPOSERS = (Permission.EDIT_NEEDS, Permission.KEEP_BENEFACTORS)
#: The steps of a match. Accepting, beginning and ending it need somebody who knows the client.
MATCH_FLOW: Flow = {
    MatchState.PROPOSED: frozenset({MatchState.ACCEPTED, MatchState.DECLINED}),
    MatchState.ACCEPTED: frozenset({MatchState.UNDER_WAY, MatchState.DECLINED}),
    MatchState.UNDER_WAY: frozenset({MatchState.DONE, MatchState.DECLINED}),
}


def may_see_matches(request: HttpRequest) -> bool:
    return any(actor_of(request).may(one) for one in MATCH_READERS)


def may_keep_benefactors(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.KEEP_BENEFACTORS)
