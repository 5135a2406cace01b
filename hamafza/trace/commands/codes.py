"""Codes on receipts and transfers in public: what may be found from outside, written when it happens."""

from __future__ import annotations

from hamafza.core import clock, wording
from hamafza.giving.models import Donation
from hamafza.ledger.models import CountyTransfer
from hamafza.trace.models import PublishedTransfer, TraceCode
from hamafza.trace.queries.codes import index_of


def write_code(donation: Donation) -> TraceCode:
    """Let the gift be found by its code; once, however often it is asked."""
    return TraceCode.objects.get_or_create(
        donation=donation.pk,
        defaults={"code_index": index_of(donation.trace_code), "county_id": donation.county_id},
    )[0]


def publish_transfer(transfer: CountyTransfer) -> PublishedTransfer:
    """Show a transfer between counties to everybody; the giver's consent and the approvers' names stay inside."""
    return PublishedTransfer.objects.get_or_create(
        transfer=transfer.pk,
        defaults={
            "from_county_id": transfer.county_id,
            "to_county_id": transfer.to_county_id,
            "amount": transfer.amount,
            "purpose": transfer.from_fund.purpose,
            "reason": transfer.reason,
            "basis": transfer.allowance.basis,
            "on": wording.day_of(transfer.done_at) if transfer.done_at else clock.today(),
        },
    )[0]
