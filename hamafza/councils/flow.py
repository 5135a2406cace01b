"""How meetings and resolutions go. Pure."""

from __future__ import annotations

from hamafza.core.flow import Flow
from hamafza.councils.choices import MeetingState as M, Presence, ResolutionState as R

MEETING_FLOW: Flow = {
    M.PLANNED: frozenset({M.INVITED, M.CANCELLED}),
    M.INVITED: frozenset({M.IN_SESSION, M.NO_QUORUM, M.CANCELLED}),
    M.IN_SESSION: frozenset({M.ADJOURNED}),
    M.ADJOURNED: frozenset({M.MINUTES_DRAFT}),
    M.MINUTES_DRAFT: frozenset({M.MINUTES_REVIEW}),
    # Remarks lead back to a new draft, or there are none and the text is final.
    M.MINUTES_REVIEW: frozenset({M.MINUTES_DRAFT, M.MINUTES_FINAL}),
    M.MINUTES_FINAL: frozenset({M.PUBLISHED}),
    M.PUBLISHED: frozenset(),
    M.CANCELLED: frozenset(),
    M.NO_QUORUM: frozenset(),
}
#: From then on nothing of the meeting is rewritten; what was wrong is put right by a corrigendum (C3).
FROZEN_MEETINGS = frozenset({M.MINUTES_FINAL, M.PUBLISHED})

RESOLUTION_FLOW: Flow = {
    R.PROPOSED: frozenset({R.ADOPTED, R.REJECTED, R.DEFERRED}),
    R.DEFERRED: frozenset(),
    R.ADOPTED: frozenset({R.COMMUNICATED, R.SUPERSEDED, R.LAPSED}),
    R.COMMUNICATED: frozenset({R.CONFIRMED, R.SUPERSEDED, R.LAPSED}),
    # Something of it did not last: it is under way again.
    R.CONFIRMED: frozenset({R.COMMUNICATED}),
    R.REJECTED: frozenset(),
    R.SUPERSEDED: frozenset(),
    R.LAPSED: frozenset(),
}
#: In force: it was adopted, and nothing has taken its place.
STANDING = frozenset({R.ADOPTED, R.COMMUNICATED, R.CONFIRMED})
#: In force and not yet confirmed: the next agenda opens with these (C4).
UNCLOSED = frozenset({R.ADOPTED, R.COMMUNICATED})

#: Counted for the quorum when the seat has a vote.
HERE = frozenset({Presence.PRESENT, Presence.LATE, Presence.DEPUTY})
#: Who is there is said from the invitation to the end of the session.
WITH_PRESENCE = frozenset({M.INVITED, M.IN_SESSION})
#: What is on the table until then may still be planned.
BEFORE_SESSION = frozenset({M.PLANNED, M.INVITED})
#: The session took place and is over: what was not dealt with comes back.
OVER = frozenset({M.ADJOURNED, M.MINUTES_DRAFT, M.MINUTES_REVIEW, M.MINUTES_FINAL, M.PUBLISHED})
