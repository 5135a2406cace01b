"""The database itself refuses what breaks the books: by raw SQL, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.scope import everywhere
from hamafza.ledger import postings, triggers
from hamafza.ledger.choices import Account, EntryKind, PeriodState, Restriction, TransferState
from hamafza.ledger.commands.periods import period_of
from hamafza.ledger.commands.post import post_entry, reverse_entry
from hamafza.ledger.models import Fund, FundBalance, JournalEntry, JournalLine
from hamafza.ledger.queries.funds import free_of
from hamafza.ledger.receivers import clear_the_way, install_triggers
from hamafza.ledger.tests.factories import (
    SYSTEM,
    a_fund,
    a_transfer,
    add_line,
    draft,
    next_seal,
    posted,
    put_in,
)
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, SISTER_COUNTY

ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL replaces no row")
ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")


@pytest.fixture(autouse=True)
def _all_counties_open(places: dict[str, Place]) -> Any:
    """So that a refusal is the trigger's and not the wall's."""
    with everywhere(reason="raw SQL"):
        yield


def prepared(value: Any) -> Any:
    if isinstance(value, UUID) and connection.vendor == "sqlite":
        return value.hex
    return value


def run(sql: str, **values: Any) -> int:
    """Raw SQL; names like %(id)s. Gives the number of rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, {name: prepared(value) for name, value in values.items()})
        return int(cursor.rowcount)


def refused(because: str, sql: str, **values: Any) -> None:
    with pytest.raises(IntegrityError, match=because):
        run(sql, **values)


SEAL = """UPDATE ledger_journalentry SET number = %(number)s, prev_hash = %(prev_hash)s, hash = %(hash)s, posted_at = %(at)s
WHERE id = %(id)s"""


def seal(entry: JournalEntry, **other: Any) -> int:
    return run(SEAL, **{**next_seal(entry.county_id), "id": entry.pk, "at": timezone.now(), **other})


def seal_refused(because: str, entry: JournalEntry, **other: Any) -> None:
    with pytest.raises(IntegrityError, match=because):
        seal(entry, **other)


# --- sealing ---


def test_seal_balanced_entry_by_raw_sql_keeps_the_balance() -> None:
    fund = a_fund()
    entry = draft(fund, 100)
    add_line(entry, 2, -100, fund=fund.pk, account=Account.GIFTS)
    assert seal(entry) == 1
    kept = dict(FundBalance.objects.filter(fund=fund).values_list("account", "amount"))
    assert kept == {Account.BANK: 100, Account.GIFTS: -100}


def test_seal_entry_without_two_lines_refused() -> None:
    fund = a_fund()
    seal_refused("two lines", draft(fund))
    seal_refused("two lines", draft(fund, 100))


def test_seal_unbalanced_entry_refused() -> None:
    seal_refused("sum to zero", draft(a_fund(), 100, -99))


def test_seal_entry_balanced_as_a_whole_but_not_in_each_fund_refused() -> None:
    entry = draft(a_fund(), 100)
    add_line(entry, 2, -100, fund=a_fund().pk)
    seal_refused("sum to zero", entry)


def test_seal_with_wrong_number_or_wrong_link_refused() -> None:
    put_in(a_fund(), 5)
    entry = draft(a_fund(), 100, -100)
    seal_refused("number", entry, number=7)
    seal_refused("number", entry, number=1)
    seal_refused("point back", entry, prev_hash="f" * 64)
    seal_refused("point back", entry, hash="short")
    assert seal(entry) == 1


def test_seal_first_entry_that_points_elsewhere_refused() -> None:
    seal_refused("point back", draft(a_fund(), 100, -100), prev_hash="0" * 64)


def test_seal_entry_in_closed_month_refused() -> None:
    close_month(period_of(COUNTY, on=clock.today()).pk)
    seal_refused("closed", draft(a_fund(), 100, -100))


