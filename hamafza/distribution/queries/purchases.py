"""Payments to sellers whose goods are still to come."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from hamafza.distribution.models import Lot
from hamafza.giving.choices import DisbursementState, PayMethod
from hamafza.giving.models import Disbursement
from hamafza.ledger.choices import Account, EntryKind
from hamafza.ledger.models import JournalLine

PAID = frozenset({DisbursementState.PAID, DisbursementState.CONFIRMED})


def taken_in(payment: Disbursement) -> int:
    """Rial of a payment whose goods are in a store, as the books say."""
    lots = Lot.objects.filter(payment=payment).values("pk")
    booked = JournalLine.objects.filter(
        county_id=payment.county_id,
        account=Account.STOCK,
        entry__kind=EntryKind.PURCHASE,
        entry__source_type="lot",
        entry__source_id__in=lots,
    )
    return int(booked.aggregate(total=Sum("amount"))["total"] or 0)


def left_to_take_in(payment: Disbursement) -> int:
    """Rial of a payment for which no goods have come yet."""
    return payment.amount - taken_in(payment)


def purchases_to_come(county: str) -> QuerySet[Disbursement]:
    """Payments to sellers for goods of the office's own, of which goods may come in, the oldest first."""
    booked = (
        JournalLine.objects.filter(
            county_id=county,
            account=Account.STOCK,
            entry__kind=EntryKind.PURCHASE,
            entry__source_type="lot",
            entry__source_id__in=Lot.objects.filter(payment=OuterRef(OuterRef("pk"))).values("pk"),
        )
        .order_by()
        .values("county")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    bought = Q(state__in=sorted(PAID), method=PayMethod.SELLER, allocation__need=None)
    found = Disbursement.objects.filter(bought, county_id=county).annotate(came=Coalesce(Subquery(booked), 0))
    return found.filter(amount__gt=F("came")).select_related("allocation").order_by("id")
