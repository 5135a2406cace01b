"""Who writes the programme of a body, and who reads it."""

from __future__ import annotations

from uuid import UUID

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission


def plans_for(actor: Actor, organization: UUID, place: str) -> bool:
    """Whether she answers for the body at this place."""
    return actor.organization == organization and actor.may(Permission.ANSWER_COMMITMENTS, place)


def may_write(actor: Actor, organization: UUID, place: str, *, has_users: bool) -> bool:
    """Whoever answers for the body; for a body without users, the secretary."""
    return plans_for(actor, organization, place) or (not has_users and actor.may(Permission.ISSUE_COMMITMENTS, place))
