"""What rows of the ledger's lists show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from hamafza.core import wording
from hamafza.core.parts import Text, Tone
from hamafza.ledger.choices import EntryKind, PeriodState, Restriction, TransferState
from hamafza.ledger.models import CountyTransfer, Fund, JournalEntry
from hamafza.ledger.queries.lists import Sums, sums_by_fund

PERIOD_TONES: dict[str, Tone] = {PeriodState.OPEN: "green", PeriodState.CLOSING: "orange", PeriodState.CLOSED: "grey"}
TRANSFER_TONES: dict[str, Tone] = {
    TransferState.REQUESTED: "orange",
    TransferState.APPROVED_ONCE: "blue",
    TransferState.APPROVED: "teal",
    TransferState.DONE: "green",
    TransferState.REFUSED: "red",
}
KIND_TONES: dict[str, Tone] = {
    EntryKind.RECEIPT: "green",
    EntryKind.IN_KIND_IN: "green",
    EntryKind.ALLOCATION: "blue",
    EntryKind.RELEASE: "grey",
    EntryKind.DISBURSEMENT: "orange",
    EntryKind.PURCHASE: "orange",
    EntryKind.IN_KIND_OUT: "orange",
    EntryKind.REVERSAL: "red",
    EntryKind.REFUND: "red",
}


@dataclass(frozen=True, slots=True)
class FundRow:
    """A fund with its sums."""

    url: str
    name: str
    restriction: Text
    use_by: date | None
    sums: Sums


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of the journal; ``amount`` is the sum of its debits in rial."""

    url: str
    number: int | None
    on: date
    kind: Text
    tone: Tone
    description: str
    amount: int


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A transfer as seen from one of its two counties."""

    url: str
    from_county: str
    to_county: str
    amount: int
    on: date
    state: Text
    tone: Tone


def fund_rows(funds: Sequence[Fund]) -> list[FundRow]:
    sums = sums_by_fund([fund.pk for fund in funds])
    return [
        FundRow(
            url=reverse("ledger:fund-record", args=[fund.pk]),
            name=fund.name,
            restriction=Restriction(fund.restriction).label,
            use_by=fund.use_by,
            sums=sums[fund.pk],
        )
        for fund in funds
    ]


def entry_rows(entries: Sequence[JournalEntry]) -> list[EntryRow]:
    """Of entries read with `queries.lists.with_amounts`."""
    return [
        EntryRow(
            url=reverse("ledger:entry-record", args=[entry.pk]),
            number=entry.number,
            on=entry.on,
            kind=EntryKind(entry.kind).label,
            tone=KIND_TONES.get(entry.kind, "teal"),
            description=entry.description,
            amount=entry.amount,  # type: ignore[attr-defined]  # annotated
        )
        for entry in entries
    ]


def transfer_rows(transfers: Sequence[CountyTransfer]) -> list[TransferRow]:
    return [
        TransferRow(
            url=reverse("ledger:transfer-record", args=[one.pk]),
            from_county=one.county.name,
            to_county=one.to_county.name,
            amount=one.amount,
            on=wording.day_of(one.requested_at),
            state=TransferState(one.state).label,
            tone=TRANSFER_TONES[one.state],
        )
        for one in transfers
    ]
