"""From a code to its gift. The code is the key: whoever has it may follow the gift, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hamafza.core.crypto import blind_index
from hamafza.giving.codes import tidy_code
from hamafza.trace.models import PublishedTransfer, TraceCode

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Found:
    """Where a gift is: the county to open, and its id there."""

    county: str
    donation: UUID


def found_by(code: str) -> Found | None:
    """The gift with this code, typed in any way; asked of a table that holds no code, only its keyed index."""
    row = TraceCode.objects.filter(code_index=index_of(code)).values_list("county_id", "donation").first()
    return Found(*row) if row else None


def index_of(code: str) -> str:
    """What a code is found by."""
    return blind_index(tidy_code(code[:LONGEST]), purpose="trace-code")


def published_transfers(*, after: UUID | None = None, limit: int = 50) -> list[PublishedTransfer]:
    """Transfers between counties, the newest first; public, behind no wall."""
    rows = PublishedTransfer.objects.select_related("from_county", "to_county").order_by("-id")
    return list((rows.filter(pk__lt=after) if after else rows)[:limit])
