"""Census figures: by code, unmatched rows listed, nonsense refused whole, the same file twice changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from hamafza.core.errors import Refusal
from hamafza.places.commands.import_population import CensusRow, PopulationImport, import_population
from hamafza.places.models import Place, Population
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY

HEAD = "county_code,county_name,year,population\n"


@pytest.fixture
def file(places: dict[str, Place], tmp_path: Path) -> Path:
    return tmp_path / "census.csv"


def test_import_population_matches_by_code_and_lists_the_rest(file: Path) -> None:
    file.write_text(f"{HEAD}2313,نامی دیگر,1395,350966\n9999,ناکجا,1395,10\n2306,ورامین,1395,283742\n", "utf-8-sig")
    result = import_population(file)
    unmatched = (CensusRow(row=3, code="9999", name="ناکجا", year=1395, count=10),)
    assert result == PopulationImport(rows=3, created=2, changed=0, unchanged=0, unmatched=unmatched)
    figures = {(row.place_id, row.year, row.count, row.source) for row in Population.objects.all()}
    assert figures == {(COUNTY, 1395, 350966, "census.csv"), (SISTER_COUNTY, 1395, 283742, "census.csv")}


def test_import_population_again_changes_nothing_and_a_corrected_figure_is_changed(file: Path) -> None:
    file.write_text(f"{HEAD}2313,پاکدشت,1395,350966\n", "utf-8")
    import_population(file)
    again = import_population(file)
    file.write_text(f"{HEAD}2313,پاکدشت,۱۳۹۵,۳۵۰۹۶۷\n", "utf-8")
    corrected = import_population(file)
    assert [(result.created, result.changed, result.unchanged) for result in (again, corrected)] == [
        (0, 0, 1),
        (0, 1, 0),
    ]
    assert Population.objects.get().count == 350967


def test_import_population_puts_lost_zeros_back(file: Path) -> None:
    Place.objects.create(code="0001", kind="county", parent_id="23", name_fa="اراک")
    file.write_text(f"{HEAD}1,اراک,1395,591756\n", "utf-8")
    assert import_population(file).created == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "columns"),
        ("code,name\n1,2\n", "columns"),
        (HEAD, "empty"),
        (f"{HEAD}2313,پاکدشت,1395,12.5\n", "nonsense"),
        (f"{HEAD}2313,پاکدشت,1395,-5\n", "nonsense"),
        (f"{HEAD}2313,پاکدشت,1395,0\n", "nonsense"),
        (f"{HEAD}2313,پاکدشت,1395\n", "nonsense"),
        (f"{HEAD}2313,پاکدشت,2016,350966\n", "nonsense"),
        (f"{HEAD}پاکدشت,2313,1395,350966\n", "nonsense"),
        (f"{HEAD}2313,پاکدشت,1395,350966\n2313,پاکدشت,1395,1\n", "repeated"),
    ],
)
def test_import_population_of_nonsense_is_refused_and_writes_nothing(file: Path, text: str, code: str) -> None:
    file.write_text(f"{text}2306,ورامین,1395,283742\n" if code == "nonsense" else text, "utf-8")
    with pytest.raises(Refusal) as refusal:
        import_population(file)
    assert refusal.value.code == code
    assert Population.objects.count() == 0


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x01", "county_code,شهر".encode("cp1256")])
def test_import_population_of_another_encoding_is_refused(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with pytest.raises(Refusal):
        import_population(file)


def test_import_population_of_no_file_is_refused(file: Path) -> None:
    with pytest.raises(Refusal, match=r"census\.csv"):
        import_population(file)
