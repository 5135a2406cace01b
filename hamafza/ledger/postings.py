"""Which accounts each movement touches: the one place that knows debit from credit. Pure; amounts in rial."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hamafza.ledger.choices import Account

A = Account


@dataclass(frozen=True, slots=True)
class Posting:
    """A line to be written: a debit is positive, a credit negative."""

    account: Account
    fund: UUID
    amount: int
    counterparty: UUID | None = None
    memo: str = ""


def money_in(fund: UUID, amount: int, *, into: Account = A.BANK, source: Account = A.GIFTS) -> list[Posting]:
    """A gift, or the government's share (``source=Account.GOVERNMENT``), has come in."""
    return [Posting(into, fund, amount), Posting(source, fund, -amount)]


def gateway_settled(fund: UUID, amount: int, *, fee: int = 0) -> list[Posting]:
    """The gateway has paid out what was on its way, less its fee."""
    settled = [Posting(A.BANK, fund, amount - fee), Posting(A.GATEWAY, fund, -amount)]
    return [*settled, Posting(A.FEES, fund, fee)] if fee else settled


def committed(fund: UUID, amount: int) -> list[Posting]:
    """Decided for a need or a purchase: no longer free."""
    return [Posting(A.RELEASED, fund, amount), Posting(A.COMMITTED, fund, -amount)]


def released(fund: UUID, amount: int) -> list[Posting]:
    """A commitment is given back to its fund."""
    return [Posting(A.COMMITTED, fund, amount), Posting(A.RELEASED, fund, -amount)]


def paid(fund: UUID, amount: int, *, cost: Account = A.AID_MONEY, payee: UUID | None = None) -> list[Posting]:
    """A commitment is paid out of the bank: as aid, or as logistics."""
    return [
        Posting(A.COMMITTED, fund, amount),
        Posting(A.BANK, fund, -amount, counterparty=payee),
        Posting(cost, fund, amount),
        Posting(A.RELEASED, fund, -amount),
    ]


def stocked(fund: UUID, amount: int) -> list[Posting]:
    """What a seller was paid for is in stock now, and no aid yet."""
    return [Posting(A.STOCK, fund, amount), Posting(A.AID_MONEY, fund, -amount)]


def goods_in(fund: UUID, value: int) -> list[Posting]:
    """A gift in kind has come in, at its value."""
    return [Posting(A.STOCK, fund, value), Posting(A.GIFTS_IN_KIND, fund, -value)]


def goods_out(fund: UUID, value: int) -> list[Posting]:
    """Goods have reached households, at their value; with a negative value they came back."""
    return [Posting(A.AID_GOODS, fund, value), Posting(A.STOCK, fund, -value)]


def goods_lost(fund: UUID, value: int) -> list[Posting]:
    """Goods are spoilt, expired or missing: no aid to anybody. With a negative value they turned up."""
    return [Posting(A.LOST, fund, value), Posting(A.STOCK, fund, -value)]


def refunded(fund: UUID, amount: int) -> list[Posting]:
    """A gift, or part of it, goes back to its giver."""
    return [Posting(A.GIFTS, fund, amount), Posting(A.BANK, fund, -amount)]


def between_funds(source: UUID, target: UUID, amount: int) -> list[Posting]:
    """From one fund to another of the same county; each fund's lines sum to zero."""
    return [
        Posting(A.BETWEEN_FUNDS, source, amount),
        Posting(A.BANK, source, -amount),
        Posting(A.BANK, target, amount),
        Posting(A.BETWEEN_FUNDS, target, -amount),
    ]


def sent_to_county(fund: UUID, amount: int) -> list[Posting]:
    """The half of a transfer between counties that stands in the giving county's books."""
    return [Posting(A.CLEARING, fund, amount), Posting(A.BANK, fund, -amount)]


def come_from_county(fund: UUID, amount: int) -> list[Posting]:
    """The half that stands in the receiving county's books."""
    return [Posting(A.BANK, fund, amount), Posting(A.CLEARING, fund, -amount)]
