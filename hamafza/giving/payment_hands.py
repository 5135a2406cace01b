"""Who has had a hand in a payment before its next step: command and page ask the same (F8)."""

from __future__ import annotations

from uuid import UUID

from hamafza.giving.choices import DisbursementState
from hamafza.giving.models import Disbursement


def hands_before(payment: Disbursement) -> set[UUID | None]:
    """By its present state; hands of the decision behind it count as hands in the payment.

    Whoever approved the decision may approve its payments too, that is one duty; asking is another one.
    """
    decision = payment.allocation
    asked = {decision.requested_by_id, payment.requested_by_id}
    if payment.state == DisbursementState.REQUESTED:
        return asked
    return asked | {decision.approved_by_id, payment.approved_by_id, payment.paid_by_id}
