"""The books of a county: the chain's end, and the lock that writers share."""

from __future__ import annotations

from django.db import transaction

from hamafza.ledger.models import JournalEntry
from hamafza.places.models import Place


def lock_books(county: str) -> None:
    """One writer at a time in the books of a county, until the transaction ends; rows that point at it do not wait."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the books are locked within a transaction")
    Place.objects.select_for_update(no_key=True).only("code").get(code=county)


def last_entry(county: str) -> JournalEntry | None:
    """The newest sealed entry of a county."""
    return JournalEntry.objects.filter(county_id=county, number__isnull=False).order_by("-number").first()
