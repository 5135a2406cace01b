"""Open a sealed note for somebody who says why; the reading is recorded before the text is given."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.audit.commands.record_read import record_read
from hamafza.core.errors import Refusal
from hamafza.needs.models import Assessment, Need

SHORTEST_REASON = 3


@transaction.atomic
def reveal_note(record: Need | Assessment, *, reason: str, by: Actor) -> str:
    """The note of a need, or the observations of an assessment."""
    require(by, Permission.REVEAL_IDENTITY, place=record.county_id)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(_("Say why you need to see it."), code="no_reason", field="reason")
    record_read(record, fields=["note"], reason=reason.strip()[:200])
    return record.note
