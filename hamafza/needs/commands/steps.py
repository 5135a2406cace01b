"""One way to change a need's state: by the flow, with who, when and why on record."""

from __future__ import annotations

from hamafza.accounts.actor import Actor
from hamafza.core.flow import require_step
from hamafza.needs.flow import NEED_FLOW
from hamafza.needs.models import Need, NeedStep


def take_step(need: Need, *, after: str, by: Actor | None, reason: str = "") -> NeedStep:
    """Set the state of a locked need and record the step; the caller saves the need."""
    step = require_step(NEED_FLOW, before=need.state, after=after)
    need.state = step.after
    return NeedStep.objects.create(
        county_id=need.county_id,
        need=need,
        before=step.before,
        after=step.after,
        reason=reason,
        by_id=by.user_id if by else None,
    )
