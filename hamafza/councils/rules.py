"""Who may do what with a council."""

from __future__ import annotations

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission


def may_see(actor: Actor, place: str) -> bool:
    return actor.may(Permission.SEE_COUNCILS, place)


def may_keep(actor: Actor, place: str) -> bool:
    return actor.may(Permission.KEEP_COUNCILS, place)


def may_hand_out(actor: Actor, place: str) -> bool:
    """Whether she may make commitments of a resolution."""
    return may_keep(actor, place) and actor.may(Permission.ISSUE_COMMITMENTS, place)
