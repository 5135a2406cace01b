"""The list of gifts as a sheet. Each row that leaves is recorded as read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hamafza.audit.commands.record_read import record_reads
from hamafza.core import jalali
from hamafza.giving.choices import Channel, DonationState, Intention
from hamafza.giving.models import Donation
from hamafza.needs.choices import Domain
from hamafza.needs.exports.needs import top_lines
from hamafza.needs.exports.sheet import Sheet, Value, file_name

ROW_CAP = 100_000
AT_ONCE = 1000


def donation_sheet(found: QuerySet[Donation], *, county: str, filtered: str, by: str) -> Sheet:
    """From gifts of `queries.donations.with_amounts`; ``filtered`` says the filters in words, ``by`` who takes it out."""
    return Sheet(
        name=file_name("gifts"),
        title=_("Gifts"),
        top=top_lines(_("Gifts to %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[
            _("Row"), _("Number"), _("Received on"), _("Benefactor"), _("How"), _("Reference of the payment"),
            _("Purpose"), _("Intention"), _("Money (rials)"), _("Value of goods (rials)"), _("State"),
        ],
        rows=_rows(found),
    )  # fmt: skip


def _rows(found: QuerySet[Donation]) -> Iterator[Sequence[Value]]:
    rows = found[:ROW_CAP].iterator(chunk_size=AT_ONCE)
    number = 0
    while part := list(islice(rows, AT_ONCE)):
        record_reads([gift.benefactor for gift in part if gift.benefactor], fields=["list_export"])
        for gift in part:
            number += 1
            yield [
                number,
                f"{gift.jalali_year}/{gift.number}",
                jalali.format_date(gift.received_on),
                gift.benefactor.name if gift.benefactor else "",
                str(Channel(gift.channel).label),
                gift.reference,
                str(Domain(gift.purpose).label) if gift.purpose else _("Whatever the county needs"),
                str(Intention(gift.intention).label),
                gift.money,  # type: ignore[attr-defined]  # annotated
                gift.value,  # type: ignore[attr-defined]  # annotated
                str(DonationState(gift.state).label),
            ]
