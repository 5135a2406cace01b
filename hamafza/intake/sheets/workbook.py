"""Opening what an office sends: XLSX, or CSV in any of its dialects. Rows keep the sheet's own 1-based numbers.

A CSV file is streamed, however long; a workbook is held in memory by the reader, so it is measured before it is opened.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from hamafza.intake.sheets.header import SEARCHED, Header, find_header

#: Limits of a workbook. A million rows go into a CSV file.
MOST_ENTRIES = 4_000
MOST_BYTES = 1_000_000_000
MOST_CELLS = 30_000_000
#: A sheet's XML packs 10 to 40 times; beyond this and large, nobody wrote it by hand.
MOST_RATIO = 250
RATIO_FROM_BYTES = 50_000_000

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DELIMITERS = ",;\t|"
_SAMPLE_BYTES = 262_144
#: Cell addresses beyond column Z or row 99,999: the only ones that can make a sheet too large to hold.
_FAR_CELL = re.compile(rb"""\sr=["']([A-Z]{0,3})(\d{1,7})["']""")
_FAR_HINT = re.compile(rb"""\sr=["'](?:[A-Z]{2,3}\d|[A-Z]?\d{6})""")


class SheetError(ValueError):
    """The file cannot be read as a client list; the text is a translated sentence for the person who sent it."""


@dataclass(frozen=True)
class ClientSheet:
    """The list found in a file. `rows()` may be called again; it starts anew each time."""

    name: str
    header: Header
    _source: "_Source" = field(repr=False)

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Row number and cells of every row below the header, empty ones too."""
        for number, cells in self._source.rows():
            if number > self.header.row:
                yield number, cells

    def sample(self, count: int = 60) -> list[list[Any]]:
        """Cells of the first rows that hold something, for `propose_mapping`."""
        filled = (cells for _number, cells in self.rows() if any(cell not in ("", None) for cell in cells))
        return list(islice(filled, count))


def open_sheet(path: Path) -> ClientSheet:
    """The client list in a file; raises `SheetError` with a sentence that says what to do."""
    sources = sheets_in(path)
    found = [(source, header) for source in sources if (header := find_header(source.rows()))]
    if not found:
        empty = all(not _holds_anything(source) for source in sources)
        raise SheetError(_("The file is empty.") if empty else _no_header_sentence())
    source, header = max(found, key=lambda pair: pair[1].score)
    return ClientSheet(source.name, header, source)


def sheets_in(path: Path) -> "list[_Source]":
    """Every sheet of a file as rows (``rows()``), whatever list it holds; raises `SheetError`."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip(b"\x00\r\n\t ") and not _has_more(path, len(start)):
        raise SheetError(_("The file is empty."))
    if start.startswith(_OLE):
        raise SheetError(_ole_sentence(path))
    return _workbook_sources(path) if start.startswith(b"PK") else [_csv_source(path, start)]


class _Source:
    """A sheet of a file, as rows."""

    name = ""

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        raise NotImplementedError


class _WorkbookSource(_Source):
    def __init__(self, sheet: CalamineSheet) -> None:
        self.name = str(sheet.name)
        self._sheet = sheet
        self._merged = _merged_downwards(sheet)

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        first_column = (self._sheet.start or (0, 0))[1]
        held: dict[int, tuple[Any, int]] = {}
        for number, cells in enumerate(self._sheet.iter_rows(), 1):
            if self._merged:
                _fill_merged(cells, self._merged.get(number, ()), held, number=number, first_column=first_column)
            yield number, cells


class _CsvSource(_Source):
    def __init__(self, path: Path, encoding: str, delimiter: str, *, skipped: int) -> None:
        self.name = path.name
        self._path = path
        self._encoding = encoding
        self._delimiter = delimiter
        self._skipped = skipped

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        number = 0
        with self._path.open(encoding=self._encoding, errors="replace", newline="") as file:
            _skip_lines(file, self._skipped)
            try:
                for number, cells in enumerate(csv.reader(file, delimiter=self._delimiter), 1):
                    yield number, list(cells)
            except csv.Error as error:
                sentence = _("After row %(row)s the file cannot be read: a quotation mark is probably not closed.")
                raise SheetError(sentence % {"row": number}) from error


def _workbook_sources(path: Path) -> list[_Source]:
    _measure(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = [entry.name for entry in workbook.sheets_metadata if "WorkSheet" in str(entry.typ)]
        return [_WorkbookSource(workbook.get_sheet_by_name(name)) for name in names]
    except PasswordError as error:
        raise SheetError(_encrypted_sentence()) from error
    except (CalamineError, OSError, ValueError) as error:
        raise SheetError(_damaged_sentence()) from error


def _measure(path: Path) -> None:
    """Refuse what is no workbook, carries macros, or would unpack to more than a list of clients can be.

    Sizes written in a zip directory may lie, so every entry is unpacked once and counted.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_kind({entry.filename for entry in entries}, entries)
            if sum(entry.file_size for entry in entries) > MOST_BYTES or len(entries) > MOST_ENTRIES:
                raise SheetError(_too_large_sentence())
            _unpack_and_count(path, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise SheetError(_damaged_sentence()) from error


def _check_kind(names: set[str], entries: Sequence[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetError(_encrypted_sentence())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise SheetError(
            _("The workbook holds macros. Save it as an Excel workbook without macros (.xlsx) and send that.")
        )
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise SheetError(_old_kind_sentence())
    if not any(name.lower() == "xl/workbook.xml" for name in names):
        raise SheetError(_not_a_sheet_sentence())


def _unpack_and_count(path: Path, entries: Iterable[zipfile.ZipInfo]) -> None:
    total = 0
    with path.open("rb") as file:
        for entry in entries:
            size = 0
            extent = _Extent()
            for block in _unpacked(file, entry):
                size += len(block)
                if total + size > MOST_BYTES or size > max(RATIO_FROM_BYTES, entry.compress_size * MOST_RATIO):
                    raise SheetError(_too_large_sentence())
                if entry.filename.startswith("xl/worksheets/"):
                    extent.see(block)
            total += size


class _Extent:
    """How far the cells of a sheet reach: one cell in the last corner would be a table of 17 billion."""

    def __init__(self) -> None:
        self._tail = b""
        self._rows = 100_000
        self._columns = 26

    def see(self, block: bytes) -> None:
        text = self._tail + block
        self._tail = text[-32:]
        if not _FAR_HINT.search(text):
            return
        for letters, digits in _FAR_CELL.findall(text):
            self._rows = max(self._rows, int(digits))
            if len(letters) > 1:
                self._columns = max(self._columns, _column_number(letters))
        if self._rows * self._columns > MOST_CELLS:
            raise SheetError(_too_large_sentence())


def _unpacked(file: Any, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry, whatever size its directory states."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left = entry.compress_size
    unpacker = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    if unpacker is None and entry.compress_type != zipfile.ZIP_STORED:
        raise zipfile.BadZipFile
    while left > 0 and (packed := file.read(min(left, 65_536))):
        left -= len(packed)
        while unpacker and packed:
            yield unpacker.decompress(packed, 1_048_576)
            packed = unpacker.unconsumed_tail
        if not unpacker:
            yield packed


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _merged_downwards(sheet: CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """Cells merged over several rows, by their first row (1-based): (column, last row)."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if bottom > top:
            found.setdefault(top + 1, []).append((left, bottom + 1))
    return found


def _fill_merged(
    cells: list[Any],
    starting: Iterable[tuple[int, int]],
    held: dict[int, tuple[Any, int]],
    *,
    number: int,
    first_column: int,
) -> None:
    """A file number merged over the rows of a household stands in each of them."""
    for column, (value, last) in list(held.items()):
        if number > last:
            del held[column]
        elif cells[column] == "":
            cells[column] = value
    for column, last in starting:
        place = column - first_column
        if 0 <= place < len(cells) and cells[place] != "":
            held[place] = (cells[place], last)


def _csv_source(path: Path, start: bytes) -> _Source:
    if start.lstrip()[:5].lower() in (b"<html", b"<!doc", b"<?xml", b"%pdf-") or start[:4] in (
        b"\x89PNG",
        b"\xff\xd8\xff\xe0",
    ):
        raise SheetError(_not_a_sheet_sentence())
    encoding = _encoding_of(path, start)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        text = file.read(_SAMPLE_BYTES // 4)
    if "\x00" in text or _is_binary(text):
        raise SheetError(_not_a_sheet_sentence())
    said = re.match(r"\ufeff?sep=(.)\r?\n", text)
    delimiter = said[1] if said else _delimiter_of(text)
    return _CsvSource(path, encoding, delimiter, skipped=1 if said else 0)


def _encoding_of(path: Path, start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if start.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if b"\x00" in start:
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            while file.read(1_048_576):
                pass
    except UnicodeDecodeError:
        return "cp1256"
    return "utf-8"


def _delimiter_of(text: str) -> str:
    """The sign under which the header is best understood; among equals the one that makes most columns."""

    def worth(delimiter: str) -> tuple[float, int]:
        try:
            rows = list(islice(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), SEARCHED))
        except csv.Error:
            return (0.0, 0)
        header = find_header(enumerate(rows, 1))
        return (header.score if header else 0.0, sum(len(row) for row in rows))

    return max(_DELIMITERS, key=worth)


def _skip_lines(file: TextIO, count: int) -> None:
    for _line in range(count):
        file.readline()


def _is_binary(text: str) -> bool:
    control = sum(sign < " " and sign not in "\r\n\t\x0b\x0c" for sign in text[:4096])
    return control > len(text[:4096]) // 50


def _holds_anything(source: _Source) -> bool:
    return any(cell not in ("", None) for _number, cells in islice(source.rows(), 1000) for cell in cells)


def _has_more(path: Path, read: int) -> bool:
    return path.stat().st_size > read


def _ole_sentence(path: Path) -> str:
    with path.open("rb") as file:
        encrypted = any(_ENCRYPTED in block for block in iter(lambda: file.read(1_048_576), b""))
    return _encrypted_sentence() if encrypted else _old_kind_sentence()


def _encrypted_sentence() -> str:
    return _("The workbook is locked with a password. Save it without a password and send that.")


def _old_kind_sentence() -> str:
    return _(
        "This kind of spreadsheet is not read (.xls, .xlsb, .ods). Save it as an Excel workbook (.xlsx) or as CSV."
    )


def _not_a_sheet_sentence() -> str:
    return _("This file is not a spreadsheet. Send an Excel workbook (.xlsx) or a CSV file.")


def _damaged_sentence() -> str:
    return _("The workbook is damaged and cannot be opened. Open it in Excel, save it anew and send that.")


def _too_large_sentence() -> str:
    return _("The workbook is too large to be opened safely. Save the list by itself as CSV and send that.")


def _no_header_sentence() -> str:
    return _("No row of column names was found. Write names such as «کد ملی», «نام» and «نام خانوادگی» above the list.")
