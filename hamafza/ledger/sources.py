"""What entries book: each kind of act by the name in ``source_type``, told by the app that owns it.

An entry is undone where its act is undone, so that act and books agree. Only what the ledger itself books is reversed
by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hamafza.ledger.choices import EntryKind
from hamafza.ledger.models import JournalEntry


@dataclass(frozen=True, slots=True)
class Source:
    """``url_name`` takes the key of the act, or of the row that ``shown_on`` finds for it; empty when it has no page."""

    label: str | Promise
    url_name: str = ""
    by_hand: bool = False
    shown_on: Callable[[UUID], UUID | None] | None = None

    def address_of(self, act: UUID) -> str:
        """The page of the act; empty when it has none."""
        key = self.shown_on(act) if self.shown_on else act
        return reverse(self.url_name, args=[key]) if self.url_name and key else ""


_sources: dict[str, Source] = {
    "ledger.fund": Source(_("Transfer between funds"), "ledger:fund-record", by_hand=True),
    "ledger.countytransfer": Source(_("Transfer between counties"), "ledger:transfer-record"),
}


def register_source(source_type: str, source: Source) -> None:
    """Called by the app that books such acts, when it is ready."""
    _sources[source_type] = source


def source_of(entry: JournalEntry) -> Source | None:
    """What the entry books, when its app has told."""
    return _sources.get(entry.source_type)


def may_reverse_by_hand(entry: JournalEntry) -> bool:
    """Whether nothing but the books knows of what was booked, and it is no reversal itself."""
    source = source_of(entry)
    return source is not None and source.by_hand and entry.kind != EntryKind.REVERSAL
