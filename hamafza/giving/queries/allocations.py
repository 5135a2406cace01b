"""Allocations and payments: what is left of them, what waits for whom, and what binds their funds."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from hamafza.core import clock
from hamafza.giving.choices import AllocationState, DisbursementState, GivingMode, ReservationState
from hamafza.giving.models import Allocation, Disbursement, DonationLine, Reservation
from hamafza.ledger.choices import FREE_ACCOUNTS, FundState, Restriction
from hamafza.ledger.models import Fund
from hamafza.needs.models import Need
from hamafza.registry.models import TargetGroupMembership

#: Payments that are asked for and not yet paid.
UNDER_WAY = (DisbursementState.REQUESTED, DisbursementState.APPROVED)
#: Payments that stand.
PAID = (DisbursementState.PAID, DisbursementState.CONFIRMED)


def allocations_of(county: str, *, state: str = "") -> QuerySet[Allocation]:
    """Allocations of a county (which must be open), the newest first."""
    found = Allocation.objects.filter(county_id=county)
    if state:
        found = found.filter(state=state)
    return found.select_related("fund", "need", "requested_by", "approved_by").order_by("-pk")


def waiting_allocations(county: str, *, not_by: UUID | None) -> QuerySet[Allocation]:
    """Proposals for the second pair of hands: those that ``not_by`` did not make herself."""
    return allocations_of(county, state=AllocationState.PROPOSED).exclude(requested_by=not_by)


def disbursements_of(county: str, *, state: str = "") -> QuerySet[Disbursement]:
    """Payments of a county, the newest first."""
    found = Disbursement.objects.filter(county_id=county)
    if state:
        found = found.filter(state=state)
    return found.select_related(
        "allocation__fund", "allocation__need", "requested_by", "approved_by", "paid_by"
    ).order_by("-pk")


def payments_waiting(county: str, *, state: str, not_by: UUID | None) -> QuerySet[Disbursement]:
    """Payments that wait for somebody's next step and in which she has had no hand yet."""
    mine = Q(requested_by=not_by) | Q(allocation__requested_by=not_by)
    if state != DisbursementState.REQUESTED:
        mine |= Q(approved_by=not_by) | Q(allocation__approved_by=not_by) | Q(paid_by=not_by)
    return disbursements_of(county, state=state).exclude(mine)


def left_of(allocation: Allocation) -> int:
    """Rial of an allocation for which no payment is under way and nothing was paid, bought or given back."""
    under_way = Disbursement.objects.filter(allocation=allocation, state__in=UNDER_WAY).aggregate(total=Sum("amount"))
    return allocation.amount - allocation.spent_rial - allocation.released_rial - int(under_way["total"] or 0)


def open_units(allocation: Allocation) -> int:
    """Units of the need that the allocation still holds."""
    if allocation.need_id is None:
        return 0
    paid = Disbursement.objects.filter(allocation=allocation, state__in=PAID).aggregate(total=Sum("units"))
    return allocation.units - int(paid["total"] or 0)


def units_to_ask(allocation: Allocation) -> int:
    """Units that no payment names yet."""
    if allocation.need_id is None:
        return 0
    named = Disbursement.objects.filter(allocation=allocation).exclude(state=DisbursementState.RETURNED)
    return allocation.units - int(named.aggregate(total=Sum("units"))["total"] or 0)


def groups_of(need: Need | None, *, on: date | None = None) -> frozenset[str]:
    """Target groups of who would get it: of the person, or of anybody in the household."""
    if need is None:
        return frozenset()
    in_force = Q(valid_to=None) | Q(valid_to__gte=on or clock.today())
    members = TargetGroupMembership.objects.filter(in_force, person__left_on=None, person__merged_into=None)
    owner = {"person": need.person_id} if need.person_id else {"person__household": need.household_id}
    return frozenset(members.filter(**owner).values_list("group", flat=True))


def reservation_behind(allocation: Allocation) -> Reservation | None:
    """The accepted hold of a giver who pays for this need through this fund, for as many units; nothing when there is none."""
    if allocation.need_id is None:
        return None
    givers = DonationLine.objects.filter(fund=allocation.fund_id).values("donation__benefactor")
    return (
        Reservation.objects.filter(
            state=ReservationState.ACCEPTED,
            mode=GivingMode.THROUGH_FUND,
            parts__need=allocation.need_id,
            units=allocation.units,
            card__need=allocation.need_id,
            benefactor__in=givers,
            allocation__isnull=True,
        )
        .order_by("pk")
        .first()
    )


def spendable_funds(county: str) -> QuerySet[Fund]:
    """Open funds that have something free to decide on, by name; ``free`` in rial."""
    return (
        Fund.objects.filter(county_id=county, state=FundState.OPEN)
        .exclude(restriction=Restriction.SUSPENSE)
        .annotate(free=Sum("balances__amount", filter=Q(balances__account__in=FREE_ACCOUNTS)))
        .filter(free__gt=0)
        .order_by("name", "pk")
    )


def held_units(county: str) -> dict[UUID, int]:
    """Units of each need that approved allocations hold (N1)."""
    allocations = Allocation.objects.filter(county_id=county, state=AllocationState.APPROVED, need__isnull=False)
    paid = Sum("disbursements__units", filter=Q(disbursements__state__in=PAID))
    held: dict[UUID, int] = {}
    for need, units, met in allocations.annotate(met=paid).values_list("need_id", "units", "met"):
        held[need] = held.get(need, 0) + units - (met or 0)
    return {need: units for need, units in held.items() if units}


def disbursements_of_allocation(allocation: Allocation) -> QuerySet[Disbursement]:
    """Its payments, the newest first."""
    found = Disbursement.objects.filter(allocation=allocation)
    return found.select_related("allocation__fund", "requested_by", "approved_by", "paid_by").order_by("-pk")


def need_in(county: str, pk: UUID) -> Need | None:
    """A need of this county, for the form of an allocation."""
    return Need.objects.filter(county_id=county, pk=pk).select_related("household__head", "person").first()
