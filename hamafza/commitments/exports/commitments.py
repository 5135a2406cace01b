"""The commitments of a place as a sheet. Closed ones leave through no door."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hamafza.commitments.choices import CommitmentState, Priority, Source
from hamafza.commitments.models import Commitment
from hamafza.commitments.queries.commitments import told_outside
from hamafza.commitments.words import days_late, number_of
from hamafza.core import jalali
from hamafza.needs.exports.needs import ROW_CAP, top_lines
from hamafza.needs.exports.sheet import Sheet, Value, file_name

AT_ONCE = 500


def commitments_sheet(found: QuerySet[Commitment], *, place: str, filtered: str, by: str) -> Sheet:
    """From `queries.commitments.commitments_in`; ``filtered`` says the filters in words."""
    rows = told_outside(found)[:ROW_CAP].iterator(chunk_size=AT_ONCE)
    return Sheet(
        name=file_name("commitments"),
        title=_("Commitments"),
        top=top_lines(_("Commitments in %(place)s") % {"place": place}, filtered=filtered, by=by),
        header=[
            _("Number"), _("What is to be done"), _("Owner"), _("Asked for by"), _("Due on"), _("First due on"),
            _("Days late"), _("Done (percent)"), _("How much"), _("Done so far"), _("Unit"), _("Field of support"),
            _("Follows from"), _("Priority"), _("State"),
        ],
        rows=(_row(one) for one in rows),
    )  # fmt: skip


def _row(one: Commitment) -> Sequence[Value]:
    return [
        number_of(one),
        one.title,
        one.owner.name,
        one.issuer.name,
        jalali.format_date(one.due_on),
        jalali.format_date(one.original_due_on),
        days_late(one),
        one.percent,
        one.quantity,
        one.done_quantity,
        one.unit,
        str(one.field or ""),
        str(Source(one.source_type).label),
        str(Priority(one.priority).label),
        str(CommitmentState(one.state).label),
    ]
