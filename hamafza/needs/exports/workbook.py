"""Excel: right to left, header frozen, every text a text (so ids keep their zeros and nothing is a formula)."""

from __future__ import annotations

import io

import xlsxwriter
from django.conf import settings
from django.utils.translation import get_language_bidi

from hamafza.needs.exports.sheet import Sheet

#: Rows are written to a file as they come (in the installation's own closed folder) and packed at the end.
FOLDER = settings.HAMAFZA_HOME / "tmp"
WIDTHS = {0: 6, 1: 24, 2: 16, 3: 14, 4: 26, 5: 22}


def xlsx_bytes(sheet: Sheet) -> bytes:
    """The whole workbook; memory does not grow with its rows."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(
        packed,
        {
            "constant_memory": True,
            "tmpdir": str(FOLDER),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    _fill(book, sheet)
    book.close()
    return packed.getvalue()


def _fill(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.title[:31].translate(str.maketrans("", "", "[]:*?/\\")))
    bold, head = (
        book.add_format({"bold": True}),
        book.add_format({"bold": True, "bg_color": "#d7e8ec", "border": 1, "text_wrap": True}),
    )
    first = len(sheet.top)
    if get_language_bidi():
        page.right_to_left()
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(first)
    page.freeze_panes(first + 1, 0)
    for column in range(len(sheet.header)):
        page.set_column(column, column, WIDTHS.get(column, 13))
    for place, line in enumerate(sheet.top):
        page.write_string(place, 0, line, bold if place == 0 else None)
    for column, name in enumerate(sheet.header):
        page.write_string(first, column, name, head)
    for place, row in enumerate(sheet.rows, start=first + 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(place, column, value)
            elif value:
                page.write_string(place, column, value)
