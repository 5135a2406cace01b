"""Funds, entries and transfers for tests. A factory opens the county it writes to; the test opens what it reads."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.scope import counties
from hamafza.ledger import postings
from hamafza.ledger.chain import first_link
from hamafza.ledger.choices import Account, EntryKind, Restriction, TransferState
from hamafza.ledger.commands.funds import Bounds, fund_for
from hamafza.ledger.commands.periods import period_of
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.models import CountyTransfer, Fund, FundMove, JournalEntry, JournalLine, TransferAllowance
from hamafza.ledger.postings import Posting
from hamafza.ledger.queries.books import last_entry
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY, make_places

SYSTEM = Actor(name="test")
_days = count(1)


def a_fund(county: str = COUNTY, *, rial: int = 0, **bounds: Any) -> Fund:
    """A fund of its own (each time with another last day, unless bounds are given), with ``rial`` in the bank."""
    make_places()
    bounds = bounds or {"use_by": date(2100, 1, 1) + timedelta(days=next(_days))}
    with counties([county]):
        fund = fund_for(county, Bounds(**{"restriction": Restriction.UNRESTRICTED, **bounds}), by=SYSTEM)
    if rial:
        put_in(fund, rial)
    return fund


def put_in(fund: Fund, rial: int, *, on: date | None = None) -> JournalEntry:
    """A gift in money, posted."""
    return posted(fund.county_id, postings.money_in(fund.pk, rial), kind=EntryKind.RECEIPT, on=on)


def posted(
    county: str, lines: list[Posting], *, kind: EntryKind = EntryKind.RECEIPT, on: date | None = None, **more: Any
) -> JournalEntry:
    """A posted entry."""
    with counties([county]):
        return post_entry(
            county,
            kind=kind,
            on=on or clock.today(),
            lines=lines,
            **{"source": ("test", uuid4()), "by": SYSTEM, **more},
        )


def draft(
    fund: Fund, *amounts: int, kind: str = EntryKind.RECEIPT, on: date | None = None, **fields: Any
) -> JournalEntry:
    """An entry with lines on the bank of one fund that is not sealed."""
    with counties([fund.county_id]):
        entry = JournalEntry.objects.create(
            county_id=fund.county_id, on=on or clock.today(), kind=kind, source_type="test", source_id=uuid4(), **fields
        )
        for position, amount in enumerate(amounts, start=1):
            add_line(entry, position, amount, fund=fund.pk)
    return entry


def add_line(
    entry: JournalEntry, position: int, amount: int, *, fund: UUID, account: str = Account.BANK
) -> JournalLine:
    """A line of a draft."""
    return JournalLine.objects.create(
        county_id=entry.county_id, entry=entry, position=position, account=account, fund_id=fund, amount=amount
    )


def next_seal(county: str = COUNTY) -> dict[str, Any]:
    """What an entry would get that is sealed now: number, prev_hash, hash."""
    with counties([county]):
        before = last_entry(county)
    return {
        "number": (before.number or 0) + 1 if before else 1,
        "prev_hash": before.hash if before else first_link(county),
        "hash": uuid4().hex * 2,
    }


def an_allowance(province: str = COUNTY[:2]) -> TransferAllowance:
    """A province allows transfers for a year from today."""
    make_places()
    today = clock.today()
    return TransferAllowance.objects.create(
        province=Place.objects.get(code=province),
        valid_from=today,
        valid_to=today + timedelta(days=365),
        basis="Letter 12",
    )


def a_transfer(
    fund: Fund, to: Fund | None = None, *, rial: int = 100, approved: bool = False, consent: str = "I agree."
) -> CountyTransfer:
    """A request to send money to the sister county, approved by two when asked."""
    to = to or a_fund(SISTER_COUNTY)
    with counties([fund.county_id, to.county_id]):
        transfer = CountyTransfer.objects.create(
            county_id=fund.county_id,
            from_fund=fund,
            to_county_id=to.county_id,
            to_fund=to.pk,
            amount=rial,
            reason="Flood",
            consent=consent,
            consent_on=clock.today(),
            allowance=an_allowance(),
            requested_by_id=make_actor(Role.COUNTY_HEAD, fund.county_id).user_id,
        )
        if approved:
            approve(transfer)
    return transfer


def approve(transfer: CountyTransfer) -> None:
    """Approve as two different people."""
    transfer.first_by_id, transfer.state = make_actor(Role.PROVINCE_DIRECTOR).user_id, TransferState.APPROVED_ONCE
    transfer.save()
    transfer.second_by_id, transfer.state = make_actor(Role.COUNTY_HEAD).user_id, TransferState.APPROVED
    transfer.save()


def books_of_each(*, county: str = COUNTY, word: str = "") -> dict[str, Any]:
    """For walks over every page: a fund, an entry, a month and a transfer. ``word`` stands in every text.

    The transfer goes to a county of the province in which nobody works, so that it is of one county alone.
    """
    fund = a_fund(county, rial=50_000_000, restriction=Restriction.PURPOSE, purpose="education")
    there = Place.objects.get_or_create(
        code=f"{county[:2]}98",
        defaults={"kind": PlaceKind.COUNTY, "parent_id": county[:2], "name_fa": "دماوند", "name_en": "Damavand"},
    )[0]
    lines, today = postings.committed(fund.pk, 1_000_000), clock.today()
    with counties([county, there.code]):
        target = fund_for(there.code, Bounds(Restriction.PURPOSE, purpose="education"), by=SYSTEM)
        transfer = CountyTransfer.objects.create(
            county_id=county, from_fund=fund, to_county=there, to_fund=target.pk, amount=9_000_000,
            reason=f"{word} سیل".strip(), consent=f"{word} رضایت دارم".strip(), consent_on=today,
            allowance=an_allowance(county[:2]), requested_by_id=make_actor(Role.COUNTY_HEAD, county).user_id,
        )  # fmt: skip
        month = period_of(county, on=today - timedelta(days=40))
        narrower = fund_for(county, Bounds(Restriction.PURPOSE, purpose="education", use_by=today), by=SYSTEM)
        move = FundMove.objects.create(
            county_id=county, source=fund, target=narrower, amount=2_000_000, reason=f"{word} مازاد".strip(),
            requested_by_id=transfer.requested_by_id,
        )  # fmt: skip
    entry = posted(county, lines, kind=EntryKind.ALLOCATION, description=f"{word} تخصیص".strip())
    return {"fund": fund, "journal_entry": entry, "books_month": month, "transfer": transfer, "fund_move": move}
