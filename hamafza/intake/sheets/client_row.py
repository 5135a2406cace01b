"""The clean row of one client, and its compact form for staging."""

import datetime as dt
import json
from dataclasses import dataclass, fields
from typing import Any, Self

from hamafza.intake.sheets.faults import Fault


@dataclass(slots=True)
class ClientRow:
    """What one sheet row says; `""`, `None` or `()` where it says nothing.

    Codes are those of `registry.choices` and `needs.choices`; `income_rial` is in rials; `row` is the sheet's own
    1-based row. With `refusals` the row is not taken.
    """

    row: int
    file_number: str = ""
    head_identity: str = ""
    identity_number: str = ""
    first_name: str = ""
    last_name: str = ""
    father_name: str = ""
    born_on: dt.date | None = None
    sex: str = ""
    relation: str = ""
    mobile: str = ""
    address: str = ""
    postal_code: str = ""
    iban: str = ""
    groups: tuple[str, ...] = ()
    disability_type: str = ""
    disability_severity: str = ""
    decile: int | None = None
    income_rial: int | None = None
    job_status: str = ""
    tenure: str = ""
    education: str = ""
    needs: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    county: str = ""
    district: str = ""
    refusals: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()

    def to_json(self) -> bytes:
        """A list of the fields in their order, as compact UTF-8."""
        values: list[Any] = [getattr(self, name) for name in _FIELDS]
        values[_BORN_ON] = self.born_on.isoformat() if self.born_on else None
        values[_REFUSALS] = [(fault.column, fault.code, fault.value) for fault in self.refusals]
        values[_WARNINGS] = [(fault.column, fault.code, fault.value) for fault in self.warnings]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, data: bytes | str) -> Self:
        values: list[Any] = json.loads(data)
        for place in _TUPLES:
            values[place] = tuple(values[place])
        if values[_BORN_ON]:
            values[_BORN_ON] = dt.date.fromisoformat(values[_BORN_ON])
        values[_REFUSALS] = tuple(Fault(*fault) for fault in values[_REFUSALS])
        values[_WARNINGS] = tuple(Fault(*fault) for fault in values[_WARNINGS])
        return cls(*values)


_FIELDS = tuple(field.name for field in fields(ClientRow))
_BORN_ON = _FIELDS.index("born_on")
_REFUSALS = _FIELDS.index("refusals")
_WARNINGS = _FIELDS.index("warnings")
_TUPLES = (_FIELDS.index("groups"), _FIELDS.index("needs"), _FIELDS.index("causes"))
