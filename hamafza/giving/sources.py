"""What entries of giving book, for the journal: where each act has its page, and is undone."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hamafza.giving.models import Disbursement, DonationLine, Payment, Refund
from hamafza.ledger.sources import Source, register_source


def register_all() -> None:
    """When the app is ready."""
    gift, decision = "giving:donation-record", "giving:allocation-record"
    register_source("donationline", Source(_("Gift"), gift, shown_on=_gift_of_line))
    register_source("payment", Source(_("Gift"), gift, shown_on=_gift_of_payment))
    register_source("refund", Source(_("Refund"), gift, shown_on=_gift_of_refund))
    register_source("allocation", Source(_("Allocation"), decision))
    register_source("disbursement", Source(_("Payment"), decision, shown_on=_allocation_of))
    register_source("appropriation", Source(_("The government's share")))


def _gift_of_line(key: UUID) -> UUID | None:
    return DonationLine.objects.filter(pk=key).values_list("donation", flat=True).first()


def _gift_of_payment(key: UUID) -> UUID | None:
    return Payment.objects.filter(pk=key).values_list("donation", flat=True).first()


def _gift_of_refund(key: UUID) -> UUID | None:
    return Refund.objects.filter(pk=key).values_list("line__donation", flat=True).first()


def _allocation_of(key: UUID) -> UUID | None:
    return Disbursement.objects.filter(pk=key).values_list("allocation", flat=True).first()
