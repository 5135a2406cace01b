"""Post entries and reverse them. Who may is the caller's affair: an entry stands only with the act it books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.ledger.chain import first_link, link, sums_by_fund
from hamafza.ledger.choices import EntryKind
from hamafza.ledger.commands.periods import open_period
from hamafza.ledger.models import JournalEntry, JournalLine
from hamafza.ledger.postings import Posting
from hamafza.ledger.queries.books import last_entry, lock_books
from hamafza.ledger.queries.funds import refuse_overdraft, refuse_uncommitted

Source = tuple[str, UUID]


@transaction.atomic
def post_entry(
    county: str,
    *,
    kind: EntryKind,
    on: date,
    lines: Sequence[Posting],
    source: Source,
    by: Actor,
    description: str = "",
    reversal_of: JournalEntry | None = None,
    transfer: UUID | None = None,
) -> JournalEntry:
    """Write an entry with its lines and seal it; ``source`` names what moved, such as ("donation", pk).

    Refuses a closed month and a fund that would be overdrawn. The database refuses besides: what does not sum to zero
    in each fund, another county's fund, a second reversal (`ledger.triggers`).
    """
    lock_books(county)
    open_period(county, on=on, reversing=reversal_of is not None)
    before = last_entry(county)
    entry = JournalEntry(
        county_id=county,
        on=on,
        kind=kind,
        description=description[:200],
        source_type=source[0],
        source_id=source[1],
        reversal_of=reversal_of,
        transfer=transfer,
        created_by_id=by.user_id,
    )
    rows = [_line(entry, position, posting) for position, posting in enumerate(lines, start=1)]
    said = [(row.position, row.account, row.fund_id, row.amount, row.counterparty_id, row.memo) for row in rows]
    if any(sums_by_fund(said).values()):
        raise ValueError(f"an entry that does not sum to zero in each fund: {said}")
    entry.save(force_insert=True)
    insert_all(rows)
    refuse_overdraft(rows)
    refuse_uncommitted(rows)
    entry.number = before.number + 1 if before and before.number else 1
    entry.prev_hash = before.hash if before else first_link(county)
    entry.posted_at = timezone.now()
    head = (
        entry.number, on, str(kind), entry.description, entry.source_type, entry.source_id,
        entry.reversal_of_id, entry.transfer, entry.posted_at, by.user_id,
    )  # fmt: skip
    entry.hash = link(entry.prev_hash, head, said)
    entry.save(update_fields=["number", "prev_hash", "hash", "posted_at"])
    return entry


@transaction.atomic
def reverse_entry(entry: JournalEntry, *, on: date, reason: str, by: Actor) -> JournalEntry:
    """Undo an entry by its mirror image; once for each entry (F2)."""
    lock_books(entry.county_id)
    if entry.posted_at is None:
        raise ValueError("only a posted entry is reversed")
    if entry.kind == EntryKind.REVERSAL or JournalEntry.objects.filter(reversal_of=entry).exists():
        raise Refusal(_("This entry has been reversed already."), code="reversed_already")
    if entry.transfer is not None:
        raise Refusal(
            _("Money that went to another county comes back by a transfer of its own."), code="transfer_not_reversed"
        )
    mirror = [
        Posting(line.account, line.fund_id, -line.amount, line.counterparty_id, line.memo)  # type: ignore[arg-type]
        for line in entry.lines.order_by("position")
    ]
    return post_entry(
        entry.county_id,
        kind=EntryKind.REVERSAL,
        on=on,
        lines=mirror,
        source=(entry.source_type, entry.source_id),
        by=by,
        description=reason,
        reversal_of=entry,
    )


def reverse_source(county: str, source: Source, *, on: date, reason: str, by: Actor) -> list[JournalEntry]:
    """Reverse every entry of an act that has not been reversed, the newest first."""
    standing = JournalEntry.objects.filter(
        county_id=county, source_type=source[0], source_id=source[1], reversed_by__isnull=True
    ).exclude(kind=EntryKind.REVERSAL)
    return [reverse_entry(entry, on=on, reason=reason, by=by) for entry in standing.order_by("-number")]


def _line(entry: JournalEntry, position: int, posting: Posting) -> JournalLine:
    return JournalLine(
        county_id=entry.county_id,
        entry=entry,
        position=position,
        account=posting.account,
        fund_id=posting.fund,
        amount=posting.amount,
        counterparty_id=posting.counterparty,
        memo=posting.memo,
    )
