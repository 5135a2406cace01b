# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""Whether the books are whole: F1 to F4 and F10 to F12 as far as they lie in the ledger, from its first line to its last.

Entries come with their lines in one stream, in the order of the chain: a million lines take some seconds, and the
memory of one row and of the funds. Everything is worked out anew from the lines; the stored balances are compared with
it at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from hamafza.core.db import day_as_text, key_as_text, moment_as_text
from hamafza.core.integrity import Proof, told
from hamafza.core.scope import everywhere
from hamafza.ledger import triggers
from hamafza.ledger.chain import first_link, link_plain
from hamafza.ledger.choices import FREE_ACCOUNTS, Account, EntryKind, PeriodState, TransferState

AT_ONCE = 5000
FREE = frozenset(map(str, FREE_ACCOUNTS))
#: Columns of the stream: those of the entry come first, then those of the line.
COUNTY, NUMBER, HASH, PREV_HASH = 0, 1, 2, 3
SAID = slice(4, 14)
KIND, TRANSFER = 6, 11
LINE_COUNTY, LINE = 14, slice(15, 21)
L_ACCOUNT, L_FUND, L_AMOUNT = 16, 17, 18


class Books:
    """What has been counted and added up so far."""

    def __init__(self, counties: dict[str, str]) -> None:
        self.county_of = counties
        self.sums: Counter[tuple[str, str]] = Counter()
        self.last: dict[str, int] = {}
        self.entries = 0
        self.lines = 0
        self.clearing = 0


def prove() -> Proof:
    """Read every posted entry and line of every county."""
    with everywhere(reason="verify the ledger"):
        books = Books(dict(_rows(f"SELECT {_key('id')}, county_id FROM ledger_fund")))
        faults = told(_faults(books))
        looked_at = {
            "counties": len(books.last),
            "funds": len(books.county_of),
            "entries": books.entries,
            "lines": books.lines,
            "balances": len(books.sums),
        }
    return Proof(looked_at, faults)


def _faults(books: Books) -> Iterator[str]:
    yield from (f"missing_trigger: {name}" for name in triggers.faulty(connection))
    for county, rows in groupby(_stream(), key=itemgetter(COUNTY)):
        yield from _county(books, county, rows)
    yield from _balances(books)
    yield from (f"overdrawn: fund {fund}" for fund, free in _free(books).items() if free < 0)
    yield from (
        f"uncommitted: fund {fund}"
        for (fund, account), amount in books.sums.items()
        if account == Account.COMMITTED and amount > 0
    )
    if books.clearing:
        yield f"clearing: 1190 of all counties is {books.clearing} and not zero"
    for code, sql in ALONE.items():
        yield from (f"{code}: {' '.join(map(str, row))}" for row in _rows(sql))


# --- the stream ---


def _stream() -> Iterator[tuple[Any, ...]]:
    moment, day = moment_as_text(connection, "e.posted_at"), day_as_text(connection, 'e."on"')
    return _rows(
        f"""SELECT e.county_id, e.number, e.hash, e.prev_hash,
          e.number, {day}, e.kind, e.description, e.source_type, {_key("e.source_id")},
          {_key("e.reversal_of_id")}, {_key("e.transfer")}, {moment}, {_key("e.created_by_id")},
          l.county_id, l.position, l.account, {_key("l.fund_id")}, l.amount, {_key("l.counterparty_id")}, l.memo
        FROM ledger_journalentry e LEFT JOIN ledger_journalline l ON l.entry_id = e.id
        WHERE e.posted_at IS NOT NULL ORDER BY e.county_id, e.number, l.position"""
    )


