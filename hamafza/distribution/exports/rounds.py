"""Rounds and their lists as sheets. Each household that leaves with its name is recorded as read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hamafza.audit.commands.record_read import record_reads
from hamafza.core import jalali
from hamafza.distribution.choices import EntryState, RoundState
from hamafza.distribution.models import Round, RoundEntry
from hamafza.distribution.periods import period_shown
from hamafza.distribution.queries.round_figures import figures_of
from hamafza.distribution.round_words import reason_of, round_number
from hamafza.needs.exports.needs import top_lines
from hamafza.needs.exports.sheet import Sheet, Value, file_name

AT_ONCE = 500


def rounds_sheet(rounds: QuerySet[Round], *, county: str, filtered: str, by: str) -> Sheet:
    """Rounds with their figures; nobody is named."""
    return Sheet(
        name=file_name("rounds"),
        title=_("Distribution rounds"),
        top=top_lines(_("Distribution rounds of %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[
            _("Row"), _("Title of the round"), _("Number"), _("What is handed out"), _("Period"),
            _("Day of the distribution"), _("State"), _("Delivered"), _("Still to be delivered"), _("Came back"),
        ],
        rows=_rounds(rounds),
    )  # fmt: skip


def entries_sheet(of: Round, entries: QuerySet[RoundEntry], *, filtered: str, by: str) -> Sheet:
    """The list of a round with names and reasons."""
    return Sheet(
        name=file_name(f"round-{of.jalali_year}-{of.number}"),
        title=_("List of households"),
        top=top_lines(f"{of.title} ({round_number(of)})", filtered=filtered, by=by),
        header=[
            _("Row"), _("Name"), _("File number"), _("District"), _("State"), _("Priority score"), _("Why"), _("Token"),
        ],
        rows=_entries(entries),
    )  # fmt: skip


def _rounds(rounds: QuerySet[Round]) -> Iterator[Sequence[Value]]:
    found = rounds.iterator(chunk_size=AT_ONCE)
    number = 0
    while part := list(islice(found, AT_ONCE)):
        figures = figures_of(part)
        for one in part:
            number += 1
            counted = figures[one.pk]
            yield [
                number, one.title, round_number(one), one.item.name, period_shown(one.period),
                jalali.format_date(one.starts_on), str(RoundState(one.state).label), counted.delivered,
                counted.listed + counted.absent, counted.came_back,
            ]  # fmt: skip


def _entries(entries: QuerySet[RoundEntry]) -> Iterator[Sequence[Value]]:
    found = entries.iterator(chunk_size=AT_ONCE)
    while part := list(islice(found, AT_ONCE)):
        record_reads([entry.household for entry in part], fields=["list_export"])
        for entry in part:
            home, reason = entry.household, reason_of(entry)
            yield [
                entry.rank, home.head.full_name if home.head else "", home.file_number,
                home.district.name if home.district else "", str(EntryState(entry.state).label), reason.score,
                reason.sentence, entry.token,
            ]  # fmt: skip
