"""Whole sheets in every style an office uses: what is read must equal the population's key and its plain values."""

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from hamafza.core.persian import key
from hamafza.intake.sheets.columns import faults_in, propose_mapping
from hamafza.intake.sheets.rows import ClientRow, RowCleaner
from hamafza.intake.sheets.workbook import ClientSheet, open_sheet
from hamafza.intake.specimen import Population, Style, population, write_sheet

TODAY = dt.date(2025, 11, 21)
COUNTY = frozenset({key("پاکدشت"), "2313"})
PEOPLE = population(60, seed=5, faults=2, repeated=3, duplicates=3)

STYLES = {
    "plain xlsx": Style(),
    "merged titles, totals, toman": Style(
        titles=2, totals=True, unit="toman", dates="mixed", numeric_ids=True, digits="mixed"
    ),
    "arabic letters, one name column": Style(names="one", arabic_letters=True, headings="fa-other", digits="persian"),
    "date cells": Style(dates="cell", numeric_ids=True),
    "serials": Style(dates="serial"),
    "windows-1256, semicolons, two-digit years": Style(
        kind="csv", encoding="cp1256", delimiter=";", dates="short", headings="fa-other", totals=True
    ),
    "utf-8 with mark, tabs, month names": Style(kind="csv", encoding="utf-8-sig", delimiter="\t", dates="persian"),
    "utf-16, day first": Style(kind="csv", encoding="utf-16", delimiter="\t", dates="day_first"),
    "english, shuffled columns": Style(headings="en", dates="gregorian", shuffle_columns=3, unit="toman"),
    "english csv": Style(kind="csv", headings="en", dates="mixed", unit_in_cells=True, unit="toman", titles=1),
    "blank and repeated header rows": Style(
        titles=3, blank_every=7, repeat_header_every=10, shuffle_rows=4, totals=True
    ),
    "county column": Style(county="شهرستان پاکدشت", shuffle_columns=8, kind="csv", totals=True),
    "unit unknown means rial": Style(unit=""),
}


def read(sheet: ClientSheet, *, county: frozenset[str] = COUNTY) -> list[ClientRow]:
    mapping = propose_mapping(sheet.header.names, sheet.sample())
    assert faults_in(mapping) == []
    cleaner = RowCleaner(mapping, today=TODAY, county_names=county)
    return [row for number, cells in sheet.rows() if (row := cleaner.clean(number, cells))]


def codes(rows: list[ClientRow], kind: str) -> dict[str, list[int]]:
    found = defaultdict(list)
    for row in rows:
        for fault in getattr(row, kind):
            found[fault.code].append(row.row)
    return dict(found)


def plain(row: ClientRow, *, split_names: bool) -> tuple[Any, ...]:
    name = (row.first_name, row.last_name) if split_names else f"{row.first_name} {row.last_name}"
    return (
        *(
            row.file_number,
            row.identity_number,
            key(str(name)),
            key(row.father_name),
            row.born_on,
            row.sex,
            row.relation,
        ),
        *(row.mobile, key(row.address), row.postal_code, row.groups, row.decile, row.income_rial, row.needs),
    )


def truth(people: Population, *, split_names: bool) -> list[tuple[Any, ...]]:
    return [
        plain(
            ClientRow(
                0,
                file_number=client.file_number,
                identity_number=client.identity_number,
                first_name=client.first_name,
                last_name=client.last_name,
                father_name=client.father_name,
                born_on=client.born_on,
                sex=client.sex,
                relation=client.relation,
                mobile="" if client.fault else client.mobile,
                address=client.address,
                postal_code=client.postal_code,
                groups=(client.group,),
                decile=client.decile,
                income_rial=client.income_rial,
                needs=client.needs,
            ),
            split_names=split_names,
        )
        for client in people.clients
        if client.fault in ("", "bad_mobile")
    ]


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_read_sheet_in_any_style_gives_the_population(tmp_path: Path, style: Style) -> None:
    path = tmp_path / f"clients.{style.kind}"
    expected = write_sheet(path, PEOPLE, style)
    sheet = open_sheet(path)
    rows = read(sheet)
    assert sheet.header.row == expected["header_row"]
    assert len(rows) == expected["rows"]
    assert codes(rows, "refusals") == expected["refused"]
    assert codes(rows, "warnings") == expected["warnings"]
    split = style.names == "two"
    taken = [plain(row, split_names=split) for row in rows if not row.refusals]
    assert sorted(taken, key=repr) == sorted(truth(PEOPLE, split_names=split), key=repr)


def test_read_sheet_of_another_county_refuses_every_row(tmp_path: Path) -> None:
    write_sheet(tmp_path / "clients.csv", population(12), Style(kind="csv", county="ورامین"))
    rows = read(open_sheet(tmp_path / "clients.csv"))
    assert codes(rows, "refusals") == {"other_county": [row.row for row in rows]}
    assert {fault.column for row in rows for fault in row.refusals} == {"شهرستان"}


def test_read_sheet_without_identity_numbers_is_no_fault(tmp_path: Path) -> None:
    write_sheet(tmp_path / "clients.xlsx", population(12), Style(without=frozenset({"identity_number", "mobile"})))
    rows = read(open_sheet(tmp_path / "clients.xlsx"))
    assert (len(rows), codes(rows, "refusals"), codes(rows, "warnings")) == (12, {}, {})


def test_clean_rows_come_back_from_staging_unchanged(tmp_path: Path) -> None:
    write_sheet(tmp_path / "clients.xlsx", PEOPLE)
    rows = read(open_sheet(tmp_path / "clients.xlsx"))
    assert [ClientRow.from_json(row.to_json()) for row in rows] == rows
