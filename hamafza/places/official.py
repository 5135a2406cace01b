"""The official division of the country, read from the files of the package django-iranian-cities.

Only its files are read; its Django app is not installed. Its codes are numbers that lost their leading zeros, and its
names carry traces of typing; both are put right here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from hamafza.core.persian import ZWNJ, normalize, persian_digits
from hamafza.places.choices import PlaceKind
from hamafza.places.models import COUNTRY_CODE

#: Files of the package, the digits of a whole code, and the column that names the parent.
_FILES = (
    (PlaceKind.PROVINCE, "province.csv", 2, ""),
    (PlaceKind.COUNTY, "county.csv", 4, "province"),
    (PlaceKind.DISTRICT, "district.csv", 6, "county"),
    (PlaceKind.CITY, "city.csv", 10, "district"),
)

#: English names as the provinces' own offices write them. Other places have none in the package.
ENGLISH = {
    "00": "Markazi",
    "01": "Gilan",
    "02": "Mazandaran",
    "03": "East Azerbaijan",
    "04": "West Azerbaijan",
    "05": "Kermanshah",
    "06": "Khuzestan",
    "07": "Fars",
    "08": "Kerman",
    "09": "Razavi Khorasan",
    "10": "Isfahan",
    "11": "Sistan and Baluchestan",
    "12": "Kurdistan",
    "13": "Hamadan",
    "14": "Chaharmahal and Bakhtiari",
    "15": "Lorestan",
    "16": "Ilam",
    "17": "Kohgiluyeh and Boyer-Ahmad",
    "18": "Bushehr",
    "19": "Zanjan",
    "20": "Semnan",
    "21": "Yazd",
    "22": "Hormozgan",
    "23": "Tehran",
    "24": "Ardabil",
    "25": "Qom",
    "26": "Qazvin",
    "27": "Golestan",
    "28": "North Khorasan",
    "29": "South Khorasan",
    "30": "Alborz",
    "2301": "Tehran",
    "2302": "Damavand",
    "2303": "Ray",
    "2304": "Shemiranat",
    "2306": "Varamin",
    "2309": "Shahriar",
    "2310": "Eslamshahr",
    "2312": "Robat Karim",
    "2313": "Pakdasht",
    "2314": "Firuzkuh",
    "2316": "Qods",
    "2317": "Malard",
    "2318": "Pishva",
    "2319": "Baharestan",
    "2320": "Pardis",
    "2321": "Qarchak",
}

#: Names whose words the package has run together.
_MENDED = {
    "سیستان وبلوچستان": "سیستان و بلوچستان",
    "چهارمحال وبختیاری": "چهارمحال و بختیاری",
    "کهگیلویه وبویراحمد": "کهگیلویه و بویراحمد",
    "آران وبیدگل": "آران و بیدگل",
    "تیران وکرون": "تیران و کرون",
    "شاهین شهرومیمه": "شاهین‌شهر و میمه",
    "بو یین و میاندشت": "بویین و میاندشت",
}
_NUMBERED = re.compile(r"\s*-?\s*(\d+)\s*-?\s*$")
_ABAD = re.compile(r" [اآ]باد\b")


@dataclass(frozen=True, slots=True)
class OfficialPlace:
    """A place as the official division names it."""

    code: str
    kind: PlaceKind
    parent: str | None
    name_fa: str
    name_en: str


def official_places() -> Iterator[OfficialPlace]:
    """The country, its provinces, counties, districts and cities; a parent always comes before its children."""
    yield OfficialPlace(COUNTRY_CODE, PlaceKind.COUNTRY, None, "ایران", "Iran")
    codes: dict[str, str] = {}
    for kind, file, length, parent in _FILES:
        rows = list(_rows(file))
        for row in rows:
            code = row["code"].zfill(length)
            above = codes[row[parent]] if parent else COUNTRY_CODE
            yield OfficialPlace(code, kind, above, tidy_name(row["name"]), ENGLISH.get(code, ""))
        codes = {row["id"]: row["code"].zfill(length) for row in rows}


def tidy_name(name: str) -> str:
    """The name as one would print it: «نجف‌آباد», «تبریز ۱»."""
    name = normalize(name)
    name = _ABAD.sub(f"{ZWNJ}آباد", _MENDED.get(name, name))
    return persian_digits(_NUMBERED.sub(r" \1", name))


def _rows(file: str) -> Iterator[dict[str, str]]:
    path = resources.files("iranian_cities") / "data" / file
    yield from csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
