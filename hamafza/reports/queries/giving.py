"""What came in and what reached families: from the sums that the database keeps with each entry, and the kept numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from hamafza.ledger.choices import FREE_ACCOUNTS, Account, Restriction
from hamafza.ledger.models import FundBalance

RECEIVED = (Account.GIFTS, Account.GIFTS_IN_KIND, Account.GOVERNMENT)
DELIVERED = (Account.AID_MONEY, Account.AID_GOODS)


@dataclass(frozen=True, slots=True)
class GivingFigures:
    """Rials since the books of a county began: of the people, or of the state.

    ``allocated`` is decided and not yet paid; ``stored`` lies in stock, at its value; ``free`` may be decided on.
    """

    received: int = 0
    allocated: int = 0
    stored: int = 0
    delivered: int = 0
    free: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.received or self.delivered)


def giving_figures(county: str) -> tuple[GivingFigures, GivingFigures]:
    """Of the people and of the state, in the open county's funds. One query over a row a fund and account."""
    rows = FundBalance.objects.filter(county_id=county).order_by().values_list("fund__restriction", "account")
    sums: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for restriction, account, amount in rows.annotate(total=Sum("amount")):
        sums[restriction == Restriction.GOVERNMENT][account] += amount
    return _figures(sums[False]), _figures(sums[True])


def _figures(of: Counter[str]) -> GivingFigures:
    return GivingFigures(
        received=-sum(of[account] for account in RECEIVED),
        allocated=-of[Account.COMMITTED],
        stored=of[Account.STOCK],
        delivered=sum(of[account] for account in DELIVERED),
        free=sum(of[account] for account in FREE_ACCOUNTS),
    )
