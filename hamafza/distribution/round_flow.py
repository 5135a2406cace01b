"""The life of a round and of a household on its list; a welfare officer can check these tables."""

from __future__ import annotations

from hamafza.core.flow import Flow
from hamafza.distribution.choices import EntryState, RoundState

R, E = RoundState, EntryState

ROUND_FLOW: Flow = {
    # The list is drawn up; somebody else approves it.
    R.PLANNED: frozenset({R.APPROVED, R.CANCELLED}),
    # The list is frozen, goods and needs are reserved.
    R.APPROVED: frozenset({R.PACKING, R.CANCELLED}),
    R.PACKING: frozenset({R.PACKING, R.OUT, R.CANCELLED}),
    # Deliverers see it now, and only now.
    R.OUT: frozenset({R.RECONCILED}),
    # What was packed has been delivered, spoilt or has come back; nothing changes any more.
    R.RECONCILED: frozenset({R.REPORTED}),
    R.REPORTED: frozenset(),
    R.CANCELLED: frozenset(),
}

ENTRY_FLOW: Flow = {
    E.STANDBY: frozenset({E.LISTED, E.RELEASED}),
    E.LISTED: frozenset({E.DELIVERED, E.ABSENT, E.REFUSED, E.REPLACED, E.RELEASED}),
    E.ABSENT: frozenset({E.DELIVERED, E.ABSENT, E.REFUSED, E.REPLACED, E.RELEASED}),
    # The package came back: the family may have moved away, or it was handed to the wrong door.
    E.DELIVERED: frozenset({E.RETURNED}),
    E.RETURNED: frozenset(),
    E.REFUSED: frozenset(),
    E.REPLACED: frozenset(),
    E.RELEASED: frozenset(),
}

#: A household in one of these may still get its package.
AWAITED_STATES = frozenset({E.LISTED, E.ABSENT})
#: Somebody has been at the door: the package of a household in one of these may go to the next in rank.
REPLACEABLE_STATES = frozenset({E.ABSENT, E.REFUSED, E.RETURNED})
#: Units of needs and goods are held for a round in one of these.
HOLDING_STATES = frozenset({R.APPROVED, R.PACKING, R.OUT})
#: Of every round at least so many percent of the deliveries are called back by another office (S9).
LEAST_AUDIT_PERCENT = 5
