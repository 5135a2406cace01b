"""Refunds of a county: what waits for the next pair of hands."""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, Value, When

from hamafza.giving.choices import RefundState
from hamafza.giving.models import Donation, Refund

OPEN = (RefundState.REQUESTED, RefundState.APPROVED)


def refunds_in(county: str) -> QuerySet[Refund]:
    """Those that wait first, then the newest."""
    rank = Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = Refund.objects.filter(county_id=county).annotate(rank=rank)
    with_all = found.select_related("line__donation__benefactor", "requested_by", "approved_by", "paid_by")
    return with_all.order_by("rank", "-at", "-id")


def refunds_of(donation: Donation) -> QuerySet[Refund]:
    """Of one gift."""
    return Refund.objects.filter(line__donation=donation).select_related("requested_by", "approved_by").order_by("at")
