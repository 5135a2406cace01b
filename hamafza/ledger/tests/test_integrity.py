"""`hamafza verify` finds what somebody with the database's own tools has done to the books."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.scope import everywhere
from hamafza.ledger import postings
from hamafza.ledger.choices import EntryKind, PeriodState
from hamafza.ledger.commands.periods import period_of
from hamafza.ledger.commands.post import reverse_entry
from hamafza.ledger.commands.transfers import execute_transfer
from hamafza.ledger.models import JournalEntry
from hamafza.ledger.queries.integrity import prove
from hamafza.ledger.tests.factories import SYSTEM, a_fund, a_transfer, posted, put_in
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY

#: Only the rules are taken off, as somebody would who owns the database; PostgreSQL's foreign keys stay.
OFF = {
    "sqlite": "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'hamafza\\_ledger\\_%' ESCAPE '\\'",
    "postgresql": "SELECT format('DROP TRIGGER %I ON %I', tgname, tgrelid::regclass) FROM pg_trigger WHERE tgname LIKE 'hamafza\\_ledger\\_%'",
}


@pytest.fixture(autouse=True)
def _all_counties_open(places: dict[str, Place]) -> Iterator[None]:
    with everywhere(reason="tampering"):
        yield


@pytest.fixture
def books() -> dict[str, Any]:
    """A gift, a commitment that was paid, a reversal and a transfer."""
    fund = a_fund(rial=1000)
    posted(COUNTY, postings.committed(fund.pk, 60), kind=EntryKind.ALLOCATION)
    paid = posted(COUNTY, postings.paid(fund.pk, 60), kind=EntryKind.DISBURSEMENT, description="پرداخت")
    reversal = reverse_entry(put_in(fund, 7), on=clock.today(), reason="Typed twice", by=make_actor(Role.ACCOUNTANT))
    transfer = execute_transfer(a_transfer(fund, rial=100, approved=True), by=SYSTEM)
    return {"fund": fund.pk, "paid": paid.pk, "reversal": reversal.pk, "transfer": transfer.pk}


def codes() -> set[str]:
    return {fault.partition(":")[0] for fault in prove().faults} - {"missing_trigger"}


def tamper(sql: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE") if connection.vendor == "postgresql" else None
        cursor.execute(OFF[connection.vendor])
        for (drop,) in cursor.fetchall():
            cursor.execute(drop)
        prepared = {name: _prepared(value) for name, value in values.items()}
        cursor.execute(sql, prepared)


def _prepared(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) and connection.vendor == "sqlite" else value


def test_sound_books_are_counted(books: dict[str, Any]) -> None:
    proof = prove()
    assert proof.faults == []
    assert proof.looked_at == {"counties": 2, "funds": 2, "entries": 7, "lines": 16, "balances": 8}


def test_empty_books_are_sound() -> None:
    assert prove().looked_at["lines"] == 0


TAMPERINGS = {
    "amount": (
        "UPDATE ledger_journalline SET amount = 2 * amount WHERE entry_id = %(paid)s",
        {"tampered", "balance", "uncommitted"},
    ),
    "one amount": (
        "UPDATE ledger_journalline SET amount = amount + 1 WHERE entry_id = %(paid)s AND position = 1",
        {"tampered", "unbalanced", "balance", "uncommitted"},
    ),
    "account": (
        "UPDATE ledger_journalline SET account = '5300' WHERE entry_id = %(paid)s AND account = '5100'",
        {"tampered", "balance"},
    ),
    "memo": ("UPDATE ledger_journalline SET memo = 'x' WHERE entry_id = %(paid)s AND position = 2", {"tampered"}),
    "date": ("UPDATE ledger_journalentry SET \"on\" = '2020-01-01' WHERE id = %(paid)s", {"tampered"}),
    "words": ("UPDATE ledger_journalentry SET description = 'x' WHERE id = %(paid)s", {"tampered"}),
    "moment": ("UPDATE ledger_journalentry SET posted_at = created_at WHERE id = %(paid)s", {"tampered"}),
    "poster": ("UPDATE ledger_journalentry SET created_by_id = NULL WHERE id = %(reversal)s", {"tampered"}),
    "link": (
        "UPDATE ledger_journalentry SET prev_hash = 'x' WHERE id = %(paid)s",
        {"tampered", "broken_chain"},
    ),
    "own hash": ("UPDATE ledger_journalentry SET hash = prev_hash WHERE id = %(paid)s", {"tampered", "broken_chain"}),
    "number": ("UPDATE ledger_journalentry SET number = 99 WHERE id = %(paid)s", {"tampered", "broken_chain", "gap"}),
    "balance": (
        "UPDATE ledger_fundbalance SET amount = amount + 1 WHERE fund_id = %(fund)s AND account = '1100'",
        {"balance"},
    ),
    "no balance": ("DELETE FROM ledger_fundbalance WHERE fund_id = %(fund)s AND account = '1100'", {"balance"}),
    "county of fund": (
        "UPDATE ledger_fund SET county_id = '1002' WHERE id = %(fund)s",
        {"ring_fence"},
    ),
    "county of lines": ("UPDATE ledger_journalline SET county_id = '1002' WHERE entry_id = %(paid)s", {"ring_fence"}),
    "transfer undone": (
        "UPDATE ledger_countytransfer SET state = 'approved' WHERE id = %(transfer)s",
        {"half_transfer"},
    ),
    "amount of transfer": ("UPDATE ledger_countytransfer SET amount = 5 WHERE id = %(transfer)s", {"half_transfer"}),
    "reversal of another": (
        "UPDATE ledger_journalentry SET reversal_of_id = %(paid)s WHERE id = %(reversal)s",
        {"tampered", "not_mirrored"},
    ),
}


@pytest.mark.parametrize(("sql", "found"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_what_was_done_to_the_books_is_found(books: dict[str, Any], sql: str, found: set[str]) -> None:
    tamper(sql, **{name: value for name, value in books.items() if f"%({name})s" in sql})
    assert codes() == found


def test_line_that_was_removed_or_put_in_is_found(books: dict[str, Any]) -> None:
    tamper("DELETE FROM ledger_journalline WHERE entry_id = %(paid)s AND position = 4", paid=books["paid"])
    assert codes() == {"tampered", "unbalanced", "balance"}


def test_last_entry_that_was_removed_leaves_its_balance(books: dict[str, Any]) -> None:
    last = put_in(a_fund(SISTER_COUNTY), 5)
    tamper("DELETE FROM ledger_journalline WHERE entry_id = %(last)s", last=last.pk)
    tamper("DELETE FROM ledger_journalentry WHERE id = %(last)s", last=last.pk)
    assert codes() == {"lost_tail"}


def test_entry_smuggled_into_a_closed_month_is_found(books: dict[str, Any]) -> None:
    period = period_of(COUNTY, on=clock.today())
    period.state, period.closed_at, period.closed_by_id = PeriodState.CLOSED, timezone.now(), make_actor().user_id
    period.save()
    draft = JournalEntry.objects.create(
        county_id=COUNTY, on=clock.today(), kind=EntryKind.RECEIPT, source_type="test", source_id=uuid4()
    )
    assert draft.posted_at is None
    assert codes() == {"in_closed_month"}


def test_missing_trigger_is_named(books: dict[str, Any]) -> None:
    tamper("SELECT 1")
    assert all(fault.startswith("missing_trigger") for fault in prove().faults)
    assert prove().faults