def test_seal_entry_that_overdraws_its_fund_refused() -> None:
    fund = a_fund(rial=100)
    entry = draft(fund, -101, kind=EntryKind.REFUND)
    add_line(entry, 2, 101, fund=fund.pk, account=Account.GIFTS)
    seal_refused("overdrawn", entry)
    assert free_of(fund) == 100


def test_seal_entry_that_releases_more_than_is_committed_refused() -> None:
    fund = a_fund(rial=100)
    entry = draft(fund, kind=EntryKind.RELEASE)
    add_line(entry, 1, 5, fund=fund.pk, account=Account.COMMITTED)
    add_line(entry, 2, -5, fund=fund.pk, account=Account.RELEASED)
    seal_refused("than was committed", entry)


def test_write_entry_that_is_posted_from_birth_refused() -> None:
    refused(
        "draft",
        """INSERT INTO ledger_journalentry (id, county_id, number, "on", kind, description, source_type, source_id, created_at, posted_at, prev_hash, hash)
        VALUES (%(id)s, %(county)s, 1, %(on)s, 'receipt', '', 'test', %(id)s, %(at)s, %(at)s, %(link)s, %(link)s)""",
        id=uuid4(), county=COUNTY, on=clock.today(), at=timezone.now(), link="f" * 64,
    )  # fmt: skip


# --- what is posted ---


@pytest.mark.parametrize(
    "change", ["description = 'x'", "number = 99", "posted_at = NULL", "\"on\" = '2020-01-01'", "hash = ''"]
)
def test_change_posted_entry_refused(change: str) -> None:
    entry = put_in(a_fund(), 100)
    refused("never changed", f"UPDATE ledger_journalentry SET {change} WHERE id = %(id)s", id=entry.pk)


def test_remove_posted_entry_or_its_lines_refused() -> None:
    entry = put_in(a_fund(), 100)
    refused("never removed", "DELETE FROM ledger_journalline WHERE entry_id = %(id)s", id=entry.pk)
    refused("never removed", "DELETE FROM ledger_journalentry WHERE id = %(id)s", id=entry.pk)


@pytest.mark.parametrize("change", ["amount = amount + 1", "account = '1150'", "memo = 'x'", "position = 9"])
def test_change_line_of_posted_entry_refused(change: str) -> None:
    entry = put_in(a_fund(), 100)
    refused("never changed", f"UPDATE ledger_journalline SET {change} WHERE entry_id = %(id)s", id=entry.pk)


def test_move_line_into_posted_entry_refused() -> None:
    fund = a_fund()
    entry, other = put_in(fund, 100), draft(fund, 1)
    refused(
        "no more lines",
        "UPDATE ledger_journalline SET entry_id = %(to)s, position = 9 WHERE entry_id = %(id)s",
        to=entry.pk,
        id=other.pk,
    )


INSERT_LINE = """{verb} INTO ledger_journalline (id, county_id, entry_id, position, account, fund_id, amount, memo)
VALUES (%(id)s, %(county)s, %(entry)s, %(position)s, %(account)s, %(fund)s, 1, '')"""


def line(entry: JournalEntry, fund: Fund, **other: Any) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "county": entry.county_id,
        "entry": entry.pk,
        "position": 9,
        "account": "1100",
        "fund": fund.pk,
        **other,
    }


def test_add_line_to_posted_entry_refused() -> None:
    fund = a_fund()
    refused("no more lines", INSERT_LINE.format(verb="INSERT"), **line(put_in(fund, 100), fund))


def test_draft_and_its_lines_may_be_changed_and_removed() -> None:
    entry = draft(a_fund(), 100)
    assert run("UPDATE ledger_journalline SET amount = 5 WHERE entry_id = %(id)s", id=entry.pk) == 1
    assert run("DELETE FROM ledger_journalline WHERE entry_id = %(id)s", id=entry.pk) == 1
    assert run("DELETE FROM ledger_journalentry WHERE id = %(id)s", id=entry.pk) == 1


# --- the ring-fence ---


def test_line_in_fund_of_another_county_refused() -> None:
    entry = draft(a_fund())
    refused("own county", INSERT_LINE.format(verb="INSERT"), **line(entry, a_fund(SISTER_COUNTY)))


