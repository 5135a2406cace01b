"""Receipts: their verification code, their paper, and the check that anybody may make."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from hamafza.core import wording
from hamafza.core.crypto import key_ring
from hamafza.core.scope import counties
from hamafza.documents.pdf import make_pdf, qr_svg
from hamafza.giving.choices import ReceiptKind
from hamafza.giving.codes import keyed_code, shown_code, tidy_code
from hamafza.giving.models import Donation, Receipt
from hamafza.giving.printed import hash_of
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place

_COUNTY, _YEAR, _MAC = 4, 4, 12


@dataclass(frozen=True, slots=True)
class ReceiptCheck:
    """What anybody may know of a genuine receipt: nothing of the giver. ``total`` and ``value`` of goods in rial."""

    number: str
    county: str
    kind: str
    issued_on: date
    total: int
    value: int
    is_void: bool


def verification_code(receipt: Receipt) -> str:
    """What is printed on it: county, year and number, and a keyed hash over them and the printed text."""
    said = f"receipt:{receipt.county_id}:{receipt.jalali_year}:{receipt.number}:{receipt.printed_hash}"
    mac = keyed_code(said, key=key_ring().index)
    return f"{receipt.county_id}-{receipt.jalali_year}-{receipt.number}-{shown_code(mac)}"


def check_receipt(code: str) -> ReceiptCheck | None:
    """The receipt with this verification code; None for one that was never issued, or altered.

    Opens the county that the code names, for this one row: for a page without sign-in, which must throttle.
    """
    tidy = tidy_code(code)
    county, year, number, mac = (
        tidy[:_COUNTY],
        tidy[_COUNTY : _COUNTY + _YEAR],
        tidy[_COUNTY + _YEAR : -_MAC],
        tidy[-_MAC:],
    )
    if not (county.isdigit() and year.isdigit() and number.isdigit() and len(number) < 10):
        return None
    place = Place.objects.filter(code=county, kind=PlaceKind.COUNTY).first()
    if place is None:
        return None
    with counties([county]):
        receipt = Receipt.objects.filter(county_id=county, jalali_year=int(year), number=int(number)).first()
        if receipt is None or not is_genuine(receipt):
            return None
        if not hmac.compare_digest(tidy_code(verification_code(receipt))[-_MAC:], mac):
            return None
        return _shown(receipt, place)


def is_genuine(receipt: Receipt) -> bool:
    """Whether the text that is kept is the one that was issued."""
    return hmac.compare_digest(hash_of(receipt.printed), receipt.printed_hash)


def receipt_pdf(receipt: Receipt) -> bytes:
    """The paper, from the text kept on its day: printed again, it is the same."""
    printed = json.loads(receipt.printed)
    name = "giving/receipt" if receipt.kind == ReceiptKind.EACH else "giving/annual"
    return make_pdf(name, paper_of(receipt, printed))


def paper_of(receipt: Receipt, printed: Mapping[str, Any]) -> dict[str, Any]:
    """What the template is given."""
    trace = printed.get("trace_address", "")
    return {
        **printed,
        "verification": verification_code(receipt),
        "void": bool(receipt.voided_at),
        "qr": qr_svg(trace) if trace else "",
        "trace_shown": shown_code(printed.get("trace", "")),
    }


def receipts_of(donation: Donation) -> QuerySet[Receipt]:
    """Of a gift, the newest first: one that stands at most, voided ones behind it."""
    return Receipt.objects.filter(donation=donation).select_related("issued_by", "voided_by").order_by("-issued_at")


def _shown(receipt: Receipt, place: Place) -> ReceiptCheck:
    printed = json.loads(receipt.printed)
    return ReceiptCheck(
        number=f"{receipt.jalali_year}/{receipt.number}",
        county=place.name,
        kind=str(ReceiptKind(receipt.kind).label),
        issued_on=wording.day_of(receipt.issued_at),
        total=int(printed.get("total", 0)),
        value=int(printed.get("value", 0)),
        is_void=receipt.voided_at is not None,
    )
