"""Families helped by several bodies, and by nobody, as sheets. Each family that leaves is recorded as read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from hamafza.audit.commands.record_read import record_reads
from hamafza.core import jalali
from hamafza.needs.choices import Domain
from hamafza.needs.exports.needs import top_lines
from hamafza.needs.exports.sheet import Sheet, Value, file_name
from hamafza.registry.models import Household
from hamafza.reports.queries.overlap import AidFilters, Helped, OverlapRow, overlaps

ROW_CAP = 5_000
AT_ONCE = 500


def overlap_sheet(county: str, filters: AidFilters, *, on: date, name: str, filtered: str, by: str) -> Sheet:
    """``name`` is the county's; at most `ROW_CAP` rows."""
    return Sheet(
        name=file_name("overlap"),
        title=_("Helped by several bodies"),
        top=top_lines(_("Families helped by several bodies in %(county)s") % {"county": name}, filtered=filtered, by=by),
        header=[
            _("Row"), _("Name"), _("File number"), _("Need"), _("What was given"), _("Bodies"), _("Times"),
            _("Value in rials"), _("Who gave, how often and when last"),
        ],
        rows=_rows(county, filters, on),
    )  # fmt: skip


def by_in_words(by: Sequence[Helped]) -> str:
    """Which bodies gave, how often, when last."""
    office = _("The welfare office")
    return "؛ ".join(
        _("%(body)s: %(times)s times, last %(day)s")
        % {"body": one.body or office, "times": one.times, "day": jalali.format_date(one.last)}
        for one in by
    )


def _rows(county: str, filters: AidFilters, on: date) -> Iterator[Sequence[Value]]:
    for offset in range(0, ROW_CAP, AT_ONCE):
        part = overlaps(county, filters, on=on, offset=offset, limit=AT_ONCE)
        record_reads(Household.objects.filter(pk__in={row.household for row in part}), fields=["head", "aid"])
        yield from (_row(offset + place, row) for place, row in enumerate(part, start=1))
        if len(part) < AT_ONCE:
            return


def _row(number: int, row: OverlapRow) -> Sequence[Value]:
    return [
        number, row.name, row.file_number, str(Domain(row.domain).label), row.item, row.bodies, row.times,
        row.value_rial, by_in_words(row.by),
    ]  # fmt: skip
