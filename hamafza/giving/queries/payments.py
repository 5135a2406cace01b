"""Payments at the gateway."""

from __future__ import annotations

from hamafza.giving.models import Payment


def payment_by_token(county: str, token: str) -> Payment | None:
    """The payment with this secret token, in a county that is open."""
    return Payment.objects.filter(county_id=county, token=token).select_related("donation").first()
