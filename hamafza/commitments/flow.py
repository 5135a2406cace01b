"""How a commitment goes from order to result. Pure."""

from __future__ import annotations

from hamafza.commitments.choices import CommitmentState as S
from hamafza.core.flow import Flow

COMMITMENT_FLOW: Flow = {
    S.DRAFT: frozenset({S.ASSIGNED, S.CANCELLED}),
    S.ASSIGNED: frozenset({S.ACCEPTED, S.RETURNED, S.CANCELLED}),
    # Whoever asked answers: assigns it again, to the same body or another, or cancels it.
    S.RETURNED: frozenset({S.ASSIGNED, S.CANCELLED}),
    # Given to another body it begins anew there; the clock runs on (A8).
    S.ACCEPTED: frozenset({S.IN_PROGRESS, S.BLOCKED, S.CLAIMED, S.ASSIGNED, S.CANCELLED}),
    S.IN_PROGRESS: frozenset({S.BLOCKED, S.CLAIMED, S.ASSIGNED, S.CANCELLED}),
    S.BLOCKED: frozenset({S.IN_PROGRESS, S.CLAIMED, S.ASSIGNED, S.CANCELLED}),
    S.CLAIMED: frozenset({S.VERIFIED, S.IN_PROGRESS}),
    S.VERIFIED: frozenset({S.CLOSED, S.IN_PROGRESS}),
    S.CLOSED: frozenset({S.IN_PROGRESS}),
    S.CANCELLED: frozenset(),
}

#: Somebody still owes something.
OPEN_STATES = frozenset({S.DRAFT, S.ASSIGNED, S.RETURNED, S.ACCEPTED, S.IN_PROGRESS, S.BLOCKED, S.CLAIMED})
#: The owner still owes something: these climb the ladder when their day is over.
OWED_STATES = frozenset({S.ASSIGNED, S.RETURNED, S.ACCEPTED, S.IN_PROGRESS, S.BLOCKED})
#: The owner has taken it on and reports.
WORKED_STATES = frozenset({S.ACCEPTED, S.IN_PROGRESS, S.BLOCKED})
SETTLED_STATES = frozenset(S) - OPEN_STATES
