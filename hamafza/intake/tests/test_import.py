"""The contract of an import, on sheets of every shape."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from hamafza.accounts.queries.actors import system_actor
from hamafza.core.scope import counties
from hamafza.intake.choices import BatchState, Outcome
from hamafza.intake.commands import apply as apply_module
from hamafza.intake.commands.import_file import import_file
from hamafza.intake.models import ImportBatch
from hamafza.intake.queries.half_rows import half_rows
from hamafza.intake.queries.plain import plain_lines
from hamafza.intake.queries.report import counts_of, refused_rows, warned_rows
from hamafza.intake.specimen import Style, population, write_csv, write_sheet
from hamafza.needs.models import Need
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY, make_places
from hamafza.registry.choices import Relation
from hamafza.registry.models import Household, Person

pytestmark = pytest.mark.django_db

STYLES = {
    "titles, totals, Persian digits": Style(
        titles=2, totals=True, digits="persian", arabic_letters=True, dates="mixed"
    ),
    "other headings, other order": Style(headings="fa-other", shuffle_columns=3, numeric_ids=True, dates="day_first"),
    "English, toman": Style(headings="en", unit="toman", dates="gregorian", shuffle_columns=5),
    "Windows-1256 with semicolons": Style(kind="csv", encoding="cp1256", delimiter=";", dates="short", names="one"),
    "tabs, one name column": Style(kind="csv", encoding="utf-8-sig", delimiter="\t", names="one", dates="dashed"),
    "serial dates, repeated headings": Style(dates="serial", repeat_header_every=7, blank_every=5, unit_in_cells=True),
}


def run(path: Path, *, county: str = COUNTY, dry_run: bool = False) -> ImportBatch:
    return import_file(county, path=path, by=system_actor("test"), dry_run=dry_run)


def sheet(tmp_path: Path, name: str, rows: list[list[Any]]) -> Path:
    path = tmp_path / f"{name}.csv"
    write_csv(path, rows)
    return path


def counted(batch: ImportBatch) -> tuple[int, int, int, int, int]:
    with counties([batch.county_id]):
        counts = counts_of(batch)
    return counts.rows, counts.created, counts.matched, counts.changed, counts.refused


def codes(faults: Any) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for fault in faults:
        found.setdefault(fault.code, []).append(fault.row)
    return {code: sorted(rows) for code, rows in found.items()}


HEADER = ["شماره پرونده", "کد ملی", "نام", "نام خانوادگی", "نام پدر", "تاریخ تولد", "نسبت با سرپرست", "دهک", "نیازها"]
HEAD = ["1", "0099603081", "مصطفی", "صادقی", "بهرام", "1361/08/06", "سرپرست", "1", "شغل، مسکن"]
SPOUSE = ["1", "0657975435", "پروین", "سلیمانی", "حسن", "1365/02/10", "همسر", "1", "درمان"]


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_import_sheet_of_any_style_keeps_its_key(tmp_path: Path, style: Style) -> None:
    make_places()
    people = population(80, seed=5, faults=2, repeated=4)
    path = tmp_path / f"sheet.{style.kind}"
    key = write_sheet(path, people, style)
    batch = run(path)
    with counties([COUNTY]):
        assert counted(batch) == (key["rows"], key["created"], key["matched"], 0, key["refused_total"])
        assert codes(refused_rows(batch)) == key["refused"]
        assert codes(warned_rows(batch))["bad_mobile"] == key["warnings"]["bad_mobile"]
        repeated = batch.rows.filter(outcome__in=[Outcome.MATCHED, Outcome.CHANGED]).values_list("row", flat=True)
        assert sorted(repeated) == key["matched_rows"]
        assert dict(Counter(Need.objects.values_list("domain", flat=True))) == key["open_needs"]
        assert half_rows(COUNTY) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_import_again_shuffled_and_saved_anew_adds_and_changes_nothing(tmp_path: Path, seed: int) -> None:
    make_places()
    people = population(60, seed=seed, faults=1, repeated=6, duplicates=4)
    write_sheet(tmp_path / "first.xlsx", people, Style())
    write_sheet(
        tmp_path / "again.csv", people, Style(kind="csv", shuffle_rows=seed, shuffle_columns=seed, digits="persian")
    )
    first = run(tmp_path / "first.xlsx")
    with counties([COUNTY]):
        before = [line for line in plain_lines(COUNTY) if not line.startswith("row|")]
    again = run(tmp_path / "again.csv")
    with counties([COUNTY]):
        assert [line for line in plain_lines(COUNTY) if not line.startswith("row|")] == before
    assert counted(again)[1] == counted(again)[3] == 0
    assert counted(again)[4] == counted(first)[4]


def test_import_with_conflicting_rows_shuffled_changes_nothing(tmp_path: Path) -> None:
    make_places()
    other = [*HEAD[:7], "4", "درمان"]
    loose = ["1", "", *SPOUSE[2:7], "3", ""]
    run(sheet(tmp_path, "first", [HEADER, HEAD, SPOUSE, other, loose]))
    for place, order in enumerate([(3, 2, 1, 0), (2, 0, 3, 1), (1, 3, 0, 2)]):
        rows = [HEAD, SPOUSE, other, loose]
        batch = run(sheet(tmp_path, f"again{place}", [HEADER, *[rows[number] for number in order]]))
        assert counted(batch) == (4, 0, 4, 0, 0)


def test_import_later_row_that_differs_warns_and_changes_nothing(tmp_path: Path) -> None:
    make_places()
    batch = run(sheet(tmp_path, "sheet", [HEADER, HEAD, [*HEAD[:2], "مرتضی", *HEAD[3:7], "7", ""]]))
    with counties([COUNTY]):
        assert Person.objects.get().first_name == "مصطفی"
        assert Household.objects.get().decile == 1
        assert [(fault.row, fault.column) for fault in warned_rows(batch)] == [(3, "نام"), (3, "دهک")]
    assert counted(batch) == (2, 1, 1, 0, 0)


def test_import_head_in_a_later_row_speaks_for_the_household(tmp_path: Path) -> None:
    make_places()
    run(sheet(tmp_path, "sheet", [HEADER, [*SPOUSE[:7], "5", ""], [*HEAD[:7], "2", ""]]))
    with counties([COUNTY]):
        household = Household.objects.get()
        assert (household.decile, household.head) == (2, Person.objects.get(relation=Relation.HEAD))


def test_import_without_identity_number_matches_by_file_names_and_birth_date(tmp_path: Path) -> None:
    make_places()
    row = ["7", "", "كبري", "علی زاده", "حسن", "1350/01/02", "سرپرست", "", ""]
    run(sheet(tmp_path, "first", [HEADER, row]))
    again = run(sheet(tmp_path, "again", [HEADER, ["7", "", "کبری", "علیزاده", "", "1350-1-2", "", "", ""]]))
    other = run(sheet(tmp_path, "other", [HEADER, ["8", *row[1:]]]))
    assert (counted(again)[1:3], counted(other)[1:3]) == ((0, 1), (1, 0))


def test_import_new_value_changes_the_file_and_counts_as_changed(tmp_path: Path) -> None:
    make_places()
    run(sheet(tmp_path, "first", [HEADER, HEAD, SPOUSE]))
    batch = run(
        sheet(tmp_path, "second", [HEADER, [*HEAD[:4], "بهمن", *HEAD[5:7], "3", "آموزش"], [*SPOUSE[:7], "3", ""]])
    )
    with counties([COUNTY]):
        assert counted(batch) == (2, 0, 2, 1, 0)
        assert Person.objects.get(relation=Relation.HEAD).father_name == "بهمن"
        assert Household.objects.get().decile == 3
        assert set(Need.objects.values_list("domain", flat=True)) == {"job", "housing", "health", "education"}


def test_import_number_on_file_in_another_county_is_refused_without_its_data(tmp_path: Path) -> None:
    make_places()
    run(sheet(tmp_path, "theirs", [HEADER, HEAD]), county=SISTER_COUNTY)
    batch = run(sheet(tmp_path, "ours", [HEADER, [*HEAD[:2], "دیگر", "نام", *HEAD[4:]], SPOUSE]))
    with counties([COUNTY]):
        refused = list(refused_rows(batch))
    assert [(fault.row, fault.column, fault.code, fault.value) for fault in refused] == [
        (2, "کد ملی", "on_file_elsewhere", "")
    ]
    assert counted(batch) == (2, 1, 0, 0, 1)


def test_import_sheet_without_file_numbers_twice_adds_nothing(tmp_path: Path) -> None:
    make_places()
    header = ["نام", "نام خانوادگی", "نام پدر", "تاریخ تولد"]
    rows = [["علی", "رضایی", "حسن", "1350/1/1"], ["علی", "رضایی", "حسین", "1350/1/1"], ["زهرا", "کریمی", "رضا", ""]]
    assert counted(run(sheet(tmp_path, "first", [header, *rows])))[:3] == (3, 3, 0)
    assert counted(run(sheet(tmp_path, "again", [header, *reversed(rows)])))[:4] == (3, 0, 3, 0)


def test_import_household_need_named_by_two_members_stands_once(tmp_path: Path) -> None:
    make_places()
    run(sheet(tmp_path, "sheet", [HEADER, HEAD, [*SPOUSE[:8], "مسکن"]]))
    with counties([COUNTY]):
        assert Need.objects.filter(domain="housing").count() == 1


def test_dry_run_decides_as_the_import_does_and_writes_nothing(tmp_path: Path) -> None:
    make_places()
    path = tmp_path / "sheet.xlsx"
    key = write_sheet(path, population(40, seed=3, faults=1, repeated=2), Style())
    preview = run(path, dry_run=True)
    with counties([COUNTY]):
        assert (Person.objects.count(), Need.objects.count()) == (0, 0)
        seen = counted(preview), codes(refused_rows(preview)), codes(warned_rows(preview))
        done = run(path)
        assert (counted(done), codes(refused_rows(done)), codes(warned_rows(done))) == seen
    assert seen[0] == (key["rows"], key["created"], key["matched"], 0, key["refused_total"])


def test_import_that_fails_in_a_chunk_leaves_no_half_row_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_places()
    monkeypatch.setattr(apply_module, "ROWS_A_CHUNK", 20)
    path = tmp_path / "sheet.xlsx"
    write_sheet(path, population(90, seed=8, faults=1, repeated=3), Style())
    real, calls = apply_module.state_needs, []

    def stumble(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(apply_module, "state_needs", stumble)
    with pytest.raises(KeyboardInterrupt):
        run(path)
    with counties([COUNTY]):
        assert half_rows(COUNTY) == []
        assert ImportBatch.objects.get().state == BatchState.APPLYING
    batch = run(path)
    with counties([COUNTY]):
        assert (ImportBatch.objects.count(), batch.state, half_rows(COUNTY)) == (1, BatchState.DONE, [])


@pytest.mark.parametrize("written", ["شریف‌آباد", "شريف آباد", "بخش شریف‌آباد", "231301"])
def test_import_district_however_spelt_is_the_district(tmp_path: Path, written: str) -> None:
    make_places()
    run(sheet(tmp_path, "districts", [[*HEADER, "بخش"], [*HEAD, written]]))
    with counties([COUNTY]):
        assert Household.objects.get().district_id == "231301"


def test_import_row_without_number_under_a_head_on_file_is_the_same_person_next_time(tmp_path: Path) -> None:
    make_places()
    run(sheet(tmp_path, "heads", [HEADER, HEAD]))
    rows = [["کد ملی سرپرست", "نام", "نام خانوادگی", "تاریخ تولد"], [HEAD[1], "سارا", "صادقی", "1390/01/01"]]
    assert counted(run(sheet(tmp_path, "children", rows)))[:3] == (1, 1, 0)
    assert counted(run(sheet(tmp_path, "anew", [[*row, ""] for row in rows])))[:4] == (1, 0, 1, 0)


def test_import_rows_that_differ_in_groups_and_disability_change_nothing_in_another_order(tmp_path: Path) -> None:
    make_places()
    header = ["کد ملی", "نام", "گروه هدف", "نوع معلولیت", "علت نیازمندی"]
    first, later = [HEAD[1], "مصطفی", "", "", ""], [HEAD[1], "مصطفی", "سالمند", "بینایی", "اجتماعی"]
    run(sheet(tmp_path, "first", [header, first, later]))
    assert counted(run(sheet(tmp_path, "anew", [header, later, first])))[:4] == (2, 0, 2, 0)


def test_import_row_without_number_is_compared_with_the_first_rows_alone(tmp_path: Path) -> None:
    make_places()
    header = ["کد ملی", "شماره پرونده", "نام", "نام خانوادگی", "تاریخ تولد"]
    names = ["مصطفی", "صادقی", "1361/08/06"]
    rows = [[HEAD[1], "1", *names], [HEAD[1], "2", *names], ["", "2", *names]]
    assert counted(run(sheet(tmp_path, "first", [header, *rows])))[1] == 2
    assert counted(run(sheet(tmp_path, "anew", [header, *reversed(rows)])))[:4] == (3, 0, 3, 0)
