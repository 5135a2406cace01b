"""One step of a meeting or a resolution, under lock: every command takes it here."""

from __future__ import annotations

from hamafza.core.flow import require_step
from hamafza.councils.choices import MeetingState, ResolutionState
from hamafza.councils.flow import MEETING_FLOW, RESOLUTION_FLOW
from hamafza.councils.models import Meeting, Resolution
from hamafza.councils.queries.resolutions import commitments_of


def lock_meeting(meeting: Meeting) -> Meeting:
    """As it stands now, locked until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def step_meeting(held: Meeting, after: MeetingState) -> None:
    """Change its state along the flow; the caller saves."""
    require_step(MEETING_FLOW, before=held.state, after=after)
    held.state = after


def lock_resolution(resolution: Resolution) -> Resolution:
    """As it stands now, locked until the transaction ends."""
    return Resolution.objects.select_for_update(of=("self",)).get(pk=resolution.pk)


def lock_owed(held: Resolution) -> None:
    """All that is owed under it, so that none is opened again at this moment."""
    list(commitments_of(held).select_related(None).select_for_update().order_by("pk"))


def step_resolution(held: Resolution, after: ResolutionState, *, reason: str = "") -> None:
    """Change its state along the flow; the caller saves."""
    require_step(RESOLUTION_FLOW, before=held.state, after=after)
    held.state, held.state_reason = after, reason.strip()[:300]
