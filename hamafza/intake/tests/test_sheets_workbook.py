import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from django.utils.translation import override

from hamafza.intake.sheets.workbook import SheetError, open_sheet
from hamafza.intake.specimen import Style, population, write_csv, write_sheet, write_xlsx

HEADER = ["کد ملی", "نام", "نام خانوادگی"]
ALI = ["0099603081", "علی", "رضایی"]


def test_open_sheet_below_empty_rows_and_columns_keeps_row_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(4, 3, HEADER)
        page.write_row(6, 3, ALI)
    sheet = open_sheet(path)
    assert (sheet.header.row, sheet.header.names) == (5, tuple(HEADER))
    assert [(number, cells) for number, cells in sheet.rows() if any(cells)] == [(7, ALI)]


def test_open_sheet_chooses_the_sheet_that_holds_the_list(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("راهنما").write_row(0, 0, ["ردیف", "توضیحات"])
        book.add_worksheet("خالی")
        page = book.add_worksheet("فهرست")
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ALI)
    assert open_sheet(path).name == "فهرست"


def test_open_sheet_cell_merged_over_rows_stands_in_each(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["شماره پرونده", *HEADER])
        page.merge_range(1, 0, 2, 0, "1008")
        page.write_row(1, 1, ALI)
        page.write_row(2, 1, ALI)
        page.write_row(3, 1, ALI)
    assert [cells[0] for _number, cells in open_sheet(path).rows()] == ["1008", "1008", ""]


def test_open_sheet_merged_cells_may_be_read_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [["فهرست"], HEADER, ALI], titles=1)
    sheet = open_sheet(path)
    assert list(sheet.rows()) == list(sheet.rows())


def test_open_csv_record_with_newline_counts_as_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('کد ملی,نام,نشانی\r\n1,علی,"کوچه ۱\r\nپلاک ۲"\r\n\r\n2,رضا,\r\n', encoding="utf-8")
    assert list(open_sheet(path).rows()) == [(2, ["1", "علی", "کوچه ۱\r\nپلاک ۲"]), (3, []), (4, ["2", "رضا", ""])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_open_csv_in_any_dialect_finds_the_columns(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, [HEADER, ["0099603081", "علی", "کاظم, نژاد; پور"]], encoding=encoding, delimiter=delimiter)
    sheet = open_sheet(path)
    assert len(sheet.header.names) == 3
    assert [number for number, _cells in sheet.rows()] == [2]
    assert next(sheet.rows())[1][2] == "کاظم, نژاد; پور"


def test_open_csv_with_excel_hint_does_not_count_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\r\nکد ملی;نام\r\n1;علی\r\n", encoding="utf-8")
    sheet = open_sheet(path)
    assert (sheet.header.row, list(sheet.rows())) == (1, [(2, ["1", "علی"])])


def test_open_csv_of_many_rows_keeps_little_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("کد ملی,نام,نام خانوادگی\n")
        file.writelines(f"{number:010},علی,رضایی\n" for number in range(40_000))
    tracemalloc.start()
    count = sum(1 for _row in open_sheet(path).rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, peak < 12_000_000) == (40_000, True)


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def lying_bomb(path: Path) -> Path:
    """An entry of 60 MB whose directory says that it is small."""
    zipped(path, {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000})
    data = path.read_bytes()
    path.write_bytes(data.replace((60_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    return path


def far_cell(path: Path) -> Path:
    sheet = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    return zipped(path, {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": sheet})


BAD_FILES = {
    "empty": (lambda path: path.write_bytes(b""), "The file is empty."),
    "spaces": (lambda path: path.write_bytes(b" \r\n\r\n"), "The file is empty."),
    "text": (lambda path: path.write_text("سلام\nاین نامه است"), "No row of column names was found."),
    "picture": (
        lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
        "This file is not a spreadsheet.",
    ),
    "binary": (lambda path: path.write_bytes(b"\x01\x02\x03\x04\x05" * 99), "This file is not a spreadsheet."),
    "page": (lambda path: path.write_text("<html><table><tr><td>نام</td>"), "This file is not a spreadsheet."),
    "old excel": (
        lambda path: path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 999),
        "This kind of spreadsheet",
    ),
    "encrypted": (
        lambda path: path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le")),
        "The workbook is locked with a password.",
    ),
    "zip": (lambda path: zipped(path, {"a.txt": b"a"}), "This file is not a spreadsheet."),
    "cut zip": (lambda path: path.write_bytes(b"PK\x03\x04 cut off"), "The workbook is damaged"),
    "broken xml": (lambda path: zipped(path, {"xl/workbook.xml": b"<a", "x": b""}), "The workbook is damaged"),
    "macros": (
        lambda path: zipped(path, {"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"}),
        "The workbook holds macros.",
    ),
    "binary workbook": (lambda path: zipped(path, {"xl/workbook.bin": b"x"}), "This kind of spreadsheet"),
    "open document": (lambda path: zipped(path, {"mimetype": b"x", "content.xml": b"x"}), "This kind of spreadsheet"),
    "bomb": (
        lambda path: zipped(path, {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000}),
        "The workbook is too large",
    ),
    "lying bomb": (lying_bomb, "The workbook is too large"),
    "far cell": (far_cell, "The workbook is too large"),
    "no header": (lambda path: write_xlsx(path, [["علی", 12], ["رضا", 13]]), "No row of column names was found."),
    "empty workbook": (lambda path: write_xlsx(path, []), "The file is empty."),
}


@pytest.mark.parametrize(("make", "sentence"), BAD_FILES.values(), ids=BAD_FILES)
def test_open_sheet_of_what_is_no_list_says_why(tmp_path: Path, make: Callable[[Path], object], sentence: str) -> None:
    path = tmp_path / "sent"
    make(path)
    with override("en"), pytest.raises(SheetError) as refusal:
        open_sheet(path)
    assert str(refusal.value).startswith(sentence)


def test_read_csv_with_open_quote_says_where(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('کد ملی,نام\n1,علی\n2,"رضا\n' + "3,حسن\n" * 40_000, encoding="utf-8")
    with override("en"), pytest.raises(SheetError, match="After row"):
        list(open_sheet(path).rows())


def test_open_sheet_sample_holds_rows_with_something_in_them(tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.xlsx", population(20), Style(blank_every=2))
    assert len(open_sheet(tmp_path / "a.xlsx").sample(10)) == 10
