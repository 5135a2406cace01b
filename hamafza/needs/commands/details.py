"""What somebody says about a need, whoever says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.core.errors import Refusal
from hamafza.needs.choices import Severity, Source
from hamafza.needs.commands.score import put_score
from hamafza.needs.models import Need
from hamafza.needs.queries.situations import situations_of


@dataclass(frozen=True, slots=True)
class NeedDetails:
    """Amounts in rial; ``valid_to`` empty: by the domain, from the day the need opens."""

    item: str = ""
    unit: str = ""
    required: int = 1
    estimated_rial: int | None = None
    severity: int = Severity.CONSIDERABLE
    since: date = field(default_factory=timezone.localdate)
    source: str = Source.OFFICE
    valid_to: date | None = None
    note: str = ""


def check_details(details: NeedDetails) -> None:
    """Refuse what cannot be."""
    if details.since > timezone.localdate():
        raise Refusal(_("A need cannot begin in the future."), code="since_in_future", field="since")
    if details.valid_to and details.valid_to < details.since:
        raise Refusal(_("A need cannot end before it begins."), code="ends_before", field="valid_to")


def put_details(need: Need, details: NeedDetails) -> None:
    """Write the details and what follows from them (score, rank) into a need that is not saved here."""
    for name in ("item", "unit", "required", "estimated_rial", "severity", "since", "source", "valid_to", "note"):
        setattr(need, name, getattr(details, name))
    rescore(need)


def rescore(need: Need) -> None:
    """Write the score of today into a need that is not saved here."""
    on = timezone.localdate()
    put_score(need, situations_of([need.household_id], on=on)[need.household_id], on=on)
