"""The states of a need and the steps between them; a welfare officer can check this table."""

from __future__ import annotations

from hamafza.core.flow import Flow
from hamafza.needs.choices import NeedState

S = NeedState

NEED_FLOW: Flow = {
    # Written down, not yet looked at; who may approve may open it at once.
    S.DRAFT: frozenset({S.ASSESSED, S.APPROVED, S.OPEN, S.CLOSED}),
    # A social worker has assessed it.
    S.ASSESSED: frozenset({S.APPROVED, S.OPEN, S.CLOSED}),
    # The head of the office has approved it for later.
    S.APPROVED: frozenset({S.OPEN, S.CLOSED}),
    # Somebody waits.
    S.OPEN: frozenset({S.PARTLY_MET, S.MET, S.CLOSED, S.EXPIRED}),
    S.PARTLY_MET: frozenset({S.OPEN, S.MET, S.CLOSED, S.EXPIRED}),
    # A delivery that was taken back opens it again.
    S.MET: frozenset({S.PARTLY_MET, S.OPEN}),
    # Only when the leaving that closed it is taken back.
    S.CLOSED: frozenset(),
    # Re-assessed: it stands again, or is closed.
    S.EXPIRED: frozenset({S.ASSESSED, S.OPEN, S.CLOSED}),
}

#: Not yet standing: they wait for the office.
WAITING_STATES = frozenset({S.DRAFT, S.ASSESSED, S.APPROVED})

#: Whoever approves finds these in the queue.
APPROVAL_STATES = frozenset({S.DRAFT, S.ASSESSED, S.APPROVED})

#: Needs that are scored: whatever may still be met.
LIVE_STATES = WAITING_STATES | {S.OPEN, S.PARTLY_MET}

#: A need that is not assessed anew for so long expires (days from the day it opens).
VALID_DAYS: dict[str, int] = {
    "job": 365,
    "housing": 730,
    "household_goods": 365,
    "livelihood": 180,
    "rehabilitation": 365,
    "health": 180,
    "education": 365,
    "social": 180,
}

#: A household that has received an item gets the same one from another source only after so many days, or with a
#: reason (N7).
AGAIN_DAYS: dict[str, int] = {
    "job": 180,
    "housing": 365,
    "household_goods": 365,
    "livelihood": 30,
    "rehabilitation": 180,
    "health": 30,
    "education": 180,
    "social": 30,
}
