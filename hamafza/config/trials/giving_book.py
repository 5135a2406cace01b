"""A model of giving that is nothing but arithmetic: rial in each fund, units of each lot, promises of each need.

It asks the program for no sum. What an act moved is added here from what was asked for; after each step the program's
rows are compared with it, and every check of ``hamafza verify`` must find nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Sum

from hamafza.core import clock
from hamafza.core.scope import counties
from hamafza.distribution.choices import EntryState
from hamafza.distribution.models import Lot, LotBalance, RoundEntry
from hamafza.distribution.queries.integrity import book_faults, stock_faults
from hamafza.distribution.queries.integrity_rounds import faults_of_rounds
from hamafza.giving.choices import Channel, DonationState, GiftKind
from hamafza.giving.models import (
    Allocation,
    Disbursement,
    Donation,
    DonationLine,
    Instalment,
    Receipt,
    Refund,
    Reservation,
)
from hamafza.giving.queries.instalments import with_states
from hamafza.giving.queries.integrity import gift_faults
from hamafza.giving.queries.integrity_use import spending_faults
from hamafza.ledger.choices import Account
from hamafza.ledger.models import FiscalPeriod, FundBalance, JournalEntry, JournalLine
from hamafza.ledger.queries.integrity import prove
from hamafza.needs.models import Need

Place = tuple[UUID, UUID]
Name = TypeVar("Name")


@dataclass
class Given:
    """A gift as the model knows it. ``counts``: rial of money or units of goods, for its instalment."""

    kind: str
    amount: int
    counts: int
    instalment: UUID | None
    unidentified: bool
    #: Where it lies since it was confirmed.
    fund: UUID | None = None
    #: Rial asked back and not refused, and of these the rial paid.
    asked_back: int = 0
    paid_back: int = 0


@dataclass
class Book:
    """Money by fund, goods by lot and store, units by need, gifts by donation."""

    money: Counter[UUID] = field(default_factory=Counter)
    committed: Counter[UUID] = field(default_factory=Counter)
    value: Counter[UUID] = field(default_factory=Counter)
    #: Rial of an allocation that are neither spent nor given back.
    left: Counter[UUID] = field(default_factory=Counter)
    #: Rial of a payment whose goods are in a store.
    taken_in: Counter[UUID] = field(default_factory=Counter)
    units: Counter[UUID] = field(default_factory=Counter)
    on_hand: Counter[Place] = field(default_factory=Counter)
    worth: dict[UUID, int] = field(default_factory=dict)
    #: Units set aside, by round; and what each round holds and has delivered, by need.
    aside: Counter[UUID] = field(default_factory=Counter)
    held: Counter[UUID] = field(default_factory=Counter)
    met: Counter[UUID] = field(default_factory=Counter)
    in_rounds: dict[UUID, tuple[Counter[UUID], Counter[UUID]]] = field(default_factory=dict)
    holds: dict[UUID, tuple[UUID, int]] = field(default_factory=dict)
    gifts: dict[UUID, Given] = field(default_factory=dict)
    fulfilled: Counter[UUID] = field(default_factory=Counter)
    #: Instalments that a gift was entered for: day and quantity as they were then (P1).
    entered: dict[UUID, tuple[date, int]] = field(default_factory=dict)
    receipts: Counter[str] = field(default_factory=Counter)
    #: Closed months, with the entries they had when they were closed (F10).
    closed: dict[UUID, int] = field(default_factory=dict)

    def free(self, fund: UUID) -> int:
        return self.money[fund] - self.committed[fund]

    def to_decide(self, fund: UUID) -> int:
        """What is free and nobody waits to have back."""
        return self.free(fund) - sum(one.asked_back - one.paid_back for one in self.gifts.values() if one.fund == fund)

    def spend(self, allocation: Allocation, amount: int) -> None:
        """Paid out of a commitment; back into it when negative."""
        self.left[allocation.pk] -= amount
        self.money[allocation.fund_id] -= amount
        self.committed[allocation.fund_id] -= amount

    def put(self, lot: Lot, store: UUID, quantity: int) -> None:
        self.on_hand[lot.pk, store] += quantity

    def follow_round(self, pk: UUID, *, held: bool) -> None:
        """What a round holds and has delivered follows from where each family stands: one unit each."""
        promised: Counter[UUID] = Counter()
        met: Counter[UUID] = Counter()
        for need, state in RoundEntry.objects.filter(round=pk).values_list("need_id", "state"):
            promised[need] += held and state in (EntryState.LISTED, EntryState.ABSENT)
            met[need] += state == EntryState.DELIVERED
        self.in_rounds[pk] = promised, met


def differences(book: Book, codes: Sequence[str]) -> Iterator[str]:
    """Where the program's rows are not what the model says; nothing when they agree."""
    with counties(codes):
        yield from _money(book)
        yield from _goods(book)
        yield from _needs(book)
        yield from _gifts(book)
        yield from _hands()
        yield from _months(book)


def faults(codes: Sequence[str]) -> Iterator[str]:
    """What ``hamafza verify`` would find wrong with books, gifts, spending, stock and rounds."""
    yield from prove().faults
    with counties(codes):
        yield from gift_faults()
        yield from stock_faults()
        yield from book_faults()
    for county in codes:
        with counties([county]):
            yield from faults_of_rounds(county)
            yield from spending_faults(county, held_elsewhere=_held_by_rounds(county))