def test_line_in_another_county_than_its_entry_refused() -> None:
    entry, elsewhere = draft(a_fund()), a_fund(SISTER_COUNTY)
    refused("county of its entry", INSERT_LINE.format(verb="INSERT"), **line(entry, elsewhere, county=SISTER_COUNTY))


def test_move_line_of_draft_to_fund_of_another_county_refused() -> None:
    entry = draft(a_fund(), 100)
    refused(
        "own county",
        "UPDATE ledger_journalline SET fund_id = %(fund)s WHERE entry_id = %(id)s",
        fund=a_fund(SISTER_COUNTY).pk,
        id=entry.pk,
    )


def test_move_entry_or_fund_to_another_county_refused() -> None:
    fund = a_fund()
    refused(
        "its county",
        "UPDATE ledger_journalentry SET county_id = %(to)s WHERE id = %(id)s",
        to=SISTER_COUNTY,
        id=draft(fund).pk,
    )
    refused("its county", "UPDATE ledger_fund SET county_id = %(to)s WHERE id = %(id)s", to=SISTER_COUNTY, id=fund.pk)
    refused("its county", "UPDATE ledger_fund SET id = %(to)s WHERE id = %(id)s", to=uuid4(), id=fund.pk)


def test_change_what_binds_a_fund_refused_once_money_lies_in_it() -> None:
    fund = a_fund()
    change = "UPDATE ledger_fund SET purpose = 'housing' WHERE id = %(id)s"
    assert run(change.replace("housing", "job"), id=fund.pk) == 1
    put_in(fund, 1)
    refused("binds a fund", change, id=fund.pk)


def test_remove_fund_with_lines_refused() -> None:
    fund = a_fund(rial=100)
    refused("never removed", "DELETE FROM ledger_fund WHERE id = %(id)s", id=fund.pk)
    assert run("DELETE FROM ledger_fund WHERE id = %(id)s", id=a_fund().pk) == 1


def test_open_fund_for_need_of_another_county_refused() -> None:
    need = a_need()
    with pytest.raises(IntegrityError, match="own county"), transaction.atomic():
        Fund.objects.create(county_id=SISTER_COUNTY, name="x", restriction=Restriction.NEED, need=need)


