"""Who may do what with a commitment."""

from __future__ import annotations

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.commitments.models import Commitment
from hamafza.commitments.queries.owners import answers_at


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
