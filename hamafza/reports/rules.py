"""What boards never show to those who may learn of nobody."""

from __future__ import annotations

from django.http import HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of

#: Numbers below it are not shown to the governor's office.
SMALLEST_CELL = 11


def may_see_board(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.SEE_BOARD)


def may_see_overlap(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.SEE_OVERLAP)


def sees_several_counties(request: HttpRequest) -> bool:
    return len(actor_of(request).counties_with(Permission.SEE_BOARD)) > 1


def needs_small_cells_hidden(actor: Actor, county: str) -> bool:
    """Whoever may not open the record behind a number may not learn of small ones."""
    return not actor.may(Permission.SEE_CLIENTS, county)


def hidden_places(values: list[int]) -> frozenset[int]:
    """Places of the values to hide: small ones, and when that is one alone the next smallest with it.

    One hidden value could be reckoned from the total; nought is no cell and is shown.
    """
    small = [place for place, value in enumerate(values) if 0 < value < SMALLEST_CELL]
    if len(small) == 1:
        others = [place for place, value in enumerate(values) if value >= SMALLEST_CELL]
        small += sorted(others, key=values.__getitem__)[:1]
    return frozenset(small)
