"""Who is let in to commitments: by a duty at their place, or by taking part (the body she works for owns it or helps)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, admit
from hamafza.commitments.models import Commitment
from hamafza.commitments.queries.commitments import of_body
from hamafza.core.session import Scope, narrow_to
from hamafza.places.queries.places import with_places_above


def admit_place(request: HttpRequest, permission: Permission) -> tuple[Actor, str]:
    """Let the request in and open the one place it asks for (``place=CODE``; else the first); 404 elsewhere."""
    actor = admit(request, permission)
    allowed = sorted(actor.places_with(permission))
    place = request.GET.get("place") or request.POST.get("place") or (allowed[0] if allowed else "")
    if place not in allowed:
        raise Http404
    narrow_to(Scope(frozenset({place})))
    return actor, place


def admit_body(request: HttpRequest) -> tuple[Actor, UUID]:
    """Let in who answers for a body, with the places open at which it may owe something: her own and those above.

    What she sees there is only what her body takes part in (`queries.commitments.of_body`).
    """
    actor = admit(request, Permission.ANSWER_COMMITMENTS)
    if actor.organization is None:
        raise Http404
    narrow_to(Scope(with_places_above(actor.places_with(Permission.ANSWER_COMMITMENTS))))
    return actor, actor.organization


def load_commitment(request: HttpRequest, pk: UUID) -> Commitment:
    """The commitment, for who sees all of its place and for who takes part in it; else 404."""
    actor = actor_of(request)
    if actor.may(Permission.SEE_COMMITMENTS):
        admit(request, Permission.SEE_COMMITMENTS)
        found = Commitment.objects.filter(pk=pk).first()
        if found is not None:
            return found
    _actor, body = admit_body(request)
    mine = of_body(body).filter(pk=pk).first()
    if mine is None:
        raise Http404
    return mine


def load_for_owner(request: HttpRequest, pk: UUID) -> Commitment:
    """The commitment, for who answers for its owner, or writes for an owner without users."""
    held = load_commitment(request, pk)
    actor = actor_of(request)
    speaks = actor.organization == held.owner_id and actor.may(Permission.ANSWER_COMMITMENTS)
    if not speaks and not actor.may(Permission.ISSUE_COMMITMENTS, held.place_id):
        raise Http404
    return held
