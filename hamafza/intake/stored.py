"""How the faults of a row are stored: columns and codes plain, for counting; the values as written sealed."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hamafza.intake.models import ImportRow
from hamafza.intake.sheets.faults import Fault


def put_faults(row: ImportRow, faults: Sequence[Fault]) -> None:
    """Write the faults into a row that is not saved here."""
    row.faults = [[fault.column, fault.code] for fault in faults]
    row.fault_values = json.dumps([fault.value for fault in faults], ensure_ascii=False) if faults else ""


def fault_values(row: ImportRow) -> list[str]:
    """The values as written, beside ``row.faults``."""
    values: list[str] = json.loads(row.fault_values) if row.fault_values else []
    return values
