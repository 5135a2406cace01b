"""Households whose needs should be assessed (again): those with the most urgent need first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hamafza.needs.choices import STANDING_STATES, NeedState
from hamafza.needs.models import Assessment, Need
from hamafza.registry.choices import HouseholdState
from hamafza.registry.models import Household

#: A need that ends so soon is assessed before it does.
DAYS_AHEAD = 30
#: Below every rank a need can have.
NO_NEED = -10_000_000

#: States in which somebody waits, for help or for a new assessment.
WAITED_FOR = sorted({*STANDING_STATES, NeedState.EXPIRED})

#: Why a household is due.
OVERDUE, EXPIRING, NEVER = "overdue", "expiring", "never"


@dataclass(frozen=True, slots=True)
class DueReasons:
    """Which of the three hold, on a day."""

    overdue_since: date | None
    expires_on: date | None
    never_assessed: bool


def due_households(county: str, *, on: date, why: str = "") -> QuerySet[Household]:
    """Households that are due on a day: assessment overdue, needs expired or about to, or never assessed.

    Annotated with ``top_rank``, ``last_assessed`` and ``next_due``; ordered by ``-top_rank, id``.
    """
    latest = Assessment.objects.filter(household=OuterRef("pk")).order_by("-assessed_on", "-id")
    hers = Need.objects.filter(household=OuterRef("pk"), state__in=WAITED_FOR)
    conditions: dict[str, Q] = {
        OVERDUE: Q(next_due__lte=on),
        EXPIRING: Q(pk__in=_ending(on).values("household")),
        NEVER: Q(last_assessed=None) & Q(pk__in=Need.objects.filter(state__in=WAITED_FOR).values("household")),
    }
    wanted = conditions.get(why)
    return (
        Household.objects.filter(county_id=county)
        .exclude(state=HouseholdState.LEFT)
        .select_related("head", "district")
        .defer("address", "postal_code")
        .annotate(
            top_rank=Coalesce(Subquery(hers.order_by("-rank").values("rank")[:1]), NO_NEED),
            last_assessed=Subquery(latest.values("assessed_on")[:1]),
            next_due=Subquery(latest.values("next_due_on")[:1]),
        )
        .filter(wanted if wanted is not None else conditions[OVERDUE] | conditions[EXPIRING] | conditions[NEVER])
        .order_by("-top_rank", "pk")
    )


def with_reasons(households: Sequence[Household], *, on: date) -> list[tuple[Household, DueReasons]]:
    """Rows of `due_households`, each with why it is due; one query for all."""
    ending = _ending(on).filter(household__in=[household.pk for household in households])
    ends = dict(ending.order_by().values_list("household").annotate(end=Min("valid_to")))
    return [(household, _reasons(household, ends.get(household.pk), on)) for household in households]


def _ending(on: date) -> QuerySet[Need]:
    return Need.objects.filter(state__in=WAITED_FOR, valid_to__lte=on + timedelta(days=DAYS_AHEAD))


def _reasons(household: Any, end: date | None, on: date) -> DueReasons:
    overdue = household.next_due if household.next_due and household.next_due <= on else None
    return DueReasons(overdue_since=overdue, expires_on=end, never_assessed=household.last_assessed is None)


def due_place(household: Any) -> str:
    """The place of a row of `due_households` in the list."""
    return f"{household.top_rank}_{household.pk}"


def due_after(households: QuerySet[Household], place: str) -> QuerySet[Household]:
    """Those behind a place of the list, written ``rank_id``; a place nobody made gives the whole list."""
    rank, _, pk = place.partition("_")
    try:
        values = int(rank), UUID(pk)
    except ValueError:
        return households
    return households.filter(Q(top_rank__lt=values[0]) | Q(top_rank=values[0], pk__gt=values[1]))
