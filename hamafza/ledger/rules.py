"""What money may do within the bounds its givers set. Pure."""

from __future__ import annotations

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.rules import PERMISSIONS
from hamafza.core.flow import Flow
from hamafza.ledger.choices import MoveState, Restriction, TransferState
from hamafza.ledger.models import Fund

T = TransferState

#: How a transfer between counties goes; the database knows the same steps.
TRANSFER_FLOW: Flow = {
    T.REQUESTED: frozenset({T.APPROVED_ONCE, T.REFUSED}),
    T.APPROVED_ONCE: frozenset({T.APPROVED, T.REFUSED}),
    T.APPROVED: frozenset({T.DONE, T.REFUSED}),
}

#: How a move between two funds of a county goes.
MOVE_FLOW: Flow = {MoveState.REQUESTED: frozenset({MoveState.DONE, MoveState.REFUSED})}

#: Money that belongs to nobody in particular yet, or to the state, crosses no border.
STAYS_IN_COUNTY = frozenset({Restriction.NEED, Restriction.GOVERNMENT, Restriction.SUSPENSE})


def may_leave_county(fund: Fund) -> bool:
    """Whether money of this fund may ever go to another county (with consent and two approvers)."""
    return fund.restriction not in STAYS_IN_COUNTY


def may_decide_for_province(actor: Actor, province: str) -> bool:
    """Whether the actor leads the province: allows transfers there and sets thresholds. The system may."""
    if actor.is_system:
        return True
    return any(duty.place == province and Permission.ALLOW_TRANSFER in PERMISSIONS[duty.role] for duty in actor.duties)


def provinces_led_by(actor: Actor) -> list[str]:
    """Codes of the provinces the actor leads."""
    led = {duty.place for duty in actor.duties if Permission.ALLOW_TRANSFER in PERMISSIONS[duty.role]}
    return sorted(led)
