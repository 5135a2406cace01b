"""The journal as a sheet: a row for each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hamafza.core import jalali
from hamafza.ledger.choices import Account, EntryKind
from hamafza.ledger.models import JournalEntry, JournalLine
from hamafza.needs.exports.needs import top_lines
from hamafza.needs.exports.sheet import Sheet, Value, file_name

ROW_CAP = 100_000
AT_ONCE = 1000


def journal_sheet(entries: QuerySet[JournalEntry], *, county: str, filtered: str, by: str) -> Sheet:
    """``filtered`` says the filters in words, ``by`` who takes the list out."""
    return Sheet(
        name=file_name("journal"),
        title=_("Journal"),
        top=top_lines(_("Journal of %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[
            _("Number"), _("Date"), _("Kind"), _("Description"), _("Account"), _("Name of the account"), _("Fund"),
            _("Debit (rials)"), _("Credit (rials)"),
        ],
        rows=_rows(entries),
    )  # fmt: skip


def _rows(entries: QuerySet[JournalEntry]) -> Iterator[Sequence[Value]]:
    lines = JournalLine.objects.filter(entry__in=entries.order_by().values("pk")).select_related("entry", "fund")
    for line in lines.order_by("entry__number", "position")[:ROW_CAP].iterator(chunk_size=AT_ONCE):
        entry = line.entry
        yield [
            entry.number,
            jalali.format_date(entry.on),
            str(EntryKind(entry.kind).label),
            entry.description,
            line.account,
            str(Account(line.account).label),
            line.fund.name,
            max(line.amount, 0),
            max(-line.amount, 0),
        ]
