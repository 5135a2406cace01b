"""The command line: exit codes, one JSON document, sentences on standard error."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from hamafza.config.cli import main
from hamafza.places.tests.factories import COUNTY, make_places


@pytest.mark.parametrize(
    "words",
    [
        ["needs", "--county", COUNTY, "--limit", "-1"],
        ["serve", "--port", "99999"],
        ["serve", "--port", "0"],
        ["import-clients", "clients.xlsx"],
    ],
)
def test_main_wrong_call_exits_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


@pytest.mark.parametrize("written", ["", "no json", "[]"])
def test_check_import_without_key_says_so(written: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "key.json"
    key.write_text(written)
    assert main(["check-import", "clients.xlsx", str(key), "--county", COUNTY]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert str(key) in said.err


@pytest.mark.django_db
def test_import_clients_row_with_two_faults_is_one_entry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_places()
    sheet = tmp_path / "clients.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["کد ملی", "نام", "تاریخ تولد"], ["1234567890", "علی", "1364/13/01"]])
    assert main(["import-clients", str(sheet), "--county", COUNTY, "--dry-run", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["rows"], len(report["refused"])) == (1, 1)
    assert report["refused"][0]["code"] == "bad_check_digit"
    assert "1364/13/01" in report["refused"][0]["message"]