def test_open_second_fund_with_same_bounds_refused() -> None:
    a_fund(purpose="job", restriction=Restriction.PURPOSE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fund.objects.create(county_id=COUNTY, name="x", restriction=Restriction.PURPOSE, purpose="job")


# --- balances ---


@pytest.mark.parametrize(
    "change", ["amount = amount + 1", "amount = amount + 1, upto = upto + 1", "upto = upto + 1", "account = '1150'"]
)
def test_change_balance_by_raw_sql_refused(change: str) -> None:
    fund = a_fund(rial=100)
    refused("written by posting", f"UPDATE ledger_fundbalance SET {change} WHERE fund_id = %(id)s", id=fund.pk)


def test_write_or_remove_balance_by_raw_sql_refused() -> None:
    fund = a_fund(rial=100)
    refused("written by posting", "DELETE FROM ledger_fundbalance WHERE fund_id = %(id)s", id=fund.pk)
    refused(
        "written by posting",
        "INSERT INTO ledger_fundbalance (id, county_id, fund_id, account, amount, upto) VALUES (%(id)s, %(county)s, %(fund)s, '1150', 5, 1)",
        id=uuid4(), county=COUNTY, fund=fund.pk,
    )  # fmt: skip


# --- reversals ---

MIRROR = """INSERT INTO ledger_journalline (id, county_id, entry_id, position, account, fund_id, amount, memo)
SELECT %(id)s, county_id, %(entry)s, position, account, fund_id, %(sign)s * amount, '' FROM ledger_journalline WHERE entry_id = %(of)s AND position = %(position)s"""


def a_reversal(of: JournalEntry, county: str = COUNTY, *, sign: int = -1) -> JournalEntry:
    entry = JournalEntry.objects.create(
        county_id=county,
        on=clock.today(),
        kind=EntryKind.REVERSAL,
        source_type="test",
        source_id=uuid4(),
        reversal_of=of,
    )
    run(MIRROR, id=uuid4(), entry=entry.pk, of=of.pk, sign=sign, position=1)
    run(MIRROR, id=uuid4(), entry=entry.pk, of=of.pk, sign=sign, position=2)
    return entry


def test_second_reversal_refused() -> None:
    entry = put_in(a_fund(), 100)
    assert seal(a_reversal(entry)) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        a_reversal(entry)


def test_reversal_of_another_countys_entry_of_draft_or_of_reversal_refused() -> None:
    fund = a_fund()
    entry = put_in(fund, 100)
    with pytest.raises(IntegrityError, match="own county"), transaction.atomic():
        a_reversal(entry, SISTER_COUNTY)
    with pytest.raises(IntegrityError, match="posted entry"), transaction.atomic():
        a_reversal(draft(fund, 1, -1))
    back = reverse_entry(entry, on=clock.today(), reason="x", by=SYSTEM)
    with pytest.raises(IntegrityError, match="no reversal"), transaction.atomic():
        a_reversal(back)


def test_reversal_that_is_no_mirror_refused() -> None:
    seal_refused("mirror", a_reversal(put_in(a_fund(), 100), sign=2))


def test_point_draft_at_reversed_entry_refused() -> None:
    first, second = put_in(a_fund(), 100), put_in(a_fund(), 100)
    seal(a_reversal(first))
    other = a_reversal(second)
    with pytest.raises(IntegrityError):
        run("UPDATE ledger_journalentry SET reversal_of_id = %(of)s WHERE id = %(id)s", of=first.pk, id=other.pk)


# --- money that crosses a border ---


def test_line_on_clearing_outside_a_transfer_refused() -> None:
    fund = a_fund(rial=500)
    with pytest.raises(IntegrityError, match="border"), transaction.atomic():
        posted(COUNTY, postings.sent_to_county(fund.pk, 100), kind=EntryKind.TRANSFER)


def test_transfer_that_nobody_approved_refused() -> None:
    fund = a_fund(rial=500)
    with pytest.raises(IntegrityError, match="border"), transaction.atomic():
        send(a_transfer(fund))


@pytest.mark.parametrize("other", [{"rial": 99}, {"kind": EntryKind.REFUND}, {"other_fund": True}, {"sign": -1}])
def test_entry_that_is_not_what_was_approved_refused(other: dict[str, Any]) -> None:
    transfer = a_transfer(a_fund(rial=500), approved=True)
    with pytest.raises(IntegrityError, match="border"), transaction.atomic():
        send(transfer, **other)


def test_approved_transfer_is_posted_once_in_each_county() -> None:
    target = a_fund(SISTER_COUNTY)
    transfer = a_transfer(a_fund(rial=500), target, approved=True)
    send(transfer)
    post_entry(
        SISTER_COUNTY,
        kind=EntryKind.TRANSFER,
        on=clock.today(),
        lines=postings.come_from_county(target.pk, 100),
        source=("ledger.countytransfer", transfer.pk),
        by=SYSTEM,
        transfer=transfer.pk,
    )
    assert free_of(target) == 100
    with pytest.raises(IntegrityError), transaction.atomic():
        send(transfer)


def send(
    transfer: Any, *, rial: int = 100, kind: EntryKind = EntryKind.TRANSFER, other_fund: bool = False, sign: int = 1
) -> None:
    fund = a_fund(rial=500).pk if other_fund else transfer.from_fund_id
    posted(COUNTY, postings.sent_to_county(fund, sign * rial), kind=kind, transfer=transfer.pk)


@pytest.mark.parametrize("change", ["amount = 7", "reason = 'x'", "requested_by_id = first_by_id", "to_fund = id"])
def test_change_of_what_was_asked_for_refused(change: str) -> None:
    transfer = a_transfer(a_fund(rial=500), approved=True)
    with pytest.raises(IntegrityError):
        run(f"UPDATE ledger_countytransfer SET {change} WHERE id = %(id)s", id=transfer.pk)


def test_transfer_that_skips_a_step_or_is_approved_by_one_hand_refused() -> None:
    transfer = a_transfer(a_fund(rial=500))
    by = make_actor(Role.PROVINCE_DIRECTOR).user_id
    change = "UPDATE ledger_countytransfer SET {} WHERE id = %(id)s"
    refused(
        "step by step",
        change.format("state = 'approved', first_by_id = %(by)s, second_by_id = requested_by_id"),
        id=transfer.pk,
        by=by,
    )
    refused(
        "nobody approves twice", change.format("first_by_id = requested_by_id, state = 'approved_once'"), id=transfer.pk
    )
    assert run(change.format("first_by_id = %(by)s, state = 'approved_once'"), id=transfer.pk, by=by) == 1
    refused("nobody approves twice", change.format("second_by_id = %(by)s, state = 'approved'"), id=transfer.pk, by=by)
    refused("not rewritten", change.format("first_by_id = %(other)s"), id=transfer.pk, other=make_actor().user_id)
    refused("is kept", "DELETE FROM ledger_countytransfer WHERE id = %(id)s", id=transfer.pk)


def test_transfer_done_without_its_entries_refused() -> None:
    transfer = a_transfer(a_fund(rial=500), approved=True)
    refused(
        "its two entries",
        "UPDATE ledger_countytransfer SET state = 'done', entry_out = %(entry)s, entry_in = %(entry)s WHERE id = %(id)s",
        entry=put_in(a_fund(), 1).pk, id=transfer.pk,
    )  # fmt: skip
    assert transfer.state == TransferState.APPROVED


def test_transfer_to_county_of_another_province_refused() -> None:
    with pytest.raises(IntegrityError, match="not allowed"), transaction.atomic():
        a_transfer(a_fund(rial=500), a_fund(FAR_COUNTY))


# --- months ---

CLOSE = "UPDATE ledger_fiscalperiod SET state = 'closed', closed_by_id = %(by)s, closed_at = %(at)s, reopened_by_id = NULL WHERE id = %(id)s"


def close_month(pk: UUID) -> UUID:
    by = make_actor(Role.ACCOUNTANT).user_id
    assert by is not None
    assert run(CLOSE, id=pk, by=by, at=timezone.now()) == 1
    return by


REOPEN = (
    "UPDATE ledger_fiscalperiod SET state = 'open', reopened_by_id = %(by)s, reopen_reason = %(why)s WHERE id = %(id)s"
)


def test_reopen_month_by_whoever_closed_it_or_without_reason_refused() -> None:
    month = period_of(COUNTY, on=clock.today()).pk
    closer, other = close_month(month), make_actor(Role.PROVINCE_DIRECTOR).user_id
    refused("somebody else", REOPEN, id=month, by=closer, why="A late receipt")
    refused("somebody else", REOPEN, id=month, by=None, why="A late receipt")
    refused("somebody else", REOPEN, id=month, by=other, why="  ")
    assert run(REOPEN, id=month, by=other, why="A late receipt") == 1
    close_month(month)


@pytest.mark.parametrize(
    "change", ["starts_on = '2000-01-01'", "closed_by_id = NULL", "jalali_year = 1300", "county_id = '2306'"]
)
def test_rewrite_closed_month_refused(change: str) -> None:
    month = period_of(COUNTY, on=clock.today()).pk
    close_month(month)
    with pytest.raises(IntegrityError, match="ledger: "):
        run(f"UPDATE ledger_fiscalperiod SET {change} WHERE id = %(id)s", id=month)


def test_remove_closed_month_refused() -> None:
    month = period_of(COUNTY, on=clock.today()).pk
    close_month(month)
    refused("not removed", "DELETE FROM ledger_fiscalperiod WHERE id = %(id)s", id=month)


def test_close_month_with_unsealed_entry_refused() -> None:
    entry = draft(a_fund(), 1, -1)
    month = period_of(COUNTY, on=clock.today()).pk
    with pytest.raises(IntegrityError, match="not yet sealed"):
        close_month(month)
    seal(entry)
    close_month(month)
    assert period_of(COUNTY, on=clock.today()).state == PeriodState.CLOSED


# --- what SQLite pushes out ---

COPY_ENTRY = """{verb} INTO ledger_journalentry ({rowid} id, county_id, number, "on", kind, description, source_type, source_id, reversal_of_id, created_at, posted_at, prev_hash, hash)
SELECT {keep}, county_id, NULL, "on", kind, 'pushed', source_type, source_id, reversal_of_id, created_at, NULL, '', ''
FROM ledger_journalentry WHERE id = %(id)s"""


@ON_SQLITE
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize(("rowid", "keep"), [("", "id"), ("rowid,", "rowid, hex(randomblob(16))")])
def test_push_out_posted_entry_by_its_id_or_row_refused(verb: str, rowid: str, keep: str) -> None:
    entry = put_in(a_fund(), 100)
    refused("not replaced", COPY_ENTRY.format(verb=verb, rowid=rowid, keep=keep), id=entry.pk)


@ON_SQLITE
def test_push_out_reversal_by_another_refused() -> None:
    entry = a_reversal(put_in(a_fund(), 100))
    refused(
        "reversed once", COPY_ENTRY.format(verb="INSERT OR REPLACE", rowid="", keep="hex(randomblob(16))"), id=entry.pk
    )


@ON_SQLITE
def test_push_out_posted_entry_by_its_number_refused() -> None:
    put_in(a_fund(), 100)
    entry = draft(a_fund(), 1, -1)
    with pytest.raises(IntegrityError, match="number"):
        run(
            SEAL.replace("UPDATE", "UPDATE OR REPLACE"),
            **{**next_seal(), "number": 1, "id": entry.pk, "at": timezone.now()},
        )


@ON_SQLITE
@pytest.mark.parametrize("column", ["id", "rowid"])
def test_update_draft_onto_key_of_posted_entry_refused(column: str) -> None:
    fund = a_fund()
    entry, other = put_in(fund, 100), draft(fund)
    sql = f"UPDATE OR REPLACE ledger_journalentry SET {column} = (SELECT {column} FROM ledger_journalentry WHERE id = %(id)s) WHERE id = %(other)s"
    refused("ledger: ", sql, id=entry.pk, other=other.pk)


@ON_SQLITE
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize("key", ["id", "place", "rowid"])
def test_push_out_line_of_posted_entry_refused(verb: str, key: str) -> None:
    fund = a_fund()
    entry = put_in(fund, 100)
    standing = JournalLine.objects.filter(entry=entry).first()
    assert standing is not None
    other = draft(fund)
    values = {
        "id": line(other, fund, id=standing.pk),
        "place": line(entry, fund, position=standing.position),
        "rowid": line(other, fund),
    }[key]
    sql = INSERT_LINE.format(verb=verb)
    by_row = sql.replace("(id,", "(rowid, id,").replace(
        "VALUES (", "VALUES ((SELECT rowid FROM ledger_journalline WHERE id = %(standing)s), "
    )
    refused("ledger: ", by_row if key == "rowid" else sql, **values, standing=standing.pk)


@ON_SQLITE
@pytest.mark.parametrize("table", ["ledger_fund", "ledger_fundbalance", "ledger_fiscalperiod", "ledger_countytransfer"])
def test_push_out_row_that_stands_refused(table: str) -> None:
    a_transfer(a_fund(rial=500))
    refused("not replaced", f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@ON_SQLITE
def test_push_out_balance_month_or_fund_by_its_other_key_refused() -> None:
    fund = a_fund(rial=100)
    columns = {
        "ledger_fundbalance": "county_id, fund_id, account, amount, upto",
        "ledger_fiscalperiod": "county_id, jalali_year, jalali_month, starts_on, ends_on, state, reopen_reason",
        "ledger_fund": "county_id, version, name, restriction, purpose, target_group, use_by, surplus_rule, state, created_at",
    }
    sql = "INSERT OR REPLACE INTO {0} (id, {1}) SELECT hex(randomblob(16)), {1} FROM {0} LIMIT 1"
    refused("not replaced", sql.format("ledger_fundbalance", columns["ledger_fundbalance"]))
    refused("not replaced", sql.format("ledger_fiscalperiod", columns["ledger_fiscalperiod"]))
    refused("open already", sql.format("ledger_fund", columns["ledger_fund"]))
    assert free_of(fund) == 100


@ON_SQLITE
@pytest.mark.parametrize("verb", ["UPDATE OR IGNORE", "UPDATE OR REPLACE", "UPDATE OR ROLLBACK"])
def test_seal_with_another_way_of_conflict_keeps_balances_and_refusals(verb: str) -> None:
    fund = a_fund(rial=100)
    good = draft(fund, 1, -1)
    values = {**next_seal(), "id": good.pk, "at": timezone.now()}
    assert run(SEAL.replace("UPDATE", verb), **values) == 1
    assert free_of(fund) == 100
    with pytest.raises(DatabaseError, match="sum to zero"):
        run(SEAL.replace("UPDATE", verb), **{**next_seal(), "id": draft(fund, 1, -2).pk, "at": timezone.now()})


@ON_POSTGRESQL
@pytest.mark.parametrize("table", ["journalentry, ledger_journalline", "fundbalance", "fiscalperiod", "countytransfer"])
def test_empty_the_books_refused(table: str) -> None:
    put_in(a_fund(), 100)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError):
        run(f"TRUNCATE ledger_{table} CASCADE")


# --- installation ---


def test_triggers_stand_as_they_should() -> None:
    assert triggers.faulty(connection) == []


DROP = {
    "sqlite": "DROP TRIGGER hamafza_ledger_entry_update",
    "postgresql": "ALTER TABLE ledger_journalentry DISABLE TRIGGER hamafza_ledger_entry_update",
}


def test_missing_or_disabled_trigger_is_named_and_made_anew() -> None:
    run(DROP[connection.vendor])
    assert [name.removeprefix("TRIGGER ").partition(" ")[0] for name in triggers.faulty(connection)] == [
        "hamafza_ledger_entry_update"
    ]
    install_triggers(None, using="default")
    assert triggers.faulty(connection) == []


STRANGE = {
    "sqlite": "CREATE TRIGGER hamafza_ledger_strange AFTER INSERT ON ledger_fund BEGIN SELECT 1; END",
    "postgresql": "CREATE TRIGGER hamafza_ledger_strange BEFORE INSERT ON ledger_fund FOR EACH ROW EXECUTE FUNCTION hamafza_ledger_fund_insert()",
}


def test_strange_trigger_is_named_and_taken_away() -> None:
    run(STRANGE[connection.vendor])
    assert len(triggers.faulty(connection)) == 1
    install_triggers(None, using="default")
    assert triggers.faulty(connection) == []


@ON_SQLITE
def test_migration_of_a_named_table_takes_the_triggers_off_until_it_is_done() -> None:
    class Migration:
        app_label = "needs"

    clear_the_way(None, using="default", plan=[(Migration(), False)])
    assert triggers.faulty(connection) != []
    install_triggers(None, using="default")
    assert triggers.faulty(connection) == []


def test_days_around_a_closed_month_are_open() -> None:
    month = period_of(COUNTY, on=date(2026, 4, 25))
    close_month(month.pk)
    fund = a_fund()
    put_in(fund, 1, on=month.ends_on + timedelta(days=1))
    put_in(fund, 1, on=month.starts_on - timedelta(days=1))
    put_in_month: Callable[[], object] = lambda: seal(draft(fund, 1, -1, on=month.ends_on))  # noqa: E731
    with pytest.raises(IntegrityError, match="closed"):
        put_in_month()