def _held_by_rounds(county: str) -> dict[UUID, int]:
    waiting = RoundEntry.objects.filter(county_id=county, state__in=[EntryState.LISTED, EntryState.ABSENT], units__gt=0)
    return dict(waiting.order_by().values("need").annotate(held=Sum("units")).values_list("need", "held"))


def _money(book: Book) -> Iterator[str]:
    kept: dict[str, Counter[UUID]] = {"money": Counter(), "committed": Counter(), "value": Counter()}
    names = {Account.BANK: ("money", 1), Account.COMMITTED: ("committed", -1), Account.STOCK: ("value", 1)}
    for fund, account, amount in FundBalance.objects.values_list("fund_id", "account", "amount"):
        if account in names:
            name, sign = names[Account(account)]
            kept[name][fund] += sign * amount
    for name, said in (("money", book.money), ("committed", book.committed), ("value", book.value)):
        yield from _unlike(f"{name} of fund", said, kept[name])
    yield from (f"fund {fund}: {book.free(fund)} free" for fund in book.money if book.free(fund) < 0)
    # F3: what a county has is what was given there or came by a transfer; no fund has changed its county.
    strayed = JournalLine.objects.exclude(fund__county_id=F("county_id")).values_list("fund", flat=True)
    yield from (f"fund {pk}: a line of another county" for pk in strayed)


def _goods(book: Book) -> Iterator[str]:
    rows = list(LotBalance.objects.values_list("lot_id", "warehouse_id", "on_hand", "reserved"))
    yield from _unlike("units of lot", book.on_hand, {(lot, store): units for lot, store, units, _held in rows})
    reserved = sum(row[3] for row in rows)
    if reserved != sum(book.aside.values()):
        yield f"{reserved} units set aside, {sum(book.aside.values())} by the model"
    yield from (
        f"lot {lot}: {held} set aside of {units}" for lot, _store, units, held in rows if not 0 <= held <= units
    )


def _needs(book: Book) -> Iterator[str]:
    held, met = Counter(book.held), Counter(book.met)
    for promised, delivered in book.in_rounds.values():
        held.update(promised)
        met.update(delivered)
    rows = list(Need.objects.values_list("pk", "reserved", "delivered", "required"))
    yield from _unlike("units promised of need", held, {pk: reserved for pk, reserved, *_rest in rows})
    yield from _unlike("units delivered of need", met, {pk: delivered for pk, _held, delivered, _all in rows})
    yield from (f"need {pk}: overfilled" for pk, held, met, required in rows if held + met > required)


def _gifts(book: Book) -> Iterator[str]:
    with_gifts = with_states(Instalment.objects.filter(pk__in=list(book.entered)), on=clock.today())
    rows = {one.pk: one for one in with_gifts}
    yield from _unlike("fulfilled of instalment", book.fulfilled, {pk: one.fulfilled for pk, one in rows.items()})
    for pk, said in book.entered.items():
        if pk not in rows or (rows[pk].due_on, rows[pk].expected) != said:
            yield f"instalment {pk}: changed or gone though a gift was entered for it"
    issued: Counter[str] = Counter(Receipt.objects.order_by().values_list("county_id", flat=True))
    yield from _unlike("receipts of", book.receipts, issued)
    rial = DonationLine.objects.filter(donation__state=DonationState.CONFIRMED, kind=GiftKind.MONEY)
    total = rial.aggregate(total=Sum("amount"))["total"] or 0
    stands = Donation.objects.filter(state=DonationState.CONFIRMED).values_list("pk", flat=True)
    by_model = sum(book.gifts[pk].amount for pk in stands if pk in book.gifts and book.gifts[pk].kind == GiftKind.MONEY)
    if total != by_model:
        yield f"confirmed gifts of money are {total}, {by_model} by the model"


def _hands() -> Iterator[str]:
    """F8: no threshold stands, so nobody has done two steps of one movement."""
    for model, steps in (
        (Allocation, ("requested_by", "approved_by")),
        (Disbursement, ("requested_by", "approved_by", "paid_by")),
        (Refund, ("requested_by", "approved_by", "paid_by")),
        (Donation, ("received_by", "confirmed_by")),
        # What was given directly is no movement of its own: its hands are those of the hold.
        (Reservation, ("delivered_by", "confirmed_by")),
    ):
        rows = model.objects.exclude(channel=Channel.DIRECT) if model is Donation else model.objects.all()
        for row in rows.values_list("pk", *(f"{step}_id" for step in steps)):
            done = [user for user in row[1:] if user is not None]
            if len(set(done)) < len(done):
                yield f"{model.__name__} {row[0]}: one person took two steps"


def _months(book: Book) -> Iterator[str]:
    for pk, had in book.closed.items():
        if entries_in(FiscalPeriod.objects.get(pk=pk)) != had:
            yield f"month {pk}: closed, and entries have come into it"


def entries_in(period: FiscalPeriod) -> int:
    """Entries dated in a month."""
    dated = JournalEntry.objects.filter(county_id=period.county_id, on__range=(period.starts_on, period.ends_on))
    return dated.count()


def _unlike(what: str, said: Mapping[Name, int], kept: Mapping[Name, int]) -> Iterator[str]:
    for name in {*said, *kept}:
        if said.get(name, 0) != kept.get(name, 0):
            yield f"{what} {name}: {kept.get(name, 0)}, by the model {said.get(name, 0)}"
