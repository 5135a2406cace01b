"""Allocations, payments and need cards as sheets: what their lists show, and nothing of the families behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hamafza.core import jalali, wording
from hamafza.giving.choices import AllocationState, CardState, DisbursementState, PayMethod
from hamafza.giving.models import Allocation, Disbursement, NeedCard
from hamafza.needs.choices import Domain
from hamafza.needs.exports.needs import ROW_CAP, top_lines
from hamafza.needs.exports.sheet import Sheet, Value, file_name

AT_ONCE = 500


def allocations_sheet(found: QuerySet[Allocation], *, county: str, filtered: str, by: str) -> Sheet:
    """From `queries.allocations.allocations_of`; ``filtered`` says the filters in words, ``by`` who takes it out."""
    return Sheet(
        name=file_name("allocations"),
        title=_("Allocations"),
        top=top_lines(_("Allocations in %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[
            _("For what"), _("Purpose"), _("Fund"), _("Amount (rials)"), _("Spent (rials)"), _("Given back (rials)"),
            _("Units of the need"), _("Asked for by"), _("Asked for on"), _("Approved by"), _("Approved on"), _("State"),
        ],
        rows=(_allocation(one) for one in found[:ROW_CAP].iterator(chunk_size=AT_ONCE)),
    )  # fmt: skip


def payments_sheet(found: QuerySet[Disbursement], *, county: str, filtered: str, by: str) -> Sheet:
    """From `queries.allocations.disbursements_of`."""
    return Sheet(
        name=file_name("payments"),
        title=_("Payments"),
        top=top_lines(_("Payments in %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[
            _("For what"), _("Fund"), _("Amount (rials)"), _("How"), _("Paid to"), _("Reference of the payment"),
            _("Asked for by"), _("Approved by"), _("Paid by"), _("Paid on"), _("State"),
        ],
        rows=(_payment(one) for one in found[:ROW_CAP].iterator(chunk_size=AT_ONCE)),
    )  # fmt: skip


def cards_sheet(found: QuerySet[NeedCard], *, county: str, filtered: str, by: str) -> Sheet:
    """From `queries.cards.cards_of`."""
    return Sheet(
        name=file_name("cards"),
        title=_("Need cards"),
        top=top_lines(_("Need cards in %(county)s") % {"county": county}, filtered=filtered, by=by),
        header=[
            _("Code"), _("Title"), _("Domain"), _("Item"), _("For many needs together"), _("Taken up"), _("Written by"),
            _("Read by"), _("Published on"), _("State"),
        ],
        rows=(_card(one) for one in found[:ROW_CAP].iterator(chunk_size=AT_ONCE)),
    )  # fmt: skip


def _allocation(one: Allocation) -> Sequence[Value]:
    return [
        one.what,
        _domain(one.purpose),
        one.fund.name,
        one.amount,
        one.spent_rial,
        one.released_rial,
        one.units if one.need_id else "",
        _who(one.requested_by),
        _day(one.requested_at),
        _who(one.approved_by),
        _day(one.approved_at),
        str(AllocationState(one.state).label),
    ]


def _payment(one: Disbursement) -> Sequence[Value]:
    return [
        one.allocation.what,
        one.allocation.fund.name,
        one.amount,
        str(PayMethod(one.method).label),
        one.payee,
        one.reference,
        _who(one.requested_by),
        _who(one.approved_by),
        _who(one.paid_by),
        _day(one.paid_at),
        str(DisbursementState(one.state).label),
    ]


def _card(one: NeedCard) -> Sequence[Value]:
    return [
        one.code,
        one.title,
        _domain(one.domain),
        one.item,
        _("yes") if one.is_group else "",
        one.holds,  # type: ignore[attr-defined]  # annotated
        _who(one.written_by),
        _who(one.reviewed_by),
        _day(one.published_at),
        str(CardState(one.state).label),
    ]


def _domain(domain: str) -> str:
    return str(Domain(domain).label) if domain else _("Whatever the county needs")


def _who(user: object) -> str:
    return str(user or "")


def _day(at: datetime | None) -> str:
    return jalali.format_date(wording.day_of(at)) if at else ""
