"""A bank's statement as a sheet: what came into the account, line by line. Pure; the words are those of Iranian banks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hamafza.core.crypto import blind_index
from hamafza.core.jalali import to_jalali
from hamafza.core.persian import key
from hamafza.giving.sheets import Table, Words, read_table
from hamafza.intake.sheets.cells import clean_birth_date, clean_file_number, clean_text

MOST_ROWS = 50_000
#: Whole lines of a statement that are not transactions.
_TOTALS = frozenset(key(word) for word in ("جمع", "جمع کل", "مجموع", "مانده", "مانده از قبل", "نقل از صفحه قبل"))
_OUT = frozenset(key(word) for word in ("برداشت", "بدهکار", "برداشت وجه", "انتقال از", "debit", "withdrawal", "bd"))

WORDS: Words = {
    "on": (
        "تاریخ", "تاریخ تراکنش", "تاریخ عملیات", "تاریخ واریز", "تاریخ سند", "تاریخ ثبت", "تاریخ و زمان",
        "تاریخ گردش", "date", "transaction date",
    ),
    "paid_in": (
        "مبلغ واریز", "واریز", "واریزی", "مبلغ واریزی", "بستانکار", "مبلغ بستانکار", "گردش بستانکار", "credit",
        "deposit",
    ),
    "paid_out": ("مبلغ برداشت", "برداشت", "برداشتی", "بدهکار", "مبلغ بدهکار", "گردش بدهکار", "debit", "withdrawal"),
    "amount": ("مبلغ", "مبلغ تراکنش", "مبلغ گردش", "amount"),
    "kind": ("نوع", "نوع تراکنش", "نوع عملیات", "نوع گردش", "type"),
    "reference": (
        "شماره پیگیری", "کد پیگیری", "کد رهگیری", "شماره رهگیری", "شماره مرجع", "شماره ارجاع", "شناسه واریز",
        "شماره سند", "سند", "شماره تراکنش", "پیگیری", "reference", "reference number", "rrn", "trace no",
    ),
    "payer": (
        "واریز کننده", "واریزکننده", "نام واریز کننده", "نام واریزکننده", "صاحب حساب مبدا", "نام صاحب حساب مبدا",
        "فرستنده", "نام فرستنده", "payer", "from",
    ),
    "text": ("شرح", "شرح تراکنش", "شرح سند", "شرح عملیات", "توضیحات", "بابت", "description"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What came in. ``mark`` is the same for the same line in whatever file; ``amount`` in rial."""

    on: date
    amount: int
    reference: str
    payer: str
    mark: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines that came in, how many went out, and rows (the sheet's own numbers) that could not be read, with why."""

    lines: Sequence[StatementLine]
    paid_out: int
    faults: Sequence[tuple[int, str]]


def read_statement(path: Path, *, account: str, today: date) -> Statement:
    """Raises `intake.sheets.workbook.SheetError` for a file that is no statement."""
    table = read_table(path, WORDS, needed=(("on",), ("paid_in", "amount")), most_rows=MOST_ROWS)
    lines: list[StatementLine] = []
    faults: list[tuple[int, str]] = []
    seen: Counter[str] = Counter()
    paid_out = 0
    for number, cells in table.rows:
        fault, amount = _amount(table, cells)
        on, date_fault = clean_birth_date(table.cell(cells, "on"), today=today)
        if _is_total(table, cells) or (on is None and not date_fault):
            continue
        if fault or date_fault or on is None:
            faults.append((number, fault or date_fault or "bad_date"))
        elif amount <= 0:
            paid_out += 1
        else:
            lines.append(_line(table, cells, on=on, amount=amount, account=account, seen=seen))
    return Statement(lines, paid_out, faults)


def _amount(table: Table, cells: Sequence[object]) -> tuple[str, int]:
    """Rial that came in; below zero when it went out."""
    try:
        paid_in, paid_out = table.amount(cells, "paid_in"), table.amount(cells, "paid_out")
        either = table.amount(cells, "amount")
    except ValueError:
        return "bad_amount", 0
    if paid_in:
        return "", paid_in
    if paid_out:
        return "", -abs(paid_out)
    went_out = key(clean_text(table.cell(cells, "kind"))) in _OUT
    return "", -abs(either or 0) if went_out else either or 0


def _line(
    table: Table, cells: Sequence[object], *, on: date, amount: int, account: str, seen: Counter[str]
) -> StatementLine:
    reference = clean_file_number(table.cell(cells, "reference"))[:60]
    parts = (clean_text(table.cell(cells, "payer")), clean_text(table.cell(cells, "text")))
    payer = " — ".join(part for part in parts if part)[:300]
    day = to_jalali(on)
    # The words beside a reference are other ones in every layout of the same bank, and so are its leading zeros.
    sign = reference.lstrip("0") or f"{reference}|{key(payer)}"
    said = f"{account}|{day.year}-{day.month}-{day.day}|{amount}|{sign}"
    # Two payments that nothing tells apart are the first and the second of their day, in every file.
    seen[said] += 1
    return StatementLine(on, amount, reference, payer, blind_index(f"{said}|{seen[said]}", purpose="bank-line"))


def _is_total(table: Table, cells: Sequence[object]) -> bool:
    return any(isinstance(cell, str) and key(cell.strip(" :")) in _TOTALS for cell in cells)
