"""The government's share of a county: the notices, and their sums by purpose."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from hamafza.giving.models import Appropriation
from hamafza.ledger.choices import FREE_ACCOUNTS
from hamafza.ledger.models import FundBalance


@dataclass(frozen=True, slots=True)
class PurposeSum:
    """Of one purpose (empty: any), in rial: received, and still free in its funds."""

    purpose: str
    count: int
    received: int
    free: int


def appropriations_in(county: str) -> QuerySet[Appropriation]:
    """The newest first, those taken back among them."""
    return Appropriation.objects.filter(county_id=county).select_related("by").order_by("-on", "-id")


def sums_by_purpose(county: str) -> list[PurposeSum]:
    """Two queries; the largest first."""
    rows = (
        Appropriation.objects.filter(county_id=county, reversed_at__isnull=True)
        .order_by()
        .values("purpose")
        .annotate(count=Count("pk"), received=Sum("amount"))
    )
    free = dict(
        FundBalance.objects.filter(county_id=county, fund__restriction="government", account__in=FREE_ACCOUNTS)
        .order_by()
        .values_list("fund__purpose")
        .annotate(total=Sum("amount"))
    )
    found = [PurposeSum(row["purpose"], row["count"], row["received"], free.get(row["purpose"], 0)) for row in rows]
    return sorted(found, key=lambda one: -one.received)
