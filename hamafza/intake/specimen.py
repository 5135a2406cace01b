"""Sheets as offices keep them: one invented population, written in any of their styles, with the key of its import.

For tests, benchmarks and the demonstration county: nobody in it exists.

`write_sheet(path, population(...), style)` writes the file and returns its key, in the form `check-import` reads.
Everything follows from the seed; nothing here looks into the reader that the tests try.
"""

import csv
import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import xlsxwriter
from persiantools.jdatetime import JalaliDate

Row = list[Any]
_Jalali: Any = JalaliDate  # the package says it is typed, but its functions are not
ZWNJ = "\u200c"
#: Windows-1256 has neither the Persian ی nor Persian digits.
_FOR_CP1256 = str.maketrans("ی۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "ي" + "0123456789" * 2)

_WOMEN = (
    "فاطمه زهرا معصومه مریم زینب پروین نرگس سارا الهام کبری آمنه سکینه طاهره اعظم ماهرخ مژگان شیرین نسرین خدیجه گلنار "
    "رقیه حلیمه پریسا اکرم اشرف مهناز نازنین هانیه لیلا سمیه راضیه مرضیه شهناز ناهید زیبا فرشته محبوبه صدیقه عفت بتول"
).split()
_MEN = (
    "علی رضا محمد حسین مهدی اکبر اصغر عباس قاسم یعقوب منصور بهرام مصطفی حسن مجید مرتضی هادی داود ناصر فرهاد "
    "جمشید نادر کاظم یوسف ابراهیم اسماعیل کریم رحیم جواد صادق بهمن سیروس عیسی موسی محسن حمید سعید امیر ایرج جعفر"
).split()
_STEMS = (
    "رضا کریم موسو مراد کیان کاظم عل یزدان تراب دهقان عباس محمد شریف احمد حسن صادق نظر اکبر جعفر رستم "
    "سلیمان طاهر باقر منصور قاسم یوسف میرزا خسرو نور شهباز"
).split()
_LAST = [stem + end for stem in _STEMS for end in ("ی", f"{ZWNJ}نژاد", f"{ZWNJ}زاده", "پور", "یان")]
#: Clients that `write_specimen` holds at once.
_PORTION = 5_000
_GROUPS = {
    "disabled": "معلول",
    "woman_head": "زن سرپرست خانوار",
    "older": "سالمند",
    "mental_illness": "بیمار روانی مزمن",
    "deprived": "نیازمند",
}
_NEEDS_FA = {
    "job": "شغل پایدار",
    "housing": "مسکن",
    "household_goods": "لوازم منزل",
    "livelihood": "معیشت",
    "rehabilitation": "توانبخشی",
    "health": "درمان",
    "education": "آموزش",
    "social": "مشاوره",
}
_NEEDS_EN = {domain: domain.replace("_", " ") for domain in _NEEDS_FA}
_OF_HOUSEHOLD = {"housing", "household_goods", "livelihood"}
_DISABILITIES = {"physical": "جسمی حرکتی", "sight": "بینایی", "hearing": "شنوایی", "intellectual": "ذهنی"}
_SEVERITIES = {"mild": "خفیف", "moderate": "متوسط", "severe": "شدید", "very_severe": "خیلی شدید"}
_CAUSES = {"environmental": "محیطی", "social": "اجتماعی", "economic": "اقتصادی", "hereditary": "ارثی"}
_TENURES = {"owned": "ملکی", "rented": "استیجاری", "free": "رایگان", "homeless": "بدون مسکن"}
_JOBS = {"employed": "شاغل", "unemployed": "بیکار", "homemaker": "خانه‌دار", "unable": "ازکارافتاده"}
#: Columns whose cells are codes in English and words in Persian.
_WORDS = {
    "disability_type": _DISABILITIES,
    "disability_severity": _SEVERITIES,
    "cause": _CAUSES,
    "tenure": _TENURES,
    "job": _JOBS,
}
_DISTRICTS = ("مرکزی", f"شریف{ZWNJ}آباد")
_RELATIONS = {"head": "سرپرست", "spouse": "همسر", "child": "فرزند"}
_SEXES = {"female": "زن", "male": "مرد"}

HEADINGS: dict[str, dict[str, str]] = {
    "fa": {
        "number": "ردیف",
        "file_number": "شماره پرونده",
        "identity_number": "کد ملی",
        "full_name": "نام و نام خانوادگی",
        "first_name": "نام",
        "last_name": "نام خانوادگی",
        "father_name": "نام پدر",
        "born_on": "تاریخ تولد",
        "sex": "جنسیت",
        "relation": "نسبت با سرپرست",
        "mobile": "تلفن همراه",
        "address": "نشانی",
        "postal_code": "کد پستی",
        "group": "گروه هدف",
        "decile": "دهک",
        "income": "درآمد ماهانه",
        "needs": "نیازها",
        "district": "بخش",
        "disability_type": "نوع معلولیت",
        "disability_severity": "شدت معلولیت",
        "cause": "علت نیازمندی",
        "tenure": "وضعیت مسکن",
        "job": "وضعیت اشتغال",
        "county": "شهرستان",
    },
    "fa-other": {
        "number": "#",
        "file_number": "ش. پرونده",
        "identity_number": "كد  ملّي مددجو",
        "full_name": "نام و فامیل",
        "first_name": "اسم",
        "last_name": "فاميلي",
        "father_name": "اسم پدر",
        "born_on": "ت.تولد",
        "sex": "جنس",
        "relation": "نسبت",
        "mobile": "شماره موبایل",
        "address": "آدرس محل سکونت",
        "postal_code": "کدپستی",
        "group": "جامعه هدف",
        "decile": "دهک درآمدی",
        "income": "میزان درآمد",
        "needs": "خدمات مورد نیاز",
        "district": "نام بخش",
        "disability_type": "نوع ناتوانی",
        "disability_severity": "میزان شدت معلولیت",
        "cause": "دلیل نیازمندی",
        "tenure": "نوع مسکن",
        "job": "شغل",
        "county": "نام شهرستان",
    },
    "en": {
        "number": "No.",
        "file_number": "File No",
        "identity_number": "National ID",
        "full_name": "Full Name",
        "first_name": "First Name",
        "last_name": "Last Name",
        "father_name": "Father's name",
        "born_on": "Date of birth",
        "sex": "Sex",
        "relation": "Relation to head",
        "mobile": "Mobile",
        "address": "Address",
        "postal_code": "Postal code",
        "group": "Target group",
        "decile": "Decile",
        "income": "Monthly income",
        "needs": "Needs",
        "district": "District",
        "disability_type": "Type of disability",
        "disability_severity": "Severity of disability",
        "cause": "Cause",
        "tenure": "Housing status",
        "job": "Job status",
        "county": "County",
    },
}


@dataclass(frozen=True, slots=True)
class Client:
    """One row's truth; `fault` is the refusal or warning planted in it."""

    file_number: str
    identity_number: str
    first_name: str
    last_name: str
    father_name: str
    born_on: dt.date
    sex: str
    relation: str
    mobile: str
    address: str
    postal_code: str
    group: str
    decile: int
    income_rial: int
    needs: tuple[str, ...]
    district: str
    disability_type: str
    disability_severity: str
    cause: str
    tenure: str
    job: str
    fault: str = ""
    #: Place of the earlier row of the same person: with the same number (matched) or without one (a duplicate).
    repeats: int | None = None
    resembles: int | None = None


@dataclass(frozen=True, slots=True)
class Population:
    clients: tuple[Client, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How an office writes its list."""

    headings: Literal["fa", "fa-other", "en"] = "fa"
    kind: Literal["xlsx", "csv"] = "xlsx"
    encoding: str = "utf-8"
    delimiter: str = ","
    names: Literal["two", "one"] = "two"
    unit: Literal["rial", "toman", ""] = "rial"
    unit_in_cells: bool = False
    dates: Literal["jalali", "dashed", "persian", "short", "day_first", "gregorian", "cell", "serial", "mixed"] = (
        "jalali"
    )
    digits: Literal["latin", "persian", "mixed"] = "latin"
    arabic_letters: bool = False
    numeric_ids: bool = False
    titles: int = 0
    totals: bool = False
    repeat_header_every: int = 0
    blank_every: int = 0
    shuffle_columns: int = 0
    shuffle_rows: int = 0
    county: str = ""
    without: frozenset[str] = field(default_factory=frozenset)


def identity_number(nine: int) -> str:
    digits = f"{nine:09}"
    remainder = sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
    return f"{digits}{remainder if remainder < 2 else 11 - remainder}"


def population(
    count: int = 60, *, seed: int = 1, faults: int = 0, repeated: int = 0, duplicates: int = 0
) -> Population:
    """`count` good people in households, then as many of each fault, repeated rows and likely duplicates as asked."""
    chance = random.Random(seed)
    clients: list[Client] = []
    while len(clients) < count:
        clients += _household(chance, str(1000 + len(clients)), count - len(clients))
    good = chance.sample(range(count), min(count, repeated + duplicates))
    clients += [replace(clients[place], repeats=place) for place in good[:repeated]]
    clients += [_respelt(chance, clients[place], place) for place in good[repeated:]]
    for code in ("no_name", "bad_date", "future_date", "bad_check_digit", "bad_mobile"):
        clients += [
            replace(_household(chance, f"9{len(clients) + extra}", 1)[0], fault=code) for extra in range(faults)
        ]
    return Population(tuple(clients))


def write_sheet(path: Path, people: Population, style: Style | None = None) -> dict[str, Any]:
    """Write the population in a style; returns the key of its import."""
    style = style or Style()
    order = list(range(len(people.clients)))
    random.Random(style.shuffle_rows).shuffle(order) if style.shuffle_rows else None
    rows, places = _rows(people, style, order)
    if style.kind == "csv":
        write_csv(path, rows, encoding=style.encoding, delimiter=style.delimiter)
    else:
        write_xlsx(path, rows, titles=style.titles)
    return _key(people, places, header_row=style.titles + (style.titles > 0) + 1)


def write_csv(path: Path, rows: Sequence[Row], *, encoding: str = "utf-8", delimiter: str = ",") -> None:
    if encoding == "cp1256":
        rows = [[cell.translate(_FOR_CP1256) if isinstance(cell, str) else cell for cell in row] for row in rows]
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def write_xlsx(path: Path, rows: Sequence[Row], *, titles: int = 0, sheet: str = "مددجویان") -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            if number < titles:
                page.merge_range(number, 0, number, 8, row[0])
                continue
            for column, cell in enumerate(row):
                page.write_datetime(number, column, _at_midnight(cell), day) if isinstance(
                    cell, dt.date
                ) else page.write(number, column, cell)


def _household(chance: random.Random, file_number: str, most: int) -> list[Client]:
    last, size = chance.choice(_LAST), min(most, chance.choice([1, 1, 2, 3, 4, 5]))
    address = f"پاکدشت، خیابان {chance.choice(_LAST)}، کوچه {chance.randrange(1, 40)}، پلاک {chance.randrange(1, 200)}"
    postal_code = str(chance.randrange(3_100_000_000, 3_999_999_999))
    district, tenure = chance.choice(_DISTRICTS), chance.choice(list(_TENURES))
    decile, income = chance.randrange(1, 6), chance.randrange(0, 15) * 10_000_000
    return [
        Client(
            file_number=file_number,
            identity_number=identity_number(chance.randrange(1_000_000, 99_000_000)),
            first_name=chance.choice(_WOMEN if sex == "female" else _MEN),
            last_name=last,
            father_name=chance.choice(_MEN),
            born_on=_born(chance, relation),
            sex=sex,
            relation=relation,
            mobile=f"09{chance.randrange(100_000_000, 400_000_000)}",
            group=group,
            decile=decile,
            income_rial=income,
            needs=tuple(chance.sample(list(_NEEDS_FA), chance.choice([0, 1, 1, 2, 3]))),
            address=address,
            postal_code=postal_code,
            district=district,
            tenure=tenure,
            disability_type=chance.choice(list(_DISABILITIES)) if group == "disabled" else "",
            disability_severity=chance.choice(list(_SEVERITIES)) if group == "disabled" else "",
            cause=chance.choice(list(_CAUSES)),
            job="" if relation == "child" else chance.choice(list(_JOBS)),
        )
        for relation in ["head", "spouse", "child", "child", "child"][:size]
        for sex in [chance.choice(["female", "male"])]
        for group in [chance.choice(list(_GROUPS))]
    ]


def _born(chance: random.Random, relation: str) -> dt.date:
    first, last = (1385, 1402) if relation == "child" else (1320, 1375)
    day = _Jalali(chance.randrange(first, last), chance.randrange(1, 13), chance.randrange(1, 30))
    born: dt.date = day.to_gregorian()
    return born


def _respelt(chance: random.Random, client: Client, place: int) -> Client:
    """The same person entered again: no number, another spelling, another file."""
    spelt = client.last_name.replace(ZWNJ, chance.choice(["", " "])).replace("ی", "ي")
    return replace(
        client, identity_number="", last_name=spelt, file_number=f"7{place:04}", relation="head", resembles=place
    )


def _rows(people: Population, style: Style, order: Sequence[int]) -> tuple[list[Row], list[int]]:
    """The sheet's rows, and the 1-based row of each client."""
    names = _columns(style)
    if style.shuffle_columns:
        random.Random(style.shuffle_columns).shuffle(names)
    header = [_heading(name, style) for name in names]
    rows: list[Row] = [[f"فهرست مددجویان، بند {line + 1}"] for line in range(style.titles)] + [[""]] * (
        style.titles > 0
    )
    rows.append(header)
    places = [0] * len(people.clients)
    for number, place in enumerate(order, 1):
        if style.repeat_header_every and number % style.repeat_header_every == 0:
            rows.append(header)
        if style.blank_every and number % style.blank_every == 0:
            rows.append([""] * len(header))
        chance = random.Random(f"{style.shuffle_columns} {place}")
        said = _cells(people.clients[place], style, number, chance)
        rows.append([said[name] for name in names])
        places[place] = len(rows)
    if style.totals:
        rows.append(["جمع", "", f"{len(order)} نفر"])
    return rows, places


def _columns(style: Style) -> list[str]:
    left_out = {"full_name"} if style.names == "two" else {"first_name", "last_name"}
    left_out |= style.without | (set() if style.county else {"county"})
    return [name for name in HEADINGS["fa"] if name not in left_out]


def _heading(name: str, style: Style) -> str:
    words = HEADINGS[style.headings][name]
    if name != "income" or not style.unit or style.unit_in_cells:
        return words
    units = {"rial": "Rial", "toman": "Toman"} if style.headings == "en" else {"rial": "ریال", "toman": "تومان"}
    return f"{words} ({units[style.unit]})"


def _cells(client: Client, style: Style, number: int, chance: random.Random) -> dict[str, Any]:
    english = style.headings == "en"
    first, last = ("", "") if client.fault == "no_name" else (client.first_name, client.last_name)
    needs = [(_NEEDS_EN if english else _NEEDS_FA)[need] for need in client.needs]
    joint = chance.choice([", ", "/", " - "] if english else ["، ", "/", " - ", " و "])
    texts = {
        "file_number": client.file_number,
        "full_name": f"{first} {last}".strip(),
        "first_name": first,
        "last_name": last,
        "father_name": client.father_name,
        "sex": client.sex if english else _SEXES[client.sex],
        "relation": client.relation if english else _RELATIONS[client.relation],
        "mobile": _mobile(client, style, chance),
        "address": client.address,
        "postal_code": client.postal_code,
        "group": client.group.replace("_", " ") if english else _GROUPS[client.group],
        "needs": joint.join(needs),
        "district": client.district,
        **{
            name: getattr(client, name).replace("_", " ") if english else words.get(getattr(client, name), "")
            for name, words in _WORDS.items()
        },
        "county": style.county,
        "identity_number": _identity(client, style, chance),
        "income": _income(client, style),
        "born_on": _date(client, style, chance),
    }
    cells: dict[str, Any] = {name: _lettered(text, style, chance) for name, text in texts.items()}
    return cells | {"number": number, "decile": client.decile}


def _identity(client: Client, style: Style, chance: random.Random) -> Any:
    number = client.identity_number
    if client.fault == "bad_check_digit":
        number = f"{number[:9]}{(int(number[9]) + 1) % 10}"
    if not number or not style.numeric_ids:
        return number
    return chance.choice([int(number), number, f"{number[:3]}-{number[3:9]}-{number[9]}", number.lstrip("0")])


def _mobile(client: Client, style: Style, chance: random.Random) -> Any:
    if client.fault == "bad_mobile":
        return "0912345"
    return (
        chance.choice([client.mobile, client.mobile[1:], f"+98{client.mobile[1:]}"])
        if style.numeric_ids
        else client.mobile
    )


def _income(client: Client, style: Style) -> Any:
    amount = client.income_rial // 10 if style.unit == "toman" else client.income_rial
    if style.unit_in_cells:
        return f"{amount:,} {'تومان' if style.unit == 'toman' else 'ریال'}"
    return f"{amount:,}" if style.digits != "latin" else amount


def _date(client: Client, style: Style, chance: random.Random) -> Any:
    if client.fault == "bad_date":
        return "1375/13/41"
    if client.fault == "future_date":
        return "1470/01/01"
    date, day = client.born_on, _Jalali(client.born_on)
    writings = {
        "jalali": f"{day.year}/{day.month:02}/{day.day:02}",
        "dashed": f"{day.year}-{day.month:02}-{day.day:02}",
        "persian": f"{day.day} {day.strftime('%B', locale='fa')} {day.year}",
        "short": f"{day.year % 100:02}/{day.month}/{day.day}",
        "day_first": f"{day.day:02}/{day.month:02}/{day.year}",
        "gregorian": date.isoformat(),
        "cell": date if style.kind == "xlsx" else date.isoformat(),
        "serial": (date - dt.date(1899, 12, 30)).days,
    }
    return writings[
        chance.choice(["jalali", "dashed", "day_first", "gregorian", "cell"]) if style.dates == "mixed" else style.dates
    ]


def _lettered(value: Any, style: Style, chance: random.Random) -> Any:
    if not isinstance(value, str):
        return value
    if style.arabic_letters and chance.random() < 0.5:
        value = value.replace("ی", "ي").replace("ک", "ك")
    if style.digits == "persian" or (style.digits == "mixed" and chance.random() < 0.5):
        value = value.translate(str.maketrans("0123456789", chance.choice(["۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"])))
    return value


def _at_midnight(date: dt.date) -> dt.datetime:
    return dt.datetime(date.year, date.month, date.day)


def _key(people: Population, places: Sequence[int], *, header_row: int) -> dict[str, Any]:
    refused: dict[str, list[int]] = {}
    warned: dict[str, list[int]] = {}
    for client, row in zip(people.clients, places, strict=True):
        if client.fault:
            (warned if client.fault == "bad_mobile" else refused).setdefault(client.fault, []).append(row)
    refused_total = sum(map(len, refused.values()))
    repeats = [(place, client.repeats) for place, client in enumerate(people.clients) if client.repeats is not None]
    alike = [(place, client.resembles) for place, client in enumerate(people.clients) if client.resembles is not None]
    return {
        "header_row": header_row,
        "rows": len(people.clients),
        "created": len(people.clients) - len(repeats) - refused_total,
        "matched": len(repeats),
        "refused": {code: sorted(rows) for code, rows in refused.items()},
        "refused_total": refused_total,
        "matched_rows": sorted(max(places[place], places[other]) for place, other in repeats),
        "same_person_rows": [sorted((places[place], places[other])) for place, other in alike],
        "warnings": {code: sorted(rows) for code, rows in warned.items()},
        "open_needs": _open_needs(people),
    }


def _open_needs(people: Population) -> dict[str, int]:
    standing = {
        (need, client.file_number if need in _OF_HOUSEHOLD else place)
        for place, client in enumerate(people.clients)
        if client.repeats is None and client.fault in ("", "bad_mobile")
        for need in client.needs
    }
    return dict(sorted(Counter(need for need, _whose in standing).items()))


def write_specimen(path: Path, *, rows: int, seed: int = 1) -> None:
    """A CSV list of about ``rows`` clients, a few of them faulty, repeated or likely duplicates; in constant memory."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for portion, start in enumerate(range(0, rows, _PORTION)):
            size = min(_PORTION, rows - start)
            few = size // 100
            people = population(
                size - 5 * (few // 5) - 2 * few, seed=seed + portion, faults=few // 5, repeated=few, duplicates=few
            )
            own = (replace(client, file_number=f"{portion}-{client.file_number}") for client in people.clients)
            lines, _places = _rows(Population(tuple(own)), Style(), range(len(people.clients)))
            writer.writerows(lines if portion == 0 else lines[1:])
