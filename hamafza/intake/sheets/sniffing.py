"""What stands in a column, seen from its cells: for columns whose heading says nothing."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from hamafza.core import identity, jalali
from hamafza.intake.sheets.phrases import Meaning

_FEWEST = 3
#: Only a shape is asked for, so any day will do.
_FAR_AHEAD = dt.date(2100, 1, 1)


def looks_like(cells: Sequence[Any], meaning: str, *, least: float) -> bool:
    """Whether at least this share of the filled cells (three or more) can only be read so."""
    filled = [cell for cell in cells if cell not in ("", None)]
    if len(filled) < _FEWEST:
        return False
    return sum(map(_TESTS[meaning], filled)) >= least * len(filled)


def _is_identity(cell: Any) -> bool:
    return isinstance(cell, str | float | int) and identity.is_identity_number(identity.normalize_identity(cell))


def _is_mobile(cell: Any) -> bool:
    return isinstance(cell, str | float | int) and bool(identity.normalize_mobile(cell))


def _is_iban(cell: Any) -> bool:
    return isinstance(cell, str) and identity.is_iban(cell)


def _is_date(cell: Any) -> bool:
    if isinstance(cell, dt.date):
        return True
    if not isinstance(cell, str) or not any(sign in cell for sign in "/-."):
        return False
    try:
        jalali.parse_date(cell, today=_FAR_AHEAD)
    except jalali.ImpossibleDate:
        return False
    return True


_TESTS: dict[str, Callable[[Any], bool]] = {
    Meaning.IDENTITY_NUMBER: _is_identity,
    Meaning.MOBILE: _is_mobile,
    Meaning.IBAN: _is_iban,
    Meaning.BORN_ON: _is_date,
}
