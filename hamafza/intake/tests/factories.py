"""Imports for tests: small sheets, and imports brought to a state."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from hamafza.accounts.actor import Actor
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import actor_for, system_actor
from hamafza.core.scope import counties
from hamafza.intake.choices import BatchState
from hamafza.intake.commands.advance import advance, begin_writing
from hamafza.intake.commands.import_file import readable_sheet
from hamafza.intake.commands.map_columns import confirm_mapping, propose_for
from hamafza.intake.commands.open_batch import open_batch
from hamafza.intake.models import ImportBatch
from hamafza.intake.plain_file import in_memory
from hamafza.places.tests.factories import COUNTY

HEADER = [
    "شماره پرونده",
    "کد ملی",
    "نام",
    "نام خانوادگی",
    "نام پدر",
    "تاریخ تولد",
    "نسبت با سرپرست",
    "تلفن همراه",
    "نیازها",
]
HEAD = ["0012", "0099603081", "مصطفی", "صادقی", "بهرام", "1361/08/06", "سرپرست", "09121234567", "شغل، مسکن"]
SPOUSE = ["0012", "0657975435", "پروین", "سلیمانی", "حسن", "1365/02/10", "همسر", "123", "درمان"]
#: Refused: a wrong check digit, an impossible date, no name.
WRONG_NUMBER = ["0013", "0099603082", "زهرا", "کریمی", "رضا", "1350/01/01", "سرپرست", "", "شغل"]
WRONG_DATE = ["0014", "", "علی", "رضایی", "حسین", "1350/13/40", "سرپرست", "", ""]
NAMELESS = ["0015", "", "", "", "حسین", "1350/1/4", "سرپرست", "", ""]
ROWS = [HEAD, SPOUSE, WRONG_NUMBER, WRONG_DATE, NAMELESS]


def xlsx(rows: Sequence[Sequence[Any]], *, header: Sequence[str] = HEADER) -> bytes:
    """A workbook with these rows below a header."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    page = book.add_worksheet()
    for line, cells in enumerate([header, *rows]):
        page.write_row(line, 0, cells)
    book.close()
    return packed.getvalue()


def csv_file(rows: Sequence[Sequence[str]], *, header: Sequence[str] = HEADER) -> bytes:
    """The same as text."""
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in [header, *rows]).encode()


def upload_of(content: bytes, name: str = "clients.xlsx") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, content)


def make_batch(
    state: BatchState = BatchState.UPLOADED,
    *,
    rows: Sequence[Sequence[Any]] = ROWS,
    county: str = COUNTY,
    user: User | None = None,
    content: bytes | None = None,
    name: str = "clients.xlsx",
) -> ImportBatch:
    """An import of these rows brought to ``state``: uploaded, mapped, staged or done."""
    by = actor_for(user) if user else system_actor("test")
    with counties([county]), in_memory([content or xlsx(rows)]) as path:
        batch = open_batch(county, path=path, file_name=name, by=by)
        if state != BatchState.UPLOADED:
            _confirm(batch, path, by)
        if state in {BatchState.STAGED, BatchState.DONE}:
            advance(batch.pk, county=county)
        if state == BatchState.DONE:
            batch.refresh_from_db()
            begin_writing(batch, by=by)
            advance(batch.pk, county=county)
        batch.refresh_from_db()
    return batch


def _confirm(batch: ImportBatch, path: Path, by: Actor) -> None:
    sheet = readable_sheet(path)
    confirm_mapping(
        batch,
        propose_for(batch, sheet),
        header_row=sheet.header.row,
        by=by,
        remember=False,
        expected_rows=sum(1 for _row in sheet.rows()),
    )
