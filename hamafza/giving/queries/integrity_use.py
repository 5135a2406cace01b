"""Promises of spending, checked anew: gifts used, allocations spent, units held (F4, T1, T2, N1). For `hamafza verify`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from hamafza.giving.choices import AllocationState, CardState
from hamafza.giving.direct import HOLDING
from hamafza.giving.models import Allocation, DonationLine, GiftMove, GiftUse, NeedCard, Reservation, ReservedUnits
from hamafza.giving.queries.allocations import held_units
from hamafza.giving.queries.remaining import remaining_in
from hamafza.giving.queries.reservations import UNBOUND
from hamafza.ledger.choices import FREE_ACCOUNTS, Account, Restriction, TransferState
from hamafza.ledger.models import CountyTransfer, FundBalance, JournalLine
from hamafza.needs.models import Need

COUNTED = (AllocationState.APPROVED, AllocationState.SPENT, AllocationState.RELEASED)


def spending_faults(county: str, *, held_elsewhere: Mapping[UUID, int] | None = None) -> list[str]:
    """What is wrong in one county (which must be open), one line each.

    ``held_elsewhere``: units of needs that apps above this one hold, such as distribution rounds.
    """
    return [
        *_overdrawn(county),
        *_gifts_overused(county),
        *_allocations_uncovered(county),
        *_gifts_that_stray(county),
        *_commitments(county),
        *_units(county, held_elsewhere or {}),
        *_cards(county),
    ]


def counted(county: str) -> int:
    """How many rows `spending_faults` looks at."""
    models = (Allocation, GiftMove, GiftUse, ReservedUnits, NeedCard)
    return sum(model.objects.filter(county_id=county).count() for model in models)


def units_held(county: str) -> Counter[UUID]:
    """Units of each need that reservations and approved allocations hold."""
    holds = Reservation.objects.filter(UNBOUND, county_id=county, state__in=sorted(HOLDING))
    parts = ReservedUnits.objects.filter(county_id=county, reservation__in=holds)
    found: Counter[UUID] = Counter(dict(parts.values("need").annotate(held=Sum("units")).values_list("need", "held")))
    found.update(held_units(county))
    return found


def _overdrawn(county: str) -> list[str]:
    """F4: no fund has decided on more than it has."""
    balances = FundBalance.objects.filter(county_id=county, account__in=FREE_ACCOUNTS)
    below = balances.values("fund").annotate(free=Sum("amount")).filter(free__lt=0)
    return [f"fund {fund}: overdrawn by {-free} (F4)" for fund, free in below.values_list("fund", "free")]


def _gifts_overused(county: str) -> list[str]:
    """T1: of no gift is more used than was given; and nothing is used less than not at all."""
    sums = GiftUse.objects.filter(county_id=county).values("line", "line__amount").annotate(used=Sum("amount"))
    wrong = sums.filter(Q(used__gt=F("line__amount")) | Q(used__lt=0)).values_list("line", "used", "line__amount")
    return [f"donation line {line}: {used} used of {amount} (T1)" for line, used, amount in wrong]


def _allocations_uncovered(county: str) -> list[str]:
    """T2: gifts used for an allocation are what is left of it, but for money that is no gift.

    Money that is no gift: the state's share, and what came from another county or another fund.
    """
    found = []
    other = _money_that_is_no_gift(county)
    allocations = Allocation.objects.filter(county_id=county, state__in=COUNTED).select_related("fund")
    rows = allocations.annotate(used=Sum("uses__amount"))
    for one in rows.order_by("pk"):
        due, used = one.amount - one.released_rial, one.used or 0
        if used > due:
            found.append(f"allocation {one.pk}: {used} of gifts used for {due} (T2)")
        elif used < due and one.fund.restriction != Restriction.GOVERNMENT:
            other[one.fund_id] = other.get(one.fund_id, 0) - (due - used)
    return found + [f"fund {fund}: {-left} spent that no gift covers (T2)" for fund, left in other.items() if left < 0]


def _money_that_is_no_gift(county: str) -> dict[UUID, int]:
    """By fund: what the state, another county or another fund has put in; in rial."""
    credit = JournalLine.objects.filter(
        county_id=county,
        entry__posted_at__isnull=False,
        account__in=[Account.GOVERNMENT, Account.CLEARING, Account.BETWEEN_FUNDS],
    ).exclude(account=Account.BETWEEN_FUNDS, entry__source_type="donationline")
    sums = Counter({fund: -total for fund, total in credit.values_list("fund").annotate(total=Sum("amount"))})
    moves = GiftMove.objects.filter(Q(transfer__isnull=True) | Q(transfer__state=TransferState.DONE), county_id=county)
    for source, target, amount in moves.values_list("source", "target", "amount"):
        sums[source] += amount
        sums[target] -= amount
    return {fund: max(0, total) for fund, total in sums.items() if fund is not None}


def _gifts_that_stray(county: str) -> list[str]:
    """T1 by place: of a gift that was moved, no fund has used or sent on more than came to it.

    F3: what leaves the county is what givers have agreed to.
    """
    moves = GiftMove.objects.filter(county_id=county)
    lines = list(DonationLine.objects.filter(pk__in=moves.values("line")))
    funds = {fund for pair in moves.values_list("source", "target") for fund in pair if fund}
    strayed = [
        f"donation line {line}: {-left} too much taken out of fund {fund} (T1)"
        for fund in sorted(funds)
        for line, left in remaining_in(fund, lines).items()
        if left < 0
    ]
    sent = CountyTransfer.objects.filter(county_id=county).exclude(state=TransferState.REFUSED)
    loose = sent.annotate(bound=Coalesce(Sum("gifts__amount"), 0)).exclude(bound=F("amount"))
    return strayed + [
        f"transfer {pk}: {bound} of {amount} are gifts whose givers agreed (F3)"
        for pk, bound, amount in loose.values_list("pk", "bound", "amount")
    ]


def _commitments(county: str) -> list[str]:
    """F9 in part: what the books say is committed is what allocations have decided and not yet spent."""
    open_rial = F("amount") - F("spent_rial") - F("released_rial")
    allocations = Allocation.objects.filter(county_id=county, state__in=COUNTED)
    decided = dict(allocations.values("fund").annotate(total=Sum(open_rial)).values_list("fund", "total"))
    balances = FundBalance.objects.filter(county_id=county, account=Account.COMMITTED)
    booked = {fund: -amount for fund, amount in balances.values_list("fund", "amount")}
    return [
        f"fund {fund}: {booked.get(fund, 0)} committed in the books, {decided.get(fund, 0)} by allocations (F9)"
        for fund in sorted(set(decided) | set(booked))
        if decided.get(fund, 0) != booked.get(fund, 0)
    ]


def _units(county: str, elsewhere: Mapping[UUID, int]) -> list[str]:
    """N1: a need's promised units are those that somebody holds."""
    held = units_held(county)
    held.update(elsewhere)
    said = dict(Need.objects.filter(county_id=county, reserved__gt=0).values_list("pk", "reserved"))
    return [
        f"need {need}: {said.get(need, 0)} promised, {held.get(need, 0)} held (N1)"
        for need in sorted(set(said) | {need for need, units in held.items() if units})
        if said.get(need, 0) != held.get(need, 0)
    ]


def _cards(county: str) -> list[str]:
    """N4: no card stands that a second person has not read."""
    unread = NeedCard.objects.filter(county_id=county, state=CardState.PUBLISHED).filter(
        Q(reviewed_by__isnull=True) | Q(reviewed_by=F("written_by"))
    )
    return [f"card {code}: stands unread (N4)" for code in unread.values_list("code", flat=True)]
