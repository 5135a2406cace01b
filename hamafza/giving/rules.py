"""Who may do what with benefactors and their capacities; each answers one question."""

from __future__ import annotations

from django.http import HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of

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
