"""Needs that are over by time, or because somebody left; and needs that follow a person who moved. All set-based."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_noop

from hamafza.core.scope import counties
from hamafza.needs.choices import STANDING_STATES, NeedState
from hamafza.needs.events import needs_changed
from hamafza.needs.flow import LIVE_STATES
from hamafza.needs.models import Need, NeedStep
from hamafza.needs.queries.needs import standing_twin
from hamafza.registry.choices import HouseholdState

#: Reasons the program itself gives; kept in English, shown in the language of the page.
TIME_IS_OVER = gettext_noop("The need was not assessed anew in time.")
HAS_LEFT = gettext_noop("The household or the person has left.")
IS_BACK = gettext_noop("The household or the person is back.")
OWN_REASONS = frozenset({TIME_IS_OVER, HAS_LEFT, IS_BACK})
AT_ONCE = 1000


def expire_needs(county: str, *, on: date) -> int:
    """Expire standing needs whose last day has passed; gives how many. They wait to be assessed anew.

    One for which something is promised stands until that is delivered or given up.
    """
    expired = 0
    while part := _expire_some(county, on):
        expired += part
    return expired


def settle_left(county: str, household_ids: Collection[UUID]) -> int:
    """Close the live needs of households and persons who left; gives how many."""
    gone = Q(household__state=HouseholdState.LEFT) | Q(person__left_on__isnull=False)
    with transaction.atomic(), counties([county]):
        needs = Need.objects.filter(gone, household__in=household_ids, state__in=sorted(LIVE_STATES), reserved=0)
        return _move_all(county, list(needs.values_list("pk", "state")), after=NeedState.CLOSED, reason=HAS_LEFT)


def take_up_again(county: str, household_ids: Collection[UUID]) -> int:
    """Undo `settle_left` for whoever is back; gives how many needs. One that was stated anew meanwhile stays closed."""
    present = Q(person__left_on__isnull=True) & ~Q(household__state=HouseholdState.LEFT)
    last = NeedStep.objects.filter(need=OuterRef("pk")).order_by("-at", "-id")
    taken = 0
    with transaction.atomic(), counties([county]):
        closed = Need.objects.filter(present, household__in=household_ids, state=NeedState.CLOSED)
        left = closed.annotate(why=Subquery(last.values("reason")[:1]), before=Subquery(last.values("before")[:1]))
        for need in left.filter(why=HAS_LEFT).defer("note"):
            if not standing_twin(need):
                taken += _move_all(county, [(need.pk, NeedState.CLOSED)], after=_as_it_was(need), reason=IS_BACK)
    return taken


def follow_person(person_id: UUID, *, household_id: UUID) -> None:
    """Let the needs of a person who moved follow her into her household. The county is open."""
    astray = Need.objects.filter(person=person_id).exclude(household=household_id)
    astray.update(household=household_id, version=F("version") + 1)


def _as_it_was(need: Any) -> str:
    """Its state before it was closed, unless all that was delivered came back meanwhile."""
    back = need.before == NeedState.PARTLY_MET and not need.delivered
    return str(NeedState.OPEN if back else need.before)


def _expire_some(county: str, on: date) -> int:
    with transaction.atomic(), counties([county]):
        over = Need.objects.filter(valid_to__lt=on, state__in=sorted(STANDING_STATES), reserved=0)
        rows = list(over.order_by("pk").values_list("pk", "state")[:AT_ONCE])
        return _move_all(county, rows, after=NeedState.EXPIRED, reason=TIME_IS_OVER)


def _move_all(county: str, rows: list[tuple[UUID, str]], *, after: str, reason: str) -> int:
    if not rows:
        return 0
    Need.objects.filter(pk__in=[pk for pk, _ in rows]).update(state=after, version=F("version") + 1)
    NeedStep.objects.bulk_create(
        [NeedStep(county_id=county, need_id=pk, before=before, after=after, reason=reason) for pk, before in rows]
    )
    needs_changed.send(sender=None, county=county)
    return len(rows)
