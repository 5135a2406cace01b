"""What benefactors of a county can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from hamafza.core import clock
from hamafza.core.persian import normalize
from hamafza.giving.choices import CapacityState, Moderation
from hamafza.giving.models import Benefactor, Capacity
from hamafza.giving.rules import MATCHABLE

EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class CapacityFilters:
    """Empty means any; ``state`` empty: what can be used today. ``state`` may also be `EXPIRED`."""

    text: str = ""
    kind: str = ""
    domain: str = ""
    moderation: str = ""
    state: str = ""


def capacities_in(county: str, filters: CapacityFilters, *, on: date | None = None) -> QuerySet[Capacity]:
    """Capacities of a county (which must be open), the newest first, with their benefactor."""
    found = Capacity.objects.filter(_state(filters.state, on or clock.today()), county_id=county)
    for field in ("kind", "domain", "moderation"):
        if chosen := getattr(filters, field):
            found = found.filter(**{field: chosen})
    for word in normalize(filters.text).split():
        found = found.filter(description__icontains=word)
    return found.select_related("benefactor").order_by("-id")


def capacities_to_read(county: str) -> QuerySet[Capacity]:
    """What benefactors have written themselves and nobody has read yet, the oldest first."""
    new = Capacity.objects.filter(county_id=county, moderation=Moderation.NEW).exclude(state=CapacityState.WITHDRAWN)
    return new.select_related("benefactor").order_by("id")


def capacities_of(benefactor: Benefactor) -> QuerySet[Capacity]:
    """All of one benefactor, the newest first."""
    return Capacity.objects.filter(county_id=benefactor.county_id, benefactor=benefactor).order_by("-id")


def before(found: QuerySet[Capacity], place: UUID | None) -> QuerySet[Capacity]:
    """The rows after one of a list that runs from the newest to the oldest."""
    return found if place is None else found.filter(id__lt=place)


def is_expired(capacity: Capacity, *, on: date | None = None) -> bool:
    """Whether its last day is over."""
    return capacity.valid_to is not None and capacity.valid_to < (on or clock.today())


def is_matchable(capacity: Capacity, *, on: date | None = None) -> bool:
    """Whether clients may be proposed for it today."""
    return (
        capacity.kind in MATCHABLE
        and capacity.moderation == Moderation.APPROVED
        and capacity.state == CapacityState.AVAILABLE
        and not is_expired(capacity, on=on)
    )


def _state(state: str, on: date) -> Q:
    if state == EXPIRED:
        return Q(valid_to__lt=on)
    if state in CapacityState.values:
        return Q(state=state)
    return (Q(valid_to__isnull=True) | Q(valid_to__gte=on)) & ~Q(state=CapacityState.WITHDRAWN)
