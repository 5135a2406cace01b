"""What a row of a list shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from hamafza.core.parts import Tone
from hamafza.needs.choices import Domain, NeedState, Severity
from hamafza.needs.models import Need
from hamafza.needs.priority import score_on
from hamafza.needs.queries.lists import owner_of
from hamafza.needs.words import TONES


@dataclass(frozen=True)
class NeedRow:
    """A need in words; ``level`` is the severity in numbers."""

    pk: UUID
    url: str
    name: str
    file_number: str
    is_household: bool
    domain: str
    item: str
    level: int
    severity: str
    state: str
    tone: Tone
    district: str
    decile: int | None
    waiting_days: int
    since: date
    score: int


def need_row(need: Need, *, on: date) -> NeedRow:
    """From a need of `queries.lists.needs_in`."""
    owner = owner_of(need)
    return NeedRow(
        pk=need.pk,
        url=reverse("needs:need-record", args=[need.pk]),
        name=owner.full_name if owner else "",
        file_number=need.household.file_number,
        is_household=need.person_id is None,
        domain=str(Domain(need.domain).label),
        item=need.item,
        level=need.severity,
        severity=str(Severity(need.severity).label),
        state=str(NeedState(need.state).label),
        tone=TONES[need.state],  # type: ignore[arg-type]  # a tone
        district=need.district.name if need.district else "",
        decile=need.decile,
        waiting_days=max(0, (on - need.since).days),
        since=need.since,
        score=score_on(need.score_base, need.since, on),
    )
