"""Who is let in to the division of labour and to programmes: every body that takes part at a place, and who sees all there."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.core.session import Scope, narrow_to

#: Any of these at a place lets read there what bodies tell each other.
TOGETHER = (Permission.SEE_COMMITMENTS, Permission.ANSWER_COMMITMENTS)


def places_together(actor: Actor) -> list[str]:
    """Where she may read it, by code."""
    return sorted(frozenset().union(*(actor.places_with(permission) for permission in TOGETHER)))


def admit_together(request: HttpRequest) -> tuple[Actor, str]:
    """Let the request in and open the one place it asks for (``place=CODE``; else the first of hers); 404 elsewhere."""
    actor = actor_of(request)
    allowed = places_together(actor)
    place = request.GET.get("place") or request.POST.get("place") or (allowed[0] if allowed else "")
    if place not in allowed:
        raise Http404
    narrow_to(Scope(frozenset({place})))
    return actor, place
