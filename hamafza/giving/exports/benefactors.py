"""The list of benefactors as a sheet, without what is sealed. Each row that leaves is recorded as read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hamafza.audit.commands.record_read import record_reads
from hamafza.core import jalali, wording
from hamafza.giving.choices import Attribution, BenefactorKind
from hamafza.giving.models import Benefactor
from hamafza.needs.exports.needs import top_lines
from hamafza.needs.exports.sheet import Sheet, Value, file_name

ROW_CAP = 100_000
AT_ONCE = 1000


def benefactor_sheet(found: QuerySet[Benefactor], *, county: str, filtered: str, by: str) -> Sheet:
    """``filtered`` says the filters in words, ``by`` who takes the list out."""
    return Sheet(
        name=file_name("benefactors"),
        title=_("Benefactors"),
        top=top_lines(_("Benefactors of %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[_("Row"), _("Name"), _("Kind"), _("To the public"), _("Nickname for the public"), _("On file since")],
        rows=_rows(found),
    )


def _rows(found: QuerySet[Benefactor]) -> Iterator[Sequence[Value]]:
    rows = found[:ROW_CAP].iterator(chunk_size=AT_ONCE)
    number = 0
    while part := list(islice(rows, AT_ONCE)):
        record_reads(part, fields=["list_export"])
        for one in part:
            number += 1
            yield [
                number,
                one.name,
                str(BenefactorKind(one.kind).label),
                str(Attribution(one.attribution).label),
                one.nickname,
                jalali.format_date(wording.day_of(one.created_at)),
            ]
