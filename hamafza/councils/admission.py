"""Who is let in to councils: by a duty at their place, or to one meeting by a seat in it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, admit
from hamafza.core.session import Scope, narrow_to
from hamafza.councils.models import Meeting
from hamafza.councils.queries.meetings import rows_of
from hamafza.places.queries.places import with_places_above

#: Who answers for a body, or looks on for a district, may hold a seat.
SITS_BY = (Permission.ANSWER_COMMITMENTS, Permission.SEE_COMMITMENTS)


def admit_place(request: HttpRequest, permission: Permission) -> tuple[Actor, str]:
    """Let the request in and open the one place it asks for (``place=CODE`` or ``county=CODE``; else the first); 404 elsewhere."""
    actor = admit(request, permission)
    allowed = sorted(actor.places_with(permission))
    asked = (said.get(name) for said in (request.GET, request.POST) for name in ("place", "county"))
    place = next(filter(None, asked), allowed[0] if allowed else "")
    if place not in allowed:
        raise Http404
    narrow_to(Scope(frozenset({place})))
    return actor, place


def load_meeting(request: HttpRequest, pk: UUID) -> Meeting:
    """The meeting, for who sees the councils of its place and for who has a seat in it; else 404."""
    actor = actor_of(request)
    if actor.may(Permission.SEE_COUNCILS):
        admit(request, Permission.SEE_COUNCILS)
        found = _meetings().filter(pk=pk).first()
        if found is not None:
            return found
    by = next(filter(actor.may, SITS_BY), SITS_BY[0])
    admit(request, by)
    narrow_to(Scope(with_places_above(actor.places_with(by))))
    mine = _meetings().filter(pk=pk, attendances__in=rows_of(actor.user_id)).first()
    if mine is None:
        raise Http404
    return mine


def _meetings() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("council", "place")
