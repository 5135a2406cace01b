"""Receipts: numbers without gap, the printed text kept and hashed; voided and issued anew, never changed (F7)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.core.jalali import to_jalali
from hamafza.documents.commands.number import Number, next_number
from hamafza.giving.choices import DonationState, ReceiptKind, RefundState
from hamafza.giving.models import Benefactor, Donation, Receipt, Refund
from hamafza.giving.printed import Printed, as_text, hash_of, printed_annual, printed_receipt
from hamafza.giving.queries.annual import gifts_of_year

SERIES = "receipt"


@transaction.atomic
def issue_receipt(donation: Donation, *, by: Actor) -> Receipt:
    """The receipt of a confirmed gift; the one that stands already when there is one."""
    require(by, Permission.CONFIRM_GIFTS, place=donation.county_id)
    return write_receipt(donation, by=by)


@transaction.atomic
def write_receipt(donation: Donation, *, by: Actor) -> Receipt:
    """The same within a command that has asked for a right of its own (a refund)."""
    if donation.state != DonationState.CONFIRMED:
        raise Refusal(_("A receipt is issued for a confirmed gift only."), code="not_confirmed")
    standing = donation.receipts.filter(kind=ReceiptKind.EACH, voided_at__isnull=True).first()
    if standing is not None:
        return standing
    today = clock.today()
    number = next_number(donation.county_id, SERIES, on=today)
    lines = list(donation.lines.select_related("item", "instalment").order_by("pk"))
    back = _paid_back(donation)
    left = {line.pk: line.amount - back.get(line.pk, 0) for line in lines}
    printed = printed_receipt(donation, lines, number=_shown(number), on=today, left=left)
    return _keep(number, printed, county=donation.county_id, by=by, donation=donation, benefactor=donation.benefactor)


@transaction.atomic
def void_receipt(receipt: Receipt, *, reason: str, by: Actor) -> Receipt:
    """It does not count any more; its number stays, and whoever checks it is told."""
    require(by, Permission.CONFIRM_GIFTS, place=receipt.county_id)
    held = Receipt.objects.select_for_update().get(pk=receipt.pk)
    if held.voided_at is not None:
        return held
    return _void(held, reason=reason, by=by)


def void_standing(donation: Donation, *, reason: str, by: Actor) -> None:
    """Void the receipt of a gift that stands, if one does, within a command that undoes or changes the gift.

    The statement of its year, which counts it, is void too.
    """
    year = to_jalali(donation.received_on).year
    counts_it = Q(kind=ReceiptKind.EACH, donation=donation)
    if donation.benefactor_id:
        counts_it |= Q(kind=ReceiptKind.ANNUAL, benefactor=donation.benefactor_id, annual_year=year)
    standing = Receipt.objects.filter(counts_it, county_id=donation.county_id, voided_at__isnull=True)
    for receipt in standing.select_for_update().order_by("pk"):
        _void(receipt, reason=reason, by=by)


@transaction.atomic
def issue_annual(benefactor: Benefactor, *, year: int, by: Actor) -> Receipt:
    """The statement of a Jalali year; when nothing has changed since the last one, that one, else that one is void."""
    require(by, Permission.CONFIRM_GIFTS, place=benefactor.county_id)
    benefactor = Benefactor.objects.select_for_update(no_key=True).get(pk=benefactor.pk)
    gifts = gifts_of_year(benefactor, year)
    if not gifts:
        raise Refusal(_("No confirmed gift of this benefactor lies in that year."), code="no_gifts", field="year")
    today = clock.today()
    standing = benefactor.receipts.filter(kind=ReceiptKind.ANNUAL, annual_year=year, voided_at__isnull=True)
    last = standing.select_for_update().first()
    if last is not None:
        again = printed_annual(
            benefactor, gifts, number=f"{last.jalali_year}/{last.number}", on=wording.day_of(last.issued_at), year=year
        )
        if hash_of(as_text(again)) == last.printed_hash:
            return last
        _void(last, reason=_("A newer statement of the same year is issued."), by=by)
    number = next_number(benefactor.county_id, SERIES, on=today)
    printed = printed_annual(benefactor, gifts, number=_shown(number), on=today, year=year)
    return _keep(number, printed, county=benefactor.county_id, by=by, benefactor=benefactor, annual_year=year)


def _keep(
    number: Number,
    printed: Printed,
    *,
    county: str,
    by: Actor,
    benefactor: Benefactor | None,
    donation: Donation | None = None,
    annual_year: int | None = None,
) -> Receipt:
    text = as_text(printed)
    receipt = Receipt(
        county_id=county,
        number=number.number,
        jalali_year=number.jalali_year,
        kind=ReceiptKind.EACH if annual_year is None else ReceiptKind.ANNUAL,
        annual_year=annual_year,
        donation=donation,
        benefactor=benefactor,
        printed=text,
        printed_hash=hash_of(text),
        issued_at=clock.now(),
        issued_by_id=by.user_id,
    )
    receipt.save(force_insert=True)
    return receipt


def _void(receipt: Receipt, *, reason: str, by: Actor) -> Receipt:
    if not reason.strip():
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    receipt.voided_at, receipt.voided_by_id, receipt.void_reason = clock.now(), by.user_id, reason.strip()[:200]
    receipt.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return receipt


def _paid_back(donation: Donation) -> dict[UUID, int]:
    rows = Refund.objects.filter(line__donation=donation, state=RefundState.PAID).order_by()
    return dict(rows.values("line").annotate(total=Sum("amount")).values_list("line", "total"))


def _shown(number: Number) -> str:
    return f"{number.jalali_year}/{number.number}"
