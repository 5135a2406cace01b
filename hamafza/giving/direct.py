"""Rules of direct giving that an office may change: how long a hold lasts, how long a card stands, the steps."""

from __future__ import annotations

from datetime import timedelta

from hamafza.core.flow import Flow
from hamafza.giving.choices import CardState, GivingMode, ReservationState

C, R = CardState, ReservationState

CARD_FLOW: Flow = {
    C.DRAFT: frozenset({C.REVIEWED, C.WITHDRAWN}),
    # Changed again, it is read again.
    C.REVIEWED: frozenset({C.DRAFT, C.PUBLISHED, C.WITHDRAWN}),
    C.PUBLISHED: frozenset({C.WITHDRAWN}),
    C.WITHDRAWN: frozenset(),
}

RESERVATION_FLOW: Flow = {
    # The giver has taken it up; the social worker has not looked at it yet.
    R.HELD: frozenset({R.ACCEPTED, R.RELEASED, R.EXPIRED}),
    # The social worker has said how it will go.
    R.ACCEPTED: frozenset({R.DELIVERED, R.CONFIRMED, R.RELEASED, R.EXPIRED}),
    # The giver, or whoever took it there, says it is handed over.
    R.DELIVERED: frozenset({R.CONFIRMED, R.RELEASED}),
    R.CONFIRMED: frozenset(),
    R.RELEASED: frozenset(),
    R.EXPIRED: frozenset(),
}

#: States in which units of a need are held.
HOLDING = frozenset({R.HELD, R.ACCEPTED, R.DELIVERED})

#: A hold that nobody has accepted is free again after this.
HOLD: dict[GivingMode, timedelta] = {
    GivingMode.THROUGH_FUND: timedelta(hours=24),
    GivingMode.DELIVERED: timedelta(hours=48),
    GivingMode.ESCORTED: timedelta(hours=72),
}
#: And an accepted one when nothing has come after this.
ACCEPTED_HOLD = timedelta(days=14)
#: A benefactor holds at most so many cards at once that nobody has accepted.
MOST_HOLDS = 5
#: A card that is taken up still stands until its last day, so that nobody learns on which day a need was met.
CARD_DAYS = 56
