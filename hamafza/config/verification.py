"""What ``hamafza verify`` checks: every app that promises something is asked."""

from __future__ import annotations

from dataclasses import dataclass

from hamafza.audit.queries.integrity import verify_audit
from hamafza.core.db import check_database
from hamafza.core.scope import everywhere


@dataclass(frozen=True, slots=True)
class Check:
    """One promise: how many things were looked at, and what is wrong."""

    name: str
    checked: int
    faults: list[str]
