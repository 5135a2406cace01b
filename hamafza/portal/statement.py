"""The statement of a benefactor's gifts in a year, as she may take it herself at any time."""

from __future__ import annotations

from hamafza.core import clock
from hamafza.documents.pdf import make_pdf
from hamafza.giving.choices import ReceiptKind
from hamafza.giving.models import Benefactor, Receipt
from hamafza.giving.printed import printed_annual
from hamafza.giving.queries.annual import gifts_of_year
from hamafza.giving.queries.receipts import receipt_pdf


def statement_pdf(benefactor: Benefactor, year: int) -> bytes | None:
    """The one the office issued last, or an overview without a number; none when nothing was given that year.

    An issued one is given only while it tells of all gifts of the year.
    """
    gifts = gifts_of_year(benefactor, year)
    if not gifts:
        return None
    printed = printed_annual(benefactor, gifts, number="", on=clock.today(), year=year)
    issued = Receipt.objects.filter(
        benefactor=benefactor, kind=ReceiptKind.ANNUAL, annual_year=year, voided_at__isnull=True
    ).first()
    if issued is not None and f'"total":{printed["total"]},' in issued.printed:
        return receipt_pdf(issued)
    return make_pdf("giving/annual", {**printed, "verification": "—", "void": False})
