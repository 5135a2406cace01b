"""Who may do what with a commitment."""

from __future__ import annotations

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.commitments.models import Commitment
from hamafza.places.queries.places import with_places_above


def answers_at(actor: Actor, place: str) -> bool:
    """Whether she is let in to what her body owes at a place (`admission.admit_body`)."""
    held = actor.places_with(Permission.ANSWER_COMMITMENTS)
    return place in held or (bool(held) and place in with_places_above(held))


def speaks_for_owner(actor: Actor, commitment: Commitment) -> bool:
    """Whether she answers at its place for the body that owes it."""
    return actor.organization == commitment.owner_id and answers_at(actor, commitment.place_id)


def may_record_for_owner(actor: Actor, commitment: Commitment, *, owner_has_users: bool) -> bool:
    """The secretary writes down what a body without users says (A6)."""
    return not owner_has_users and actor.may(Permission.ISSUE_COMMITMENTS, commitment.place_id)


def decides_on_own(actor: Actor, commitment: Commitment) -> bool:
    """Whether she works for the body that owes it while another one asked for it: that one decides (A4)."""
    return actor.organization == commitment.owner_id and commitment.owner_id != commitment.issuer_id


def may_issue(actor: Actor, place: str) -> bool:
    return actor.may(Permission.ISSUE_COMMITMENTS, place)
