"""Households whose priority has changed by age alone."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from hamafza.needs.priority import CHILD_UNTIL, OLDER_FROM
from hamafza.registry.models import Person

#: How far back is looked; longer than any time the worker may have been stopped.
DAYS_BACK = 62


def came_of_age(on: date) -> list[UUID]:
    """Households with somebody who has turned 18 or 65 within `DAYS_BACK` days. The county is open."""
    turned = Q()
    for years in (CHILD_UNTIL, OLDER_FROM):
        turned |= Q(born_on__range=(_years_before(on - timedelta(days=DAYS_BACK), years), _years_before(on, years)))
    return list(Person.objects.filter(turned).values_list("household_id", flat=True).distinct())


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; the last of February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
