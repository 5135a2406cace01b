"""The office's sheets in the story: one with every fault, and the refused rows of it put right by hand."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from hamafza.core.persian import latin_digits
from hamafza.intake import specimen
from hamafza.intake.specimen import Population, Style, identity_number, population, write_sheet, write_xlsx

#: How this office calls the father's name: nobody can know.
OWN_HEADING = "ولی"


def office_sheet(path: Path) -> tuple[Population, dict[str, Any]]:
    """Titles, a totals row, planted faults and duplicates, mixed dates and digits; gives the people and the key."""
    made = population(26, seed=913, faults=1, repeated=2, duplicates=2)
    # Files of their own: the demonstration county begins with the same numbers.
    people = Population(tuple(replace(one, file_number=f"8{one.file_number}") for one in made.clients))
    kept = specimen.HEADINGS["fa"]["father_name"]
    specimen.HEADINGS["fa"]["father_name"] = OWN_HEADING
    try:
        style = Style(titles=2, totals=True, dates="mixed", digits="mixed", arabic_letters=True)
        return people, write_sheet(path, people, style)
    finally:
        specimen.HEADINGS["fa"]["father_name"] = kept


def read(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def is_right_to_left(path: Path) -> bool:
    with zipfile.ZipFile(path) as packed:
        return b'rightToLeft="1"' in packed.read("xl/worksheets/sheet1.xml")


def correct(refused: Path, corrected: Path) -> int:
    """Put every refused row right, as the office would with the paper file at hand; gives how many there were."""
    header, *rows = read(refused)
    place = {str(name): number for number, name in enumerate(header)}
    for row in rows:
        nine = latin_digits(str(row[place["کد ملی"]]))[:9]
        row[place["کد ملی"]] = identity_number(int(nine))
        row[place["تاریخ تولد"]] = "۱۳۶۱/۰۸/۰۶"
        row[place["نام"]] = row[place["نام"]] or "گلنار"
        row[place["نام خانوادگی"]] = row[place["نام خانوادگی"]] or "شریفی"
    write_xlsx(corrected, [header, *rows])
    return len(rows)
