"""Inside a trial's home: entries posted and the same rows written bare; a million lines made up and proved."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from hamafza.accounts.queries.actors import system_actor
from hamafza.audit import triggers as audit_triggers
from hamafza.core.bulk import insert_all
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties, everywhere
from hamafza.ledger import postings, triggers
from hamafza.ledger.chain import first_link, link
from hamafza.ledger.choices import EntryKind, Restriction
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.models import Fund, JournalEntry, JournalLine
from hamafza.ledger.postings import Posting
from hamafza.ledger.queries.integrity import prove
from hamafza.needs.choices import Domain
from hamafza.registry.choices import TargetGroup

COUNTY = "2313"
COUNTIES = ("2313", "2306", "1002", "1010")
DAY = date(2026, 4, 21)
AMOUNT = 5_000_000
#: Lines of a gift, a decision and a payment.
LINES_A_TURN = 8
AT_ONCE = 3000
TABLES = ("ledger_journalentry", "ledger_journalline")
WARM_UP = 20


def post_and_compare(entries: int) -> dict[str, Any]:
    """Entries through `post_entry`, with audit, triggers and chain; then the same rows into naked copies of their tables."""
    by, fund = system_actor("bench"), _funds(COUNTY)[0]
    with counties([COUNTY]):
        acts = _acts(fund.pk)
        for _turn in range(WARM_UP):
            _post(next(acts), by)
        begun = time.monotonic()
        for _entry in range(entries):
            _post(next(acts), by)
        posting = time.monotonic() - begun
        bare = _bare_seconds(WARM_UP, entries)
    return {
        "entries": entries,
        "posted_per_second": round(entries / posting),
        "bare_per_second": round(entries / bare),
        "ratio_to_bare": round(posting / bare, 1),
    }


def _post(act: tuple[EntryKind, list[Posting]], by: Any) -> None:
    post_entry(COUNTY, kind=act[0], on=DAY, lines=act[1], source=("bench", uuid7()), by=by)


def _acts(fund: UUID) -> Iterator[tuple[EntryKind, list[Posting]]]:
    """A gift, a decision, a payment, and again."""
    while True:
        yield EntryKind.RECEIPT, postings.money_in(fund, AMOUNT)
        yield EntryKind.ALLOCATION, postings.committed(fund, AMOUNT)
        yield EntryKind.DISBURSEMENT, postings.paid(fund, AMOUNT)


def _funds(county: str) -> list[Fund]:
    with counties([county]):
        return [
            Fund.objects.create(
                county_id=county,
                name=f"{domain} {group}",
                restriction=Restriction.PURPOSE,
                purpose=domain,
                target_group=group,
            )
            for domain in (Domain.JOB, Domain.LIVELIHOOD)
            for group in TargetGroup.values
        ]


def _bare_seconds(left: int, entries: int) -> float:
    """The rows of the last ``entries``, one transaction for each entry, without index, constraint, trigger or check."""
    rows = [_rows_of(TABLES[0], f"WHERE number > {left} ORDER BY number"), _rows_of(TABLES[1], "")]
    entry_key, line_entry = (_column(table, name) for table, name in zip(TABLES, ("id", "entry_id"), strict=True))
    lines: dict[Any, list[Sequence[Any]]] = {}
    for row in rows[1]:
        lines.setdefault(row[line_entry], []).append(row)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE bare_{table} AS SELECT * FROM {table} WHERE 1 = 0")
        into = [
            f"INSERT INTO bare_{table} VALUES ({', '.join(['%s'] * len(of[0]))})"
            for table, of in zip(TABLES, rows, strict=True)
        ]
        begun = time.monotonic()
        for row in rows[0][:entries]:
            with transaction.atomic():
                cursor.execute(into[0], row)
                cursor.executemany(into[1], lines[row[entry_key]])
        return time.monotonic() - begun


def _rows_of(table: str, rest: str) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} {rest}")
        return list(cursor.fetchall())


def _column(table: str, name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE 1 = 0")
        return [column[0] for column in cursor.description].index(name)


# --- proving ---


def prove_many(lines: int) -> dict[str, Any]:
    """Books of four counties made up beside the triggers, as whole as posted ones, then proved."""
    with everywhere(reason="bench the ledger"):
        _triggers_off()
        for county in COUNTIES:
            _write_books(county, turns=lines // LINES_A_TURN // len(COUNTIES))
        _write_balances()
        _triggers_on()
        begun, worked, before = time.monotonic(), time.process_time(), _peak_mb()
        proof = prove()
        seconds, worked = time.monotonic() - begun, time.process_time() - worked
    if proof.faults:
        raise RuntimeError(f"books that should be whole are not: {proof.faults[:3]}")
    return {
        "verified_entries": proof.looked_at["entries"],
        "verified_lines": proof.looked_at["lines"],
        "verify_seconds": round(seconds, 2),
        "verify_cpu_seconds": round(worked, 2),
        "verify_grew_mb": round(_peak_mb() - before, 1),
    }


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _write_books(county: str, *, turns: int) -> None:
    funds, before, number = _funds(county), first_link(county), 0
    acts = [_acts(fund.pk) for fund in funds]
    entries: list[JournalEntry] = []
    lines: list[JournalLine] = []
    for turn in range(turns):
        for _step in range(3):
            number += 1
            kind, said = next(acts[turn % len(acts)])
            entry, own = _sealed(county, number, before, kind, said)
            before = entry.hash
            entries.append(entry)
            lines.extend(own)
        if len(entries) >= AT_ONCE or turn == turns - 1:
            with transaction.atomic():
                insert_all(entries)
                insert_all(lines)
            entries, lines = [], []


def _sealed(
    county: str, number: int, before: str, kind: EntryKind, said: list[Posting]
) -> tuple[JournalEntry, list[JournalLine]]:
    entry = JournalEntry(
        county_id=county, number=number, on=DAY + timedelta(days=number % 150), kind=kind, source_type="bench",
        source_id=uuid7(), posted_at=timezone.now(), prev_hash=before,
    )  # fmt: skip
    lines = [
        JournalLine(
            county_id=county, entry=entry, position=place, account=one.account, fund_id=one.fund, amount=one.amount
        )
        for place, one in enumerate(said, start=1)
    ]
    head = (
        number, entry.on, str(kind), "", "bench", entry.source_id, None, None, entry.posted_at, None,
    )  # fmt: skip
    entry.hash = link(
        before,
        head,  # type: ignore[arg-type]  # posted_at is set
        [(line.position, line.account, line.fund_id, line.amount, None, "") for line in lines],
    )
    return entry, lines


def _write_balances() -> None:
    key = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO ledger_fundbalance (id, county_id, fund_id, account, amount, upto)
            SELECT {key}, l.county_id, l.fund_id, l.account, sum(l.amount), max(e.number)
            FROM ledger_journalline l JOIN ledger_journalentry e ON e.id = l.entry_id
            GROUP BY l.county_id, l.fund_id, l.account"""
        )


def _triggers_off() -> None:
    if connection.vendor == "sqlite":
        triggers.remove(connection)
        audit_triggers.drop_for(connection, [*TABLES])
        return
    with connection.cursor() as cursor:
        for table in (*TABLES, "ledger_fundbalance"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def _triggers_on() -> None:
    if connection.vendor == "sqlite":
        triggers.install(connection)
        audit_triggers.install(connection)
        return
    with connection.cursor() as cursor:
        for table in (*TABLES, "ledger_fundbalance"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("ANALYZE ledger_journalentry, ledger_journalline")
