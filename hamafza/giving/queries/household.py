"""What giving has under way for one household."""

from __future__ import annotations

from django.db.models import F, QuerySet

from hamafza.giving.choices import AllocationState, CardState
from hamafza.giving.models import Allocation, NeedCard
from hamafza.needs.choices import STANDING_STATES
from hamafza.needs.models import Need
from hamafza.registry.models import Household

AT_MOST = 20


def open_needs_of(household: Household) -> QuerySet[Need]:
    """Needs of which something is still free, the most urgent first."""
    standing = Need.objects.filter(household=household, state__in=sorted(STANDING_STATES))
    return standing.filter(required__gt=F("reserved") + F("delivered")).order_by("-rank", "id")[:AT_MOST]


def cards_for(household: Household) -> QuerySet[NeedCard]:
    """Cards of its needs that are not withdrawn."""
    found = NeedCard.objects.filter(need__household=household).exclude(state=CardState.WITHDRAWN)
    return found.select_related("written_by").order_by("-pk")[:AT_MOST]


def allocations_for(household: Household) -> QuerySet[Allocation]:
    """What was decided for its needs, the newest first."""
    found = Allocation.objects.filter(need__household=household).exclude(state=AllocationState.CANCELLED)
    return found.select_related("fund", "requested_by").order_by("-pk")[:AT_MOST]
