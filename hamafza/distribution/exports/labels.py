"""What stands on the label of a lot."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from hamafza.core import wording
from hamafza.distribution.models import Lot
from hamafza.documents.pdf import qr_svg


def lot_label(lot: Lot, *, url: str) -> dict[str, Any]:
    """``url`` is what the QR opens: the lot's page, for whoever may see it."""
    return {
        "title": lot.code,
        "code": lot.code,
        "item": lot.item.name,
        "unit": lot.item.unit,
        "expires": wording.short_date(lot.expires_on) if lot.expires_on else "",
        "since": wording.short_date(timezone.localtime(lot.created_at).date()),
        "qr": qr_svg(url),
    }
