"""A targeted list with names, as a sheet. Each row that leaves is recorded as read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.audit.commands.record_read import record_reads
from hamafza.core import jalali, wording
from hamafza.needs.choices import Domain, NeedState, Severity
from hamafza.needs.exports.sheet import Sheet, Value, file_name
from hamafza.needs.models import Need
from hamafza.needs.priority import score_on
from hamafza.needs.queries.lists import owner_of

#: More rows than any county has; a file beyond it would help nobody.
ROW_CAP = 100_000
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """What goes into the record of reading for each row: the fields, and the reason where numbers leave too."""

    fields: Sequence[str]
    reason: str = ""

    @property
    def with_numbers(self) -> bool:
        return bool(self.reason)


def sheet_of(needs: QuerySet[Need], *, county: str, filtered: str, by: str, reading: Reading) -> Sheet:
    """``filtered`` says the filters in words, ``by`` who takes the list out."""
    on = timezone.localdate()
    numbers = [_("National identity number"), _("Mobile")] if reading.with_numbers else []
    return Sheet(
        name=file_name("needs"),
        title=_("Needs"),
        top=top_lines(_("Needs in %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[
            _("Row"), _("Name"), _("Father's name"), _("File number"), _("Need"), _("What is needed"), _("Quantity required"), _("Severity"),
            _("Needed since"), _("Days of waiting"), _("District"), _("Income decile"), _("Priority score"), _("State"), *numbers,
        ],
        rows=_rows(needs, on=on, reading=reading),
    )  # fmt: skip


def top_lines(title: str, *, filtered: str, by: str) -> list[str]:
    """What every list says of itself: what it is, its filters, who made it and when."""
    return [
        title,
        _("Filters: %(filters)s") % {"filters": filtered or _("no filter")},
        _("Made by %(name)s on %(moment)s") % {"name": by, "moment": wording.long_date(timezone.now())},
    ]


def _rows(needs: QuerySet[Need], *, on: date, reading: Reading) -> Iterator[Sequence[Value]]:
    found = needs[:ROW_CAP].iterator(chunk_size=AT_ONCE)
    number = 0
    while part := list(islice(found, AT_ONCE)):
        shown = [owner_of(need) or need.household for need in part]
        record_reads(shown, fields=reading.fields, reason=reading.reason)
        for need in part:
            number += 1
            yield [*_row(number, need, on=on), *(_numbers(need) if reading.with_numbers else ())]


def _row(number: int, need: Need, *, on: date) -> Sequence[Value]:
    owner = owner_of(need)
    return [
        number,
        owner.full_name if owner else "",
        owner.father_name if owner else "",
        need.household.file_number,
        str(Domain(need.domain).label),
        need.item,
        need.required,
        str(Severity(need.severity).label),
        jalali.format_date(need.since),
        max(0, (on - need.since).days),
        need.district.name if need.district else "",
        need.decile,
        score_on(need.score_base, need.since, on),
        str(NeedState(need.state).label),
    ]


def _numbers(need: Need) -> Sequence[Value]:
    owner = owner_of(need)
    return [owner.identity_number, owner.mobile] if owner else ["", ""]
