"""Stock as sheets. No giver and no household stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from hamafza.core import jalali
from hamafza.distribution.models import Lot
from hamafza.distribution.queries.stock_lists import ItemStock
from hamafza.distribution.stock_words import origin_of
from hamafza.needs.exports.needs import top_lines
from hamafza.needs.exports.sheet import Sheet, file_name

#: More lots than a county has in a lifetime of the program.
CAP = 50_000


def stock_sheet(rows: Iterable[ItemStock], *, county: str, filtered: str, by: str) -> Sheet:
    """What lies in the stores, by item."""
    return Sheet(
        name=file_name("stock"),
        title=_("Goods in stock"),
        top=top_lines(_("Goods in stock in %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[
            _("Row"), _("Item"), _("Unit"), _("In stock"), _("Set aside"), _("Free"), _("Expired"), _("Nearest expiry"),
        ],
        rows=(
            [
                number, row.item.name, row.item.unit, row.on_hand, row.reserved, row.free, row.expired, _day(row.next_expiry),
            ]
            for number, row in enumerate(rows, start=1)
        ),
    )  # fmt: skip


def lots_sheet(lots: Iterable[Lot], *, county: str, filtered: str, by: str) -> Sheet:
    """Lots, with where they came from but not from whom."""
    return Sheet(
        name=file_name("lots"),
        title=_("Lots"),
        top=top_lines(_("Lots of goods in %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[
            _("Row"), _("Lot"), _("Item"), _("In stock"), _("Set aside"), _("Expiry date"), _("Fund"), _("Where it came from"),
            _("Value of one (rial)"),
        ],
        rows=(
            [
                number, lot.code, lot.item.name, lot.units, lot.aside, _day(lot.expires_on), lot.fund.name,  # type: ignore[attr-defined]  # worked out by the query
                origin_of(lot, named=False), lot.unit_value_rial,
            ]
            for number, lot in enumerate(lots, start=1)
        ),
    )  # fmt: skip


def _day(day: date | None) -> str:
    return jalali.format_date(day) if day else ""
