"""The rows of an import, and the refused ones as a spreadsheet."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from hamafza.core.scope import counties
from hamafza.intake.choices import FAULT_NAMES, REASON_HEADING, BatchState
from hamafza.intake.commands.advance import advance
from hamafza.intake.commands.clear import clear_old_imports
from hamafza.intake.models import ImportBatch
from hamafza.intake.sheets.faults import REFUSALS, WARNINGS
from hamafza.intake.specimen import Style, population, write_sheet
from hamafza.intake.tests.factories import (
    HEAD,
    HEADER,
    ROWS,
    SPOUSE,
    WRONG_NUMBER,
    csv_file,
    make_batch,
    xlsx,
)
from hamafza.intake.tests.pages import columns_form, send, url
from hamafza.places.tests.factories import COUNTY
from hamafza.registry.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("division")]


# Rows


def test_refused_shows_row_column_value_and_reason(worker: Client) -> None:
    rows = worker.get(url("refused", make_batch(BatchState.STAGED))).context["rows"]
    assert [(fault.row, fault.column, fault.code, fault.value) for fault in rows] == [
        (4, "کد ملی", "bad_check_digit", "0099603082"),
        (5, "تاریخ تولد", "bad_date", "1350/13/40"),
        (6, "نام", "no_name", ""),
    ]


def test_refused_of_one_kind(worker: Client) -> None:
    page = worker.get(url("refused", make_batch(BatchState.STAGED)), {"code": "bad_date"})
    assert [fault.row for fault in page.context["rows"]] == [5]
    assert page.context["count"] == 1


def test_refused_goes_on_where_the_page_ends(worker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamafza.intake.queries.staged.PAGE", 2)
    batch = make_batch(BatchState.STAGED)
    first = worker.get(url("refused", batch))
    second = worker.get(url("refused", batch) + first.context["more_url"])
    assert [fault.row for fault in [*first.context["rows"], *second.context["rows"]]] == [4, 5, 6]
    assert second.context["more_url"] == ""


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "۵", ""])
def test_refused_after_no_number_begins_at_the_first_row(worker: Client, after: str) -> None:
    assert len(worker.get(url("refused", make_batch(BatchState.STAGED)), {"after": after}).context["rows"]) == 3


def test_warnings_shows_what_was_left_out(worker: Client) -> None:
    rows = worker.get(url("warnings", make_batch(BatchState.STAGED))).context["rows"]
    assert [(fault.row, fault.column, fault.code, fault.value) for fault in rows] == [
        (3, "تلفن همراه", "bad_mobile", "123")
    ]


@pytest.mark.parametrize(
    ("outcome", "names"),
    [
        ("created", ["مصطفی صادقی", "پروین سلیمانی"]),
        ("matched", ["مصطفی صادقی"]),
        ("changed", []),
        ("refused", ["مصطفی صادقی", "پروین سلیمانی"]),
    ],
)
def test_row_list_shows_the_rows_of_an_outcome(worker: Client, outcome: str, names: list[str]) -> None:
    page = worker.get(url("row-list", make_batch(BatchState.DONE, rows=[HEAD, SPOUSE, HEAD])), {"outcome": outcome})
    assert [row.name for row in page.context["rows"]] == names


def test_row_list_of_a_done_import_leads_to_the_persons(worker: Client) -> None:
    page = worker.get(url("row-list", make_batch(BatchState.DONE)))
    with counties([COUNTY]):
        persons = {person.origin_row: person.pk for person in Person.objects.all()}
    assert {row.row: row.person for row in page.context["rows"]} == persons


def test_each_fault_has_a_name() -> None:
    assert set(FAULT_NAMES) == set(REFUSALS) | set(WARNINGS)


@pytest.mark.parametrize("name", ["row-list", "refused", "warnings"])
def test_rows_that_were_removed_are_said_to_be(worker: Client, name: str) -> None:
    batch = make_batch(BatchState.DONE)
    clear_old_imports(before=timezone.now() + timedelta(seconds=1))
    response = worker.get(url(name, batch))
    assert "intake/cleared.html" in [template.name for template in response.templates]


def test_result_stays_when_the_rows_were_removed(worker: Client) -> None:
    batch = make_batch(BatchState.DONE)
    clear_old_imports(before=timezone.now() + timedelta(seconds=1))
    page = worker.get(url("batch-record", batch))
    assert (page.context["counts"].created, page.context["kept"]) == (2, False)
    assert worker.get(url("refused-sheet", batch)).url == url("refused", batch)


# The refused rows as a spreadsheet


def cells_of(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_refused_sheet_holds_just_the_refused_rows_as_written(worker: Client) -> None:
    header, *rows = cells_of(worker.get(url("refused-sheet", make_batch(BatchState.STAGED))).content)
    assert header == [*HEADER, REASON_HEADING]
    assert [row[:-1] for row in rows] == ROWS[2:]
    assert "0099603082" in str(rows[0][-1])


def test_refused_sheet_corrected_and_sent_again_creates_all_once(worker: Client) -> None:
    done = make_batch(BatchState.DONE)
    header, number, date, name = cells_of(worker.get(url("refused-sheet", done)).content)
    number[1], date[5], name[2] = "", "1350/12/29", "حمید"
    again_sent = make_batch(BatchState.DONE, content=xlsx([number, date, name], header=[str(one) for one in header]))
    assert again_sent.result == {"rows": 3, "created": 3, "matched": 0, "changed": 0, "refused": 0}
    with counties([COUNTY]):
        assert Person.objects.count() == 5
        assert set(Person.objects.values_list("household__file_number", flat=True)) == {"0012", "0013", "0014", "0015"}


@pytest.mark.parametrize(
    "style",
    [
        Style(dates="serial", numeric_ids=True),
        Style(headings="en", unit="toman", dates="gregorian"),
        Style(kind="csv", names="one", dates="short"),
    ],
    ids=["numbers", "English, toman", "one name column"],
)
def test_refused_sheet_of_any_style_corrected_is_taken_whole(worker: Client, tmp_path: Path, style: Style) -> None:
    path = tmp_path / f"sheet.{style.kind}"
    key = write_sheet(path, population(30, seed=11, faults=2), style)
    done = make_batch(BatchState.DONE, content=path.read_bytes())
    content = worker.get(url("refused-sheet", done)).content
    header, *rows = cells_of(content)
    meanings = {use[2]: use[0] for use in done.mapping or [] if use[2]}
    corrected = [[*row] for row in rows]
    name = meanings.get("first_name", meanings.get("full_name", 0))
    for number, row in enumerate(corrected):
        row[meanings["identity_number"]], row[meanings["born_on"]], row[name] = "", "1360/01/01", f"نام {number}"
    back = make_batch(BatchState.DONE, content=xlsx(corrected, header=header))
    assert (len(rows), back.row_count) == (key["refused_total"], key["refused_total"])
    assert back.result is not None
    assert (back.result["created"], back.result["refused"]) == (key["refused_total"], 0)


def test_refused_sheet_sent_back_as_it_is_gets_no_second_column_of_reasons(worker: Client) -> None:
    content = worker.get(url("refused-sheet", make_batch(BatchState.STAGED))).content
    back = make_batch(BatchState.STAGED, content=content)
    assert [use[2] for use in back.mapping][-1] == ""
    header, *rows = cells_of(worker.get(url("refused-sheet", back)).content)
    assert header == [*HEADER, REASON_HEADING]
    assert len(rows) == 3


def test_refused_sheet_keeps_what_the_office_said_of_its_columns(worker: Client) -> None:
    batch = make_batch()
    worker.post(url("columns", batch), columns_form(worker, batch, **{"meaning-4": ""}))
    advance(batch.pk, county=COUNTY)
    content = worker.get(url("refused-sheet", batch)).content
    send(worker, content, "refused.xlsx")
    with counties([COUNTY]):
        sent = ImportBatch.objects.latest("pk")
    form = worker.get(url("columns", sent)).context["form"]
    assert form.fields["meaning-4"].initial == ""


def test_refused_sheet_holds_no_formula(worker: Client) -> None:
    wrong = [*WRONG_NUMBER[:4], '=HYPERLINK("http","x")', *WRONG_NUMBER[5:]]
    content = worker.get(
        url("refused-sheet", make_batch(BatchState.STAGED, content=csv_file([wrong]).replace(b'""', b"")))
    ).content
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"rightToLeft" in sheet
