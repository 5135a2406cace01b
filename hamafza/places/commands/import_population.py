"""Census figures from a CSV file: county_code, county_name, year, population."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.persian import latin_digits, normalize
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place, Population

COLUMNS = ("county_code", "county_name", "year", "population")
YEARS = range(1300, 1500)
MOST = 200_000_000


@dataclass(frozen=True, slots=True)
class CensusRow:
    """One line of the file; ``row`` counts from 1, the header is row 1."""

    row: int
    code: str
    name: str
    year: int
    count: int


@dataclass(frozen=True, slots=True)
class PopulationImport:
    """What an import did: ``rows = created + changed + unchanged + len(unmatched)``."""

    rows: int
    created: int
    changed: int
    unchanged: int
    unmatched: tuple[CensusRow, ...]


def import_population(path: Path, *, source: str = "") -> PopulationImport:
    """Write the figures of a census by county code; the name in the file is never used to match.

    Rows whose code is no county are listed and left out. A file that makes no sense is refused whole: missing columns,
    a code, year or figure that is none, one county twice in a year.
    """
    rows = _read(path)
    codes = {row.code for row in rows}
    with transaction.atomic():
        counties = set(Place.objects.filter(kind=PlaceKind.COUNTY, code__in=codes).values_list("code", flat=True))
        before = {
            (place, year): count
            for place, year, count in Population.objects.filter(place_id__in=counties).values_list(
                "place_id", "year", "count"
            )
        }
        matched = [row for row in rows if row.code in counties]
        new = [row for row in matched if (row.code, row.year) not in before]
        other = [row for row in matched if before.get((row.code, row.year), row.count) != row.count]
        Population.objects.bulk_create(
            (
                Population(place_id=row.code, year=row.year, count=row.count, source=source or path.name)
                for row in [*new, *other]
            ),
            update_conflicts=True,
            unique_fields=["place", "year"],
            update_fields=["count", "source"],
        )
    unmatched = tuple(row for row in rows if row.code not in counties)
    return PopulationImport(len(rows), len(new), len(other), len(matched) - len(new) - len(other), unmatched)


def _read(path: Path) -> list[CensusRow]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise Refusal(_("The file has no column %(names)s.") % {"names": ", ".join(missing)}, code="columns")
            rows = [_row(number, line) for number, line in enumerate(reader, start=2)]
    except OSError as fault:
        raise Refusal(_("The file %(file)s cannot be read.") % {"file": path.name}, code="unreadable") from fault
    except (UnicodeDecodeError, csv.Error) as fault:
        raise Refusal(
            _("The file %(file)s is no CSV file in UTF-8.") % {"file": path.name}, code="unreadable"
        ) from fault
    if not rows:
        raise Refusal(_("The file %(file)s has no rows.") % {"file": path.name}, code="empty")
    _refuse_repeats(rows)
    return rows


def _row(number: int, line: dict[str, str | None]) -> CensusRow:
    code, year, count = (latin_digits((line[name] or "").strip()) for name in ("county_code", "year", "population"))
    if not (_is_number(code) and len(code) <= 4):
        raise _nonsense(number, "county_code", code)
    if not (_is_number(year) and int(year) in YEARS):
        raise _nonsense(number, "year", year)
    if not (_is_number(count) and 0 < int(count) <= MOST):
        raise _nonsense(number, "population", count)
    return CensusRow(number, code.zfill(4), normalize(line["county_name"] or ""), int(year), int(count))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _nonsense(row: int, column: str, value: str) -> Refusal:
    return Refusal(
        _("Row %(row)s: %(value)s is no %(column)s. Nothing was written.")
        % {"row": wording.number(row), "value": repr(value), "column": column},
        code="nonsense",
    )


def _refuse_repeats(rows: list[CensusRow]) -> None:
    seen: dict[tuple[str, int], int] = {}
    for row in rows:
        first = seen.setdefault((row.code, row.year), row.row)
        if first != row.row:
            raise Refusal(
                _("Rows %(first)s and %(row)s name the same county and year. Nothing was written.")
                % {"first": wording.number(first), "row": wording.number(row.row)},
                code="repeated",
            )
