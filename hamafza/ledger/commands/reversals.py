"""Reverse an entry by hand: only what the ledger itself has booked."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.ledger.commands.post import reverse_entry
from hamafza.ledger.events import move_undone
from hamafza.ledger.models import Fund, JournalEntry
from hamafza.ledger.sources import may_reverse_by_hand


@transaction.atomic
def reverse_by_hand(entry: JournalEntry, *, reason: str, by: Actor) -> JournalEntry:
    """Refused for acts of other apps: they are undone on their own page, and their entries with them."""
    require(by, Permission.KEEP_LEDGER, place=entry.county_id)
    if not reason.strip():
        raise Refusal(_("Say why this entry is reversed."), code="reason_missing", field="reason")
    if not may_reverse_by_hand(entry):
        raise Refusal(
            _("This entry books something that was done elsewhere. Undo it there, and the books follow."),
            code="undo_elsewhere",
        )
    # Funds before books, as everywhere.
    list(Fund.objects.select_for_update().filter(lines__entry=entry).order_by("pk"))
    reversal = reverse_entry(entry, on=clock.today(), reason=reason.strip(), by=by)
    move_undone.send(sender=JournalEntry, entry=entry.pk, reversal=reversal.pk)
    return reversal
