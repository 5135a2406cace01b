"""Bank statements: read as banks write them, each line once, one gift a line; unidentified money and its identification."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.giving.choices import Channel, DonationState
from hamafza.giving.commands.donations import confirm_donation, reject_donation
from hamafza.giving.commands.identify import identify_donation
from hamafza.giving.commands.statements import (
    Imported,
    donation_from_line,
    import_statement,
    match_line,
    set_line_aside,
)
from hamafza.giving.gift import Wish
from hamafza.giving.models import BankLine, Donation
from hamafza.giving.tests.factories_donation import MILLION, a_donation, a_giver, money
from hamafza.ledger.choices import Account, Restriction
from hamafza.ledger.models import FundBalance, JournalLine
from hamafza.places.tests.factories import COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]

HEADER = ["ردیف", "تاریخ", "ساعت", "شرح", "مبلغ برداشت", "مبلغ واریز (ریال)", "مانده", "شماره پیگیری"]
ROWS = [
    ["۱", "۱۴۰۵/۰۸/۲۰", "10:15", "انتقال از کارت مریم کاظمی", "", "۵٬۰۰۰٬۰۰۰", "۵٬۰۰۰٬۰۰۰", "۹۸۷۶۵۴"],
    ["۲", "۱۴۰۵/۰۸/۲۱", "11:40", "انتقال پایا", "", "12,000,000", "17,000,000", "112233"],
    ["۳", "۱۴۰۵/۰۸/۲۱", "12:00", "کارمزد", "5,000", "", "16,995,000", "1"],
]


def a_file(folder: Path, rows: list[list[Any]] = ROWS, *, header: list[str] = HEADER, name: str = "s.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["صورت‌حساب بانک ملت"], header, *rows, ["", "جمع کل", "", "", "", "17000000"]])
    return path


def imported(path: Path, **given: Any) -> Imported:
    given = {"file_name": path.name, "account": "IR12", "by": make_actor(Role.ACCOUNTANT), **given}
    return import_statement(COUNTY, path=path, **given)


def a_line(tmp_path: Path) -> BankLine:
    imported(a_file(tmp_path))
    return BankLine.objects.get(amount=5 * MILLION)


def test_import_keeps_what_came_in_with_date_amount_reference_and_payer(tmp_path: Path) -> None:
    result = imported(a_file(tmp_path))
    assert (result.statement.new_count, result.read.paid_out, result.read.faults) == (2, 1, [])
    line = BankLine.objects.get(amount=5 * MILLION)
    assert (line.on.isoformat(), line.reference) == ("2026-11-11", "987654")
    assert line.payer == "انتقال از کارت مریم کاظمی"


def test_import_of_a_workbook_in_tomans_with_other_headings(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("گردش")
    page.write_row(2, 0, ["تاریخ تراکنش", "بدهکار", "بستانکار (تومان)", "کد رهگیری", "واریز کننده"])
    page.write_row(3, 0, ["1405/08/20", 0, 500_000, 987654, "علی رضایی"])
    page.write_row(4, 0, ["1405/08/20", 500_000, 0, 987655, ""])
    book.close()
    result = imported(path)
    assert [(line.amount, line.reference, line.payer) for line in result.read.lines] == [
        (5 * MILLION, "987654", "علی رضایی")
    ]


def test_import_of_one_signed_amount_column_takes_what_came_in(tmp_path: Path) -> None:
    header = ["تاریخ", "مبلغ", "نوع تراکنش", "شرح"]
    rows = [["1405/08/01", "1000", "واریز", "a"], ["1405/08/01", "-1000", "", "b"], ["1405/08/01", "7", "برداشت", "c"]]
    result = imported(a_file(tmp_path, rows, header=header))
    assert [line.amount for line in result.read.lines] == [1000]
    assert result.read.paid_out == 2


def test_import_twice_adds_nothing(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    first, again = imported(path), imported(path)
    assert (again.is_known, again.statement, BankLine.objects.count()) == (True, first.statement, 2)


def test_import_of_a_longer_statement_adds_the_new_lines_alone(tmp_path: Path) -> None:
    imported(a_file(tmp_path))
    more = [*ROWS, ["4", "1405/08/22", "", "نقدی", "", "3000000", "", "77"]]
    result = imported(a_file(tmp_path, more, name="longer.csv"))
    assert (result.statement.line_count, result.statement.new_count) == (3, 1)


def test_import_of_the_same_line_in_another_layout_adds_nothing(tmp_path: Path) -> None:
    imported(a_file(tmp_path))
    header = ["تاریخ", "واریز کننده", "شرح", "مبلغ واریز (ریال)", "شماره پیگیری"]
    rows = [["1405/08/20", "مریم کاظمی", "کارت به کارت", "5000000", "000987654"]]
    assert imported(a_file(tmp_path, rows, header=header, name="other.csv")).statement.new_count == 0
    nameless = [["1405/08/20", "مریم کاظمی", "", "5000000", ""], ["1405/08/20", "علی", "", "5000000", "000"]]
    assert imported(a_file(tmp_path, nameless, header=header, name="third.csv")).statement.new_count == 2


def test_import_keeps_two_payments_that_nothing_tells_apart(tmp_path: Path) -> None:
    twins = [ROWS[1], ROWS[1]]
    assert imported(a_file(tmp_path, twins)).statement.new_count == 2
    assert imported(a_file(tmp_path, [*twins, ROWS[0]], name="again.csv")).statement.new_count == 1


def test_import_tells_rows_it_cannot_read_and_keeps_the_others(tmp_path: Path) -> None:
    bad = [*ROWS, ["4", "1405/13/40", "", "x", "", "100", "", ""], ["5", "1405/08/01", "", "x", "", "صد", "", ""]]
    result = imported(a_file(tmp_path, bad))
    assert result.read.faults == [(6, "bad_date"), (7, "bad_amount")]
    assert result.statement.new_count == 2


@pytest.mark.parametrize("text", ["", "سلام", "نام,نام خانوادگی\nعلی,رضایی\n", "%PDF-1.4"])
def test_import_of_what_is_no_statement_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        imported(path)
    assert refusal.value.field == "file"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.integers(1, 29), st.integers(1, 9), st.integers(0, 3)), max_size=12),
    cut=st.integers(0, 12),
)
def test_overlapping_statements_hold_each_line_once(tmp_path: Path, rows: list[tuple[int, int, int]], cut: int) -> None:
    with transaction.atomic():
        written = [
            ["", f"1405/08/{day:02}", "", "x", "", str(amount), "", str(ref)] for day, amount, ref in sorted(rows)
        ]
        # A bank's statements are cut between days.
        day = written[cut][1] if cut < len(written) else ""
        first = [row for row in written if day and row[1] < day]
        account = f"IR{uuid7().hex}"
        imported(a_file(tmp_path, first, name="a.csv"), account=account)
        imported(a_file(tmp_path, written, name="b.csv"), account=account)
        assert BankLine.objects.filter(account=account[:34].upper()).count() == len(written)


def test_match_line_confirms_the_gift_that_waits(tmp_path: Path) -> None:
    line, donation = a_line(tmp_path), a_donation(money(5 * MILLION), channel=Channel.BANK_TRANSFER)
    confirmed = match_line(line, donation=donation, by=make_actor(Role.ACCOUNTANT))
    assert (confirmed.state, confirmed.bank_line.pk) == (DonationState.CONFIRMED, line.pk)


def test_match_line_of_another_amount_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        match_line(a_line(tmp_path), donation=a_donation(), by=make_actor(Role.ACCOUNTANT))


def test_line_that_has_a_gift_is_refused_to_another(tmp_path: Path) -> None:
    line, accountant = a_line(tmp_path), make_actor(Role.ACCOUNTANT)
    match_line(line, donation=a_donation(money(5 * MILLION)), by=accountant)
    with pytest.raises(Refusal):
        match_line(line, donation=a_donation(money(5 * MILLION)), by=accountant)
    with pytest.raises(Refusal):
        donation_from_line(line, benefactor=None, wish=Wish(), by=accountant, key=uuid7())
    with pytest.raises(Refusal):
        set_line_aside(line, reason="سود", by=accountant)


def test_gift_of_two_lines_is_refused_by_the_database(tmp_path: Path) -> None:
    line = a_line(tmp_path)
    other, donation = BankLine.objects.exclude(pk=line.pk).get(), a_donation()
    BankLine.objects.filter(pk=line.pk).update(donation=donation)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankLine.objects.filter(pk=other.pk).update(donation=donation)


def test_line_set_aside_is_left_until_it_is_taken_up_again(tmp_path: Path) -> None:
    line, accountant = a_line(tmp_path), make_actor(Role.ACCOUNTANT)
    set_line_aside(line, reason="سود سپرده", by=accountant)
    with pytest.raises(Refusal):
        donation_from_line(line, benefactor=None, wish=Wish(), by=accountant, key=uuid7())
    set_line_aside(line, reason="", by=accountant)
    assert donation_from_line(line, benefactor=None, wish=Wish(), by=accountant, key=uuid7()).number


def test_rejected_gift_gives_its_line_back(tmp_path: Path) -> None:
    line, officer = a_line(tmp_path), make_actor(Role.GIVING_OFFICER)
    donation = donation_from_line(line, benefactor=a_giver(), wish=Wish(), by=officer, key=uuid7())
    reject_donation(donation, reason="اشتباه", by=make_actor(Role.ACCOUNTANT))
    line.refresh_from_db()
    assert line.donation is None


def suspended(tmp_path: Path) -> Donation:
    line = a_line(tmp_path)
    officer = make_actor(Role.GIVING_OFFICER)
    donation = donation_from_line(line, benefactor=None, wish=Wish(), by=officer, key=uuid7(), unidentified=True)
    return confirm_donation(donation, by=make_actor(Role.ACCOUNTANT))


def test_unidentified_money_once_identified_leaves_suspense_stays_unnamed_and_gets_its_receipt(tmp_path: Path) -> None:
    donation = suspended(tmp_path)
    before = donation.lines.get().fund
    accountant = make_actor(Role.ACCOUNTANT)
    identified = identify_donation(donation, benefactor=a_giver(), wish=Wish(purpose="housing"), by=accountant)
    after = identified.lines.get().fund
    assert (before.restriction, after.purpose) == (Restriction.SUSPENSE, "housing")
    assert (identified.attribution, identified.receipts.count()) == ("anonymous", 1)
    banks = dict(FundBalance.objects.filter(account=Account.BANK).values_list("fund", "amount"))
    assert (banks[before.pk], banks[after.pk]) == (0, 5 * MILLION)
    with pytest.raises(Refusal):
        identify_donation(donation, benefactor=None, wish=Wish(), by=accountant)


def test_unidentified_gift_that_waits_moves_no_money_when_identified(tmp_path: Path) -> None:
    line = a_line(tmp_path)
    officer = make_actor(Role.GIVING_OFFICER)
    donation = donation_from_line(line, benefactor=None, wish=Wish(), by=officer, key=uuid7(), unidentified=True)
    identify_donation(donation, benefactor=a_giver(), wish=Wish(), by=make_actor(Role.ACCOUNTANT))
    assert (JournalLine.objects.count(), donation.lines.get().fund.restriction) == (0, Restriction.UNRESTRICTED)
