"""The spreadsheet of just the refused rows, as the office wrote them, to be corrected and sent in again."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from hamafza.core.scope import counties
from hamafza.intake.choices import REASON_HEADING
from hamafza.intake.commands.import_file import readable_sheet
from hamafza.intake.models import ImportBatch
from hamafza.intake.plain_file import plain_file
from hamafza.intake.queries.report import refused_rows
from hamafza.intake.sheets.workbook import ClientSheet

#: Rows in one file: it is built in memory, so that nothing unsealed reaches the disk. The next file has the rest.
MOST_ROWS = 20_000
REASON_WIDTH = 60
WIDTH = 18
#: A cell that begins so is told to Excel as text for good, also after it was edited.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def refused_workbook(batch: ImportBatch) -> bytes:
    """An XLSX: the headings as written, the cells as text, the reasons in a last column. The sealed file must be kept."""
    reasons = _reasons(batch)
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(
        packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    with plain_file(batch.file_key) as path:
        _fill(book, readable_sheet(path), reasons)
    book.close()
    return packed.getvalue()


def _reasons(batch: ImportBatch) -> dict[int, str]:
    reasons: dict[int, list[str]] = {}
    with counties([batch.county_id]):
        for fault in refused_rows(batch):
            if fault.row not in reasons and len(reasons) == MOST_ROWS:
                break
            place = f"{fault.column}: " if fault.column else ""
            reasons.setdefault(fault.row, []).append(f"{place}{fault.message}")
    return {row: " ".join(sentences) for row, sentences in reasons.items()}


def _fill(book: xlsxwriter.Workbook, sheet: ClientSheet, reasons: dict[int, str]) -> None:
    page = book.add_worksheet()
    page.right_to_left()
    page.freeze_panes(1, 0)
    head = book.add_format({"bold": True, "bg_color": "#d7e8ec", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    guarded = book.add_format({"num_format": "@", "quote_prefix": True})
    why = book.add_format({"num_format": "@", "text_wrap": True, "font_color": "#b42318"})
    # Headings it already has from an earlier correction are not written twice.
    kept = [place for place, name in enumerate(sheet.header.names) if name != REASON_HEADING]
    page.set_column(0, max(len(kept) - 1, 0), WIDTH, text)
    page.set_column(len(kept), len(kept), REASON_WIDTH, why)
    for column, place in enumerate(kept):
        page.write_string(0, column, sheet.header.names[place], head)
    page.write_string(0, len(kept), REASON_HEADING, head)
    for line, (number, cells) in enumerate(_refused(sheet, reasons), start=1):
        for column, place in enumerate(kept):
            written = as_text(cells[place]) if place < len(cells) else ""
            if written:
                page.write_string(line, column, written, guarded if written.startswith(FORMULA_SIGNS) else text)
        page.write_string(line, len(kept), reasons[number], why)


def _refused(sheet: ClientSheet, reasons: dict[int, str]) -> Iterator[tuple[int, Sequence[Any]]]:
    last = max(reasons, default=0)
    for number, cells in sheet.rows():
        if number in reasons:
            yield number, cells
        if number >= last:
            return


def as_text(value: Any) -> str:
    """A cell as it would be typed: whole numbers without a point, dates as year-month-day."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)
