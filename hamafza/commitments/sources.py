"""What a source says before a commitment of it is owed again, so that commitments need not know who gives orders.

In an app's ``ready()``: ``ask_before_opening(Source.RESOLUTION, check)``; the check raises a `Refusal` that says what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from hamafza.commitments.choices import Source

Check = Callable[[UUID], None]

_checks: dict[str, Check] = {}


def ask_before_opening(source: Source, check: Check) -> None:
    """Let whoever keeps this kind of source say whether something may be owed under it again."""
    _checks[source] = check


def require_may_open(source: str, source_id: UUID | None) -> None:
    """A `Refusal` when its source is over."""
    check = _checks.get(source)
    if check is not None and source_id is not None:
        check(source_id)
