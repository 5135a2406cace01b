"""From a sheet's row to a clean client row: which rows are people, and what each says."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

from hamafza.core import rial
from hamafza.core.persian import key, normalize, words_key
from hamafza.intake.sheets import cells as clean, vocabulary as words
from hamafza.intake.sheets.cells import is_nothing, text_of
from hamafza.intake.sheets.client_row import ClientRow
from hamafza.intake.sheets.columns import ColumnUse, Mapping
from hamafza.intake.sheets.faults import REFUSALS, Fault, fault_message
from hamafza.intake.sheets.names import split_full_name
from hamafza.intake.sheets.phrases import Meaning

__all__ = ["ClientRow", "Fault", "RowCleaner", "clean_row", "fault_message"]

_VALUE_SHOWN = 80
#: Longest texts that are kept; the rest of a longer one is cut with a warning.
LONGEST_NAME = 80
LONGEST_ADDRESS = 400
LONGEST_FILE_NUMBER = 32

#: Columns that can be filled down over empty rows, or summed under a list: alone they make no person.
_NO_SUBSTANCE = frozenset({Meaning.DECILE, Meaning.INCOME, Meaning.COUNTY, Meaning.DISTRICT})
#: Columns a totals row leaves empty.
_PERSONAL = (
    Meaning.IDENTITY_NUMBER,
    Meaning.BORN_ON,
    Meaning.FATHER_NAME,
    Meaning.MOBILE,
    Meaning.RELATION,
    Meaning.SEX,
)
_TELLING = (Meaning.FIRST_NAME, Meaning.FULL_NAME, Meaning.LAST_NAME, Meaning.SEX, Meaning.RELATION)
_EMPTY = ("", None)
_TOTAL = re.compile(
    r"(?:جمع|مجموع|سر ?جمع|جمع ?کل|جمع صفحه|جمع نهایی|مجموع کل|تعداد|تعداد کل|کل|میانگین|total|grand total|sub ?total|sum|count|average)"
    r"(?: (?:کل|نهایی|صفحه|مددجویان|افراد|خانوار|خانوارها|ردیف ها|نفرات|\d+|نفر|مورد|تعداد|rows|clients|persons|people|count))*"
)
#: «جمع کل مددجویان شهرستان پاکدشت»: with nothing personal beside it, whatever follows.
_TOTAL_OF = re.compile(r"(?:جمع کل|مجموع|سر ?جمع|جمع|تعداد|grand total|total|sub ?total)\b.*")
_COUNTED = re.compile(r"\d+ (?:نفر|خانوار|مورد|ردیف|پرونده|persons?|people|clients|rows|households)")
_FOOTER = re.compile(
    r"(?:امضا|مهر و امضا|تهیه|تنظیم|گزارش|تاریخ|توضیح|ملاحظات|یادداشت|نکته|صفحه|تایید|رییس|مسوول|مسیول)\b.*"
)


class RowCleaner:
    """Cleans the rows of one sheet; made once for a mapping, so that a row costs little.

    `county_names` are folded names and codes of the county of the import (`persian.key`); empty asks nothing.
    """

    def __init__(self, mapping: Mapping, *, today: dt.date, county_names: frozenset[str] = frozenset()) -> None:
        self._today = today
        self._county_names = county_names
        self._used = mapping.used()
        self._one = {meaning: columns[0] for meaning, columns in self._used.items()}
        self._substance = [
            use.index for meaning, uses in self._used.items() if meaning not in _NO_SUBSTANCE for use in uses
        ]
        self._personal = [self._one[meaning].index for meaning in _PERSONAL if meaning in self._one]
        self._headings = {use.index: key(use.header) for use in mapping.columns if key(use.header)}
        self._short = max(4, len(self._substance) // 2)
        # columns of few different cells are asked first: only a row that repeats one of these can be a heading
        telling = [self._one[meaning].index for meaning in _TELLING if meaning in self._one]
        self._telling = [index for index in telling if index in self._headings][:2] or list(self._headings)
        self._width = 1 + max((use.index for use in mapping.columns), default=-1)

    def clean(self, row_number: int, cells: Sequence[Any]) -> ClientRow | None:
        """The client in this row, or None for an empty row, a repeated header or a totals row."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        if not self._is_client(cells):
            return None
        return _Reading(self._one, self._used, cells, self._today, self._county_names).client(row_number)

    def _is_client(self, cells: Sequence[Any]) -> bool:
        filled = [index for index in self._substance if cells[index] not in _EMPTY]
        if not any(_says_something(cells[index]) for index in filled):
            return False
        # totals rows are short, so the question is not put to every row
        if len(filled) <= self._short and self._is_total(cells):
            return False
        return len(filled) < 3 or not self._is_heading(cells)

    def _is_heading(self, cells: Sequence[Any]) -> bool:
        if not any(self._repeats_heading(cells[index], index) for index in self._telling):
            return False
        same = sum(self._repeats_heading(cells[index], index) for index in self._headings)
        return same >= 3 and same * 2 >= len(self._headings)

    def _repeats_heading(self, cell: Any, index: int) -> bool:
        return isinstance(cell, str) and cell != "" and key(cell) == self._headings[index]

    def _is_total(self, cells: Sequence[Any]) -> bool:
        """«جمع», «جمع کل», «۲۴۷۳ نفر», a signature line; never a row that says something personal of somebody."""
        texts = [words_key(cell) for cell in cells if isinstance(cell, str) and cell]
        filled = sum(cell not in _EMPTY for cell in cells)
        if filled == 1 and texts and " " in texts[0] and _FOOTER.fullmatch(texts[0]):
            return True
        if any(_is_personal(cells[index]) for index in self._personal):
            return False
        return any(_TOTAL.fullmatch(text) or _TOTAL_OF.fullmatch(text) for text in texts[:2]) or any(
            _COUNTED.fullmatch(text) for text in texts
        )


