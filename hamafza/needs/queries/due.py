"""Households whose needs should be assessed (again): those with the most urgent need first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hamafza.needs.choices import STANDING_STATES, NeedState
from hamafza.needs.models import Assessment, Need
from hamafza.registry.choices import HouseholdState
from hamafza.registry.models import Household

#: A need that ends so soon is assessed before it does.
DAYS_AHEAD = 30
#: Below every rank a need can have.
NO_NEED = -10_000_000

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

    Annotated with ``top_rank``, ``last_assessed``, ``next_due`` and ``first_end``; ordered by ``-top_rank, id``.
    """
    latest = Assessment.objects.filter(household=OuterRef("pk")).order_by("-assessed_on", "-id")
    standing = Need.objects.filter(household=OuterRef("pk"), state__in=sorted({*STANDING_STATES, NeedState.EXPIRED}))
    conditions: dict[str, Q] = {
        OVERDUE: Q(next_due__lte=on),
        EXPIRING: Q(first_end__lte=on + timedelta(days=DAYS_AHEAD)),
        NEVER: Q(last_assessed=None) & Q(Exists(standing)),
    }
    wanted = conditions.get(why)
    return (
        Household.objects.filter(county_id=county)
        .exclude(state=HouseholdState.LEFT)
        .select_related("head", "district")
        .defer("address", "postal_code")
        .annotate(
            top_rank=Coalesce(Subquery(standing.order_by("-rank").values("rank")[:1]), NO_NEED),
            last_assessed=Subquery(latest.values("assessed_on")[:1]),
            next_due=Subquery(latest.values("next_due_on")[:1]),
            first_end=Subquery(standing.exclude(valid_to=None).order_by("valid_to").values("valid_to")[:1]),
        )
        .filter(wanted if wanted is not None else conditions[OVERDUE] | conditions[EXPIRING] | conditions[NEVER])
        .order_by("-top_rank", "pk")
    )


def reasons_of(household: Any, *, on: date) -> DueReasons:
    """Why a household from `due_households` is in the list."""
    overdue = household.next_due if household.next_due and household.next_due <= on else None
    ends = household.first_end
    soon = ends if ends and ends <= on + timedelta(days=DAYS_AHEAD) else None
    return DueReasons(overdue_since=overdue, expires_on=soon, never_assessed=household.last_assessed is None)


def due_after(households: QuerySet[Household], place: str) -> QuerySet[Household]:
    """Those behind a place of the list, written ``rank_id``; a place nobody made gives the whole list."""
    rank, _, pk = place.partition("_")
    try:
        values = int(rank), UUID(pk)
    except ValueError:
        return households
    return households.filter(Q(top_rank__lt=values[0]) | Q(top_rank=values[0], pk__gt=values[1]))