def _rows(sql: str) -> Iterator[tuple[Any, ...]]:
    """Rows as they come, a few thousand at once."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while part := cursor.fetchmany(AT_ONCE):
            yield from part


def _key(column: str) -> str:
    return key_as_text(connection, column)


def _county(books: Books, county: str, rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    """The chain of one county from its first link (F11), and each entry of it."""
    before, expected = first_link(county), 1
    for number, lines in groupby(rows, key=itemgetter(NUMBER)):
        entry = list(lines)
        head = entry[0]
        about = f"{county} entry {number}"
        if number != expected:
            yield f"gap: {about} follows {expected - 1}"
        if head[PREV_HASH] != before:
            yield f"broken_chain: {about} does not follow from the one before"
        if head[HASH] != link_plain([head[PREV_HASH], *head[SAID], [row[LINE] for row in entry]]):
            yield f"tampered: {about} does not say what was sealed"
        yield from _entry(books, about, entry)
        before, expected = head[HASH], number + 1
        books.entries += 1
    books.last[county] = expected - 1


def _entry(books: Books, about: str, entry: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    """Two lines or more, zero in each fund (F1), all in the county (F3)."""
    county = entry[0][COUNTY]
    in_fund: Counter[str] = Counter()
    if len(entry) < 2:
        yield f"unbalanced: {about} has fewer than two lines"
        if entry[0][LINE_COUNTY] is None:
            return
    for row in entry:
        fund, amount = row[L_FUND], row[L_AMOUNT]
        in_fund[fund] += amount
        books.sums[fund, row[L_ACCOUNT]] += amount
        if row[LINE_COUNTY] != county or books.county_of.get(fund) != county:
            yield f"ring_fence: {about} has a line of another county"
        if row[L_ACCOUNT] == Account.CLEARING:
            books.clearing += amount
            if row[KIND] != EntryKind.TRANSFER or row[TRANSFER] is None:
                yield f"ring_fence: {about} crosses a border without a transfer"
    books.lines += len(entry)
    if any(in_fund.values()):
        yield f"unbalanced: {about} does not sum to zero in each fund"


# --- what is kept beside the lines ---


def _balances(books: Books) -> Iterator[str]:
    """Stored balances beside those worked out; one that a newer entry has written meanwhile is left out.

    A balance that knows an entry which is not there any more tells that the end of a chain was cut off.
    """
    newest = dict(_rows("SELECT county_id, max(number) FROM ledger_journalentry GROUP BY county_id"))
    kept: set[tuple[str, str]] = set()
    for fund, account, county, amount, upto in _rows(
        f"SELECT {_key('fund_id')}, account, county_id, amount, upto FROM ledger_fundbalance"
    ):
        kept.add((fund, account))
        if upto > max(newest.get(county) or 0, books.last.get(county, 0)):
            yield f"lost_tail: fund {fund} on {account} knows entry {upto} of {county}, which is not there"
        if upto <= books.last.get(county, 0) and amount != books.sums.get((fund, account), 0):
            yield f"balance: fund {fund} on {account} says {amount}, its lines {books.sums.get((fund, account), 0)}"
    yield from (f"balance: fund {fund} on {account} has none" for fund, account in books.sums.keys() - kept)


def _free(books: Books) -> Counter[str]:
    free: Counter[str] = Counter()
    for (fund, account), amount in books.sums.items():
        if account in FREE:
            free[fund] += amount
    return free


#: Faults that a query of its own finds: rows are what is said of them.
ALONE = {
    "not_mirrored": f"""SELECT DISTINCT r.county_id, r.number FROM ledger_journalentry r
      JOIN ledger_journalline l ON l.entry_id IN (r.id, r.reversal_of_id)
      WHERE r.kind = '{EntryKind.REVERSAL}' AND r.posted_at IS NOT NULL
      GROUP BY r.id, r.county_id, r.number, l.fund_id, l.account HAVING sum(l.amount) <> 0""",
    "reversed_twice": """SELECT county_id, min(number), max(number) FROM ledger_journalentry
      WHERE reversal_of_id IS NOT NULL AND posted_at IS NOT NULL GROUP BY county_id, reversal_of_id HAVING count(*) > 1""",
    "foreign_reversal": """SELECT r.county_id, r.number FROM ledger_journalentry r JOIN ledger_journalentry e ON e.id = r.reversal_of_id
      WHERE r.posted_at IS NOT NULL AND (e.county_id <> r.county_id OR e.posted_at IS NULL OR e.reversal_of_id IS NOT NULL)""",
    "in_closed_month": f"""SELECT e.county_id, e.number FROM ledger_fiscalperiod p JOIN ledger_journalentry e
      ON e.county_id = p.county_id AND e."on" BETWEEN p.starts_on AND p.ends_on
      WHERE p.state = '{PeriodState.CLOSED}' AND (e.posted_at IS NULL OR e.posted_at > p.closed_at)""",
    "half_transfer": f"""SELECT t.county_id, t.to_county_id, t.amount FROM ledger_countytransfer t
      WHERE (SELECT count(*) FROM ledger_journalentry e JOIN ledger_journalline l ON l.entry_id = e.id AND l.account = '{Account.CLEARING}'
        WHERE e.posted_at IS NOT NULL AND e.transfer = t.id
        AND ((e.id = t.entry_out AND e.county_id = t.county_id AND l.amount = t.amount AND l.fund_id = t.from_fund_id)
          OR (e.id = t.entry_in AND e.county_id = t.to_county_id AND l.amount = -t.amount AND l.fund_id = t.to_fund)))
        <> CASE WHEN t.state = '{TransferState.DONE}' THEN 2 ELSE 0 END""",
    "lone_transfer": """SELECT e.county_id, e.number FROM ledger_journalentry e LEFT JOIN ledger_countytransfer t ON t.id = e.transfer
      WHERE e.transfer IS NOT NULL AND e.posted_at IS NOT NULL AND t.id IS NULL""",
}