@lru_cache(maxsize=8)
def _cleaner(mapping: Mapping, today: dt.date, county_names: frozenset[str]) -> RowCleaner:
    return RowCleaner(mapping, today=today, county_names=county_names)


def clean_row(
    row_number: int,
    cells: Sequence[Any],
    mapping: Mapping,
    *,
    today: dt.date,
    county_names: frozenset[str] = frozenset(),
) -> ClientRow | None:
    """One row by itself; for a whole sheet make a `RowCleaner` once."""
    return _cleaner(mapping, today, county_names).clean(row_number, cells)


class _Reading:
    """One row being read: gathers its faults on the way."""

    __slots__ = ("_cells", "_county_names", "_faults", "_one", "_today", "_used")

    def __init__(
        self,
        one: dict[str, ColumnUse],
        used: dict[str, list[ColumnUse]],
        cells: Sequence[Any],
        today: dt.date,
        county_names: frozenset[str],
    ) -> None:
        self._one = one
        self._used = used
        self._cells = cells
        self._today = today
        self._county_names = county_names
        self._faults: list[Fault] = []

    def client(self, row_number: int) -> ClientRow:
        client = ClientRow(row_number)
        self._read_identity(client)
        self._read_names(client)
        self._read_place(client)
        self._read_condition(client)
        client.refusals = tuple(fault for fault in self._faults if fault.code in REFUSALS)
        client.warnings = tuple(fault for fault in self._faults if fault.code not in REFUSALS)
        return client

    def _read_identity(self, client: ClientRow) -> None:
        client.file_number = self._text(Meaning.FILE_NUMBER, clean.clean_file_number, LONGEST_FILE_NUMBER)
        client.identity_number = self._cleaned(Meaning.IDENTITY_NUMBER, clean.clean_identity)
        client.head_identity = self._cleaned(Meaning.HEAD_IDENTITY, clean.clean_identity, code="bad_head_identity")
        client.born_on = self._born_on()
        client.mobile = self._cleaned(Meaning.MOBILE, clean.clean_mobile)
        client.iban = self._cleaned(Meaning.IBAN, clean.clean_iban)

    def _read_names(self, client: ClientRow) -> None:
        client.first_name = self._text(Meaning.FIRST_NAME, clean.clean_name, LONGEST_NAME)
        client.last_name = self._text(Meaning.LAST_NAME, clean.clean_name, LONGEST_NAME)
        if not (client.first_name or client.last_name):
            whole = self._text(Meaning.FULL_NAME, clean.clean_name, 2 * LONGEST_NAME)
            first, last = split_full_name(whole) if whole else ("", "")
            client.first_name, client.last_name = first[:LONGEST_NAME], last[:LONGEST_NAME]
        if not (client.first_name or client.last_name):
            self._fault(self._name_column(), "no_name")
        client.father_name = self._text(Meaning.FATHER_NAME, clean.clean_name, LONGEST_NAME)

    def _read_place(self, client: ClientRow) -> None:
        client.address = self._text(Meaning.ADDRESS, clean.clean_text, LONGEST_ADDRESS)
        client.postal_code = self._cleaned(Meaning.POSTAL_CODE, clean.clean_postal_code)
        client.county = self._text(Meaning.COUNTY, clean.clean_text, LONGEST_NAME)
        client.district = self._text(Meaning.DISTRICT, clean.clean_text, LONGEST_NAME)
        if client.county and self._county_names and not clean.county_keys(client.county) & self._county_names:
            self._fault(self._one[Meaning.COUNTY], "other_county")

    def _read_condition(self, client: ClientRow) -> None:
        client.sex = self._code(Meaning.SEX, words.SEX)
        client.relation = self._code(Meaning.RELATION, words.RELATION)
        client.job_status = self._code(Meaning.JOB_STATUS, words.JOB_STATUS)
        client.tenure = self._code(Meaning.TENURE, words.TENURE)
        client.education = self._code(Meaning.EDUCATION, words.EDUCATION)
        client.groups = self._codes(Meaning.GROUPS, words.GROUPS)
        client.needs = self._codes(Meaning.NEEDS, words.NEEDS)
        client.causes = self._codes(Meaning.CAUSES, words.CAUSES)
        self._read_disability(client)
        client.decile = self._number(Meaning.DECILE, clean.clean_decile)
        client.income_rial = self._income()

    def _read_disability(self, client: ClientRow) -> None:
        """Type and severity, each from its own column, or both from one («جسمی حرکتی - شدید»)."""
        column = self._one.get(Meaning.DISABILITY_TYPE)
        if column and (value := self._cells[column.index]):
            kinds, unknown = clean.clean_codes(value, words.DISABILITY_TYPE)
            severities, _rest = clean.clean_codes(value, words.DISABILITY_SEVERITY)
            client.disability_type = kinds[0] if len(kinds) == 1 else ("multiple" if kinds else "")
            client.disability_severity = severities[0] if severities else ""
            if unknown and not kinds and not severities:
                self._fault(column, "unknown_value")
        client.disability_severity = (
            self._code(Meaning.DISABILITY_SEVERITY, words.DISABILITY_SEVERITY) or client.disability_severity
        )

    def _text(self, meaning: str, cleaning: Any, longest: int) -> str:
        column = self._one.get(meaning)
        if column is None:
            return ""
        text: str = cleaning(self._cells[column.index])
        if len(text) > longest:
            self._fault(column, "too_long")
            return text[:longest].rstrip()
        return text

    def _cleaned(self, meaning: str, cleaning: Any, *, code: str = "") -> str:
        column = self._one.get(meaning)
        if column is None or not self._cells[column.index]:
            return ""
        value, fault = cleaning(self._cells[column.index])
        if fault:
            self._fault(column, code or fault)
        return str(value)

    def _number(self, meaning: str, cleaning: Any) -> int | None:
        column = self._one.get(meaning)
        if column is None or self._cells[column.index] == "":
            return None
        number: int | None
        number, fault = cleaning(self._cells[column.index])
        if fault:
            self._fault(column, fault)
        return number

    def _income(self) -> int | None:
        column = self._one.get(Meaning.INCOME)
        if column is None:
            return None
        return self._number(
            Meaning.INCOME, partial(clean.clean_amount, unit=column.unit, scale=rial.scale_in(column.header))
        )

    def _code(self, meaning: str, vocabulary: words.Vocabulary) -> str:
        column = self._one.get(meaning)
        if column is None or not self._cells[column.index]:
            return ""
        code, fault = clean.clean_code(self._cells[column.index], vocabulary)
        if fault:
            self._fault(column, fault)
        return code

    def _codes(self, meaning: str, vocabulary: words.Vocabulary) -> tuple[str, ...]:
        columns = self._used.get(meaning, ())
        found: tuple[str, ...] = ()
        for column in columns:
            value = self._cells[column.index]
            if not value:
                continue
            codes, unknown = clean.clean_codes(value, vocabulary)
            found += codes
            for part in unknown:
                self._faults.append(Fault(column.header, "unknown_value", part[:_VALUE_SHOWN]))
        return found if len(columns) < 2 else tuple(dict.fromkeys(found))

    def _born_on(self) -> dt.date | None:
        column = self._one.get(Meaning.BORN_ON)
        if column is not None:
            value = self._cells[column.index]
        elif Meaning.BIRTH_YEAR in self._one:
            column = self._one[Meaning.BIRTH_YEAR]
            value = self._birth_parts()
        else:
            return None
        if value == "":
            return None
        date, fault = clean.clean_birth_date(value, today=self._today)
        if fault:
            self._faults.append(Fault(column.header, fault, _shown(value)))
        return date

    def _birth_parts(self) -> str:
        """Day, month and year from three columns; months may be names. A missing part makes no day of the calendar."""
        year, month, day = (
            text_of(self._cells[self._one[meaning].index]).strip() if meaning in self._one else ""
            for meaning in (Meaning.BIRTH_YEAR, Meaning.BIRTH_MONTH, Meaning.BIRTH_DAY)
        )
        if all(is_nothing(part) for part in (year, month, day)):
            return ""
        return f"{day} {month} {year}" if any(sign.isalpha() for sign in month) else f"{year}/{month}/{day}"

    def _name_column(self) -> ColumnUse | None:
        for meaning in (Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.FULL_NAME):
            if meaning in self._one:
                return self._one[meaning]
        return None

    def _fault(self, column: ColumnUse | None, code: str) -> None:
        value = _shown(self._cells[column.index]) if column else ""
        self._faults.append(Fault(column.header if column else "", code, value))


def _says_something(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(cell) and not is_nothing(cell)
    return cell is not None and cell is not False and cell != 0


def _is_personal(cell: Any) -> bool:
    """Whether a cell of a personal column speaks of a person, not of a count («۲۴۷۳ نفر», 1169)."""
    if isinstance(cell, str):
        text = words_key(cell)
        counted = _COUNTED.fullmatch(text) or _TOTAL.fullmatch(text) or (text.isdigit() and len(text) < 7)
        return not counted and not is_nothing(cell)
    return isinstance(cell, dt.date) or (isinstance(cell, int | float) and cell >= 1_000_000)


def _shown(value: Any) -> str:
    return normalize(text_of(value))[:_VALUE_SHOWN]
