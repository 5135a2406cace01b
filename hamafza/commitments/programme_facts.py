"""What is said of one item of a programme, before it is written: the shape that forms hand to the commands."""

from __future__ import annotations

from dataclasses import dataclass

from hamafza.accounts.models import Organization
from hamafza.commitments.models import SupportField
from hamafza.places.models import Place


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An empty ``target_group`` means everybody, no ``district`` the whole place."""

    field: SupportField
    what: str
    target_group: str = ""
    district: Place | None = None
    quantity: int | None = None
    unit: str = ""
    timing: str = ""
    partner: Organization | None = None
