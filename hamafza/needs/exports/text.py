"""CSV: UTF-8 with the mark by which Excel knows it; no cell can start a formula."""

from __future__ import annotations

import csv
import io

from hamafza.needs.exports.sheet import Sheet, Value

#: Excel and LibreOffice take a text that starts so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_bytes(sheet: Sheet) -> bytes:
    """The whole file; a row is held as bytes only, so a hundred thousand take some twenty megabytes."""
    raw = io.BytesIO()
    text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    for line in sheet.top:
        writer.writerow([harmless(line)])
    writer.writerow([harmless(name) for name in sheet.header])
    for row in sheet.rows:
        writer.writerow([harmless(value) for value in row])
    text.flush()
    return raw.getvalue()


def harmless(value: Value) -> Value:
    """A text that could start a formula gets an apostrophe in front; numbers are left."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
