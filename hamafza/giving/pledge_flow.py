"""The states of a pledge and the steps between them, and how far ahead its instalments are made."""

from __future__ import annotations

from datetime import timedelta

from hamafza.core.flow import Flow
from hamafza.giving.choices import PledgeState

S = PledgeState

PLEDGE_FLOW: Flow = {
    # A vow that waits for its condition.
    S.DRAFT: frozenset({S.ACTIVE, S.CANCELLED, S.LAPSED}),
    S.ACTIVE: frozenset({S.PAUSED, S.COMPLETED, S.CANCELLED, S.LAPSED}),
    S.PAUSED: frozenset({S.ACTIVE, S.COMPLETED, S.CANCELLED}),
    S.COMPLETED: frozenset(),
    S.CANCELLED: frozenset(),
    S.LAPSED: frozenset(),
}

#: Pledges whose instalments are expected.
LIVE_STATES = frozenset({S.ACTIVE, S.PAUSED})

#: Instalments are made for so many days ahead, and never more than so many of them (P4) …
PLANNED_AHEAD = timedelta(days=40)
INSTALMENTS_AHEAD = 40
#: … and the next one however far it is, within this.
FURTHEST = timedelta(days=5 * 366)
#: A plan is carried on when it has become shorter by so much.
PLAN_STEP = timedelta(days=7)

#: A promise that is written down late may have begun this long ago; one made early begins within this.
EARLIEST, LATEST = timedelta(days=366), timedelta(days=5 * 366)
#: A pause begins within the days that are planned.
PAUSE_WITHIN = timedelta(days=30)
#: Nobody is reminded of what was due longer ago.
REMIND_WITHIN = timedelta(days=60)
MOST_REMIND_DAYS = 30
MOST_GRACE_DAYS = 90
