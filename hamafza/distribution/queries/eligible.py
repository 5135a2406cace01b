"""Whose turn it is: households whose open need ranks first and that have not had the same thing in the period.

A household stands on a list once, with the need that ranks highest. Needs whose units are all promised already are left
out, and so is a household whose file is not active. The reason is kept as it was on the day (`Eligible.why`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hamafza.core import clock
from hamafza.core.persian import key
from hamafza.distribution.choices import SERVED_STATES
from hamafza.distribution.models import RoundEntry
from hamafza.distribution.periods import overlapping, span_of
from hamafza.distribution.queries.stock import DELIVERY
from hamafza.giving.models import Item
from hamafza.needs.flow import AGAIN_DAYS
from hamafza.needs.models import AidRecord, Need
from hamafza.needs.priority import score_on
from hamafza.needs.queries.aid import aid_from_elsewhere
from hamafza.needs.queries.filters import NeedFilters
from hamafza.needs.queries.lists import needs_in
from hamafza.registry.choices import HouseholdState
from hamafza.registry.models import Household

AT_ONCE = 2000
COLUMNS = (
    "id", "household_id", "domain", "severity", "since", "score_base", "score_parts", "rule_version", "required",
    "reserved", "delivered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Eligible:
    """A household whose turn it is: for which need, how many units are still open, and why it ranks where it does."""

    household: UUID
    need: UUID
    open_units: int
    why: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many households a rule finds, and how many of those it names were served in the period already."""

    eligible: int
    served: int


def eligible_households(
    county: str, filters: NeedFilters, *, item: Item, period: str, on: date | None = None, starts_on: date | None = None
) -> Iterator[Eligible]:
    """Households of the open county, those first who need it most; each once."""
    day = on or clock.today()
    seen: set[UUID] = set()
    rows = _open_needs(county, filters, on=day).exclude(household__in=_served(county, item=item, period=period))
    rows = rows.exclude(household__in=_given(county, item=item, period=period))
    rows = rows.exclude(_helped(filters.domain, item=item, on=starts_on or day))
    for row in rows.values(*COLUMNS).iterator(chunk_size=AT_ONCE):
        if row["household_id"] not in seen:
            seen.add(row["household_id"])
            yield _eligible(row, on=day)


def count_eligible(
    county: str, filters: NeedFilters, *, item: Item, period: str, starts_on: date | None = None
) -> Turnout:
    """What a plan would find, without its rows."""
    needs = _open_needs(county, filters, on=clock.today()).order_by().values("household")
    free = needs.exclude(household__in=_served(county, item=item, period=period)).exclude(
        household__in=_given(county, item=item, period=period)
    )
    free = free.exclude(_helped(filters.domain, item=item, on=starts_on or clock.today()))
    eligible = free.distinct().count()
    return Turnout(eligible=eligible, served=needs.distinct().count() - eligible)


def is_served(household: UUID, *, county: str, item: Item, period: str, but: UUID | None = None) -> bool:
    """Whether a round of this office (``but`` this one) has served a household with the same thing, or is about to."""
    found = _served(county, item=item, period=period).filter(household=household)
    return found.exclude(round=but).exists() if but else found.exists()


def is_helped(entry: RoundEntry, *, item: Item, on: date) -> bool:
    """Whether another source has given the household the same in the period of its kind: it is refused at the door (N7)."""
    need = entry.need
    twin = aid_from_elsewhere(
        entry.household, domain=need.domain, item=item.name, on=on, source=DELIVERY, giver=None, need=need.pk
    )
    return twin is not None


def is_given(household: UUID, *, county: str, item: Item, period: str) -> bool:
    """Whether a household has received the same thing in the period, from whomever."""
    return _given(county, item=item, period=period).filter(household=household).exists()


def _open_needs(county: str, filters: NeedFilters, *, on: date) -> QuerySet[Need]:
    active = Household.objects.filter(county_id=county, state=HouseholdState.ACTIVE).values("id")
    free = needs_in(county, filters, on=on).filter(required__gt=F("reserved") + F("delivered"), household__in=active)
    # The columns are read as plain values: no row of another table is needed.
    return free.select_related(None).only("id").order_by("-rank", "id")


def _served(county: str, *, item: Item, period: str) -> QuerySet[RoundEntry, Any]:
    return RoundEntry.objects.filter(
        county_id=county, item=item, period__in=overlapping(period), state__in=sorted(SERVED_STATES)
    ).values("household")


def _given(county: str, *, item: Item, period: str) -> QuerySet[AidRecord, Any]:
    return AidRecord.objects.filter(
        county_id=county, item_key=key(item.name)[:120], on__range=span_of(period), taken_back_at=None
    ).values("household")


def _helped(domain: str, *, item: Item, on: date) -> Exists | Q:
    """The same for the rows of a list of needs, in their query."""
    if not domain:
        return Q(pk__in=[])
    period = timedelta(days=AGAIN_DAYS[domain])
    found = AidRecord.objects.filter(
        county_id=item.county_id,
        household=OuterRef("household"),
        domain=domain,
        item_key=key(item.name)[:120],
        on__gt=on - period,
        on__lt=on + period,
        taken_back_at=None,
    )
    other_need = Q(need__isnull=True) | ~Q(need=OuterRef("pk"))
    return Exists(found.filter(other_need, ~Q(source_type=DELIVERY) | Q(giver__isnull=False)))


def _eligible(row: Mapping[str, Any], *, on: date) -> Eligible:
    why = {
        "score": score_on(row["score_base"], row["since"], on),
        "base": row["score_base"],
        "parts": row["score_parts"],
        "rule_version": row["rule_version"],
        "domain": row["domain"],
        "severity": row["severity"],
        "since": row["since"].isoformat(),
        "on": on.isoformat(),
    }
    return Eligible(
        household=row["household_id"],
        need=row["id"],
        open_units=row["required"] - row["reserved"] - row["delivered"],
        why=why,
    )
