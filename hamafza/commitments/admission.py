"""Who is let in to commitments: by a duty at their place, or by taking part (the body she works for owns it or helps)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, admit, load
from hamafza.commitments.models import Commitment, ProgressUpdate
from hamafza.commitments.queries.commitments import known, of_body
from hamafza.commitments.queries.owners import officers_of
from hamafza.commitments.rules import may_record_for_owner, speaks_for_owner
from hamafza.core.session import Scope, narrow_to
from hamafza.places.queries.places import with_places_above


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
        found = _known_one(actor, pk)
        if found is not None:
            return found
    _actor, body = admit_body(request)
    mine = of_body(body).filter(pk=pk).first()
    if mine is None:
        raise Http404
    return mine


def load_known(request: HttpRequest, pk: UUID, *, may: Permission) -> Commitment:
    """As `load` does, but 404 too for a closed one in which her body takes no part."""
    load(request, Commitment, pk, may=may)
    found = _known_one(actor_of(request), pk)
    if found is None:
        raise Http404
    return found


def load_for_owner(request: HttpRequest, pk: UUID) -> Commitment:
    """The commitment, for who answers for its owner, or writes for an owner without users (A6); else 404."""
    held = load_commitment(request, pk)
    actor = actor_of(request)
    if speaks_for_owner(actor, held):
        return held
    if may_record_for_owner(actor, held, owner_has_users=officers_of(held.owner_id, held.place_id).exists()):
        return held
    raise Http404


def load_update(request: HttpRequest, pk: UUID) -> ProgressUpdate:
    """A report, for who may see its commitment; else 404."""
    actor = actor_of(request)
    answers = with_places_above(actor.places_with(Permission.ANSWER_COMMITMENTS))
    places = actor.places_with(Permission.SEE_COMMITMENTS) | answers
    if not places:
        raise Http404
    narrow_to(Scope(places))
    found = ProgressUpdate.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    load_commitment(request, found.commitment_id)
    return found


def _known_one(actor: Actor, pk: UUID) -> Commitment | None:
    """Of the open places."""
    found = Commitment.objects.filter(pk=pk).select_related("owner", "issuer", "field", "place").first()
    if found is None:
        return None
    is_known = known(Commitment.objects.filter(pk=pk), place=found.place_id, to=actor).exists()
    return found if is_known else None
