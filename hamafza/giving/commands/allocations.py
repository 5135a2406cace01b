"""Decide what a fund is spent on: proposed by one, approved by another, given back when nothing comes of it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.core.flow import Flow, require_step
from hamafza.giving.choices import AllocationState
from hamafza.giving.commands.bound_holds import bind_hold, end_hold
from hamafza.giving.commands.uses import unuse_gifts, use_gifts
from hamafza.giving.models import Allocation
from hamafza.giving.queries.allocations import groups_of, left_of, open_units, reservation_behind
from hamafza.giving.queries.remaining import asked_back_of
from hamafza.ledger.choices import EntryKind, FundState, Movement
from hamafza.ledger.commands.funds import lock_fund
from hamafza.ledger.commands.hands import require_other_hands
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.earmarks import Fit, Wanted, earmark_of, fit_of
from hamafza.ledger.models import Fund
from hamafza.ledger.postings import committed, released
from hamafza.ledger.queries.funds import free_of
from hamafza.needs.choices import STANDING_STATES
from hamafza.needs.commands.aid import Aid, refuse_aid_again, release_units, reserve_units
from hamafza.needs.models import Need

A = AllocationState
ALLOCATION_FLOW: Flow = {
    A.PROPOSED: frozenset({A.APPROVED, A.CANCELLED}),
    A.APPROVED: frozenset({A.SPENT, A.RELEASED}),
    A.SPENT: frozenset(),
    A.RELEASED: frozenset(),
    A.CANCELLED: frozenset(),
}
#: By a payment that came back and by nothing else: what came back is committed again.
COME_BACK_FLOW: Flow = {A.SPENT: frozenset({A.APPROVED}), A.RELEASED: frozenset({A.APPROVED})}
#: What an entry of an allocation names as its source, with its key.
SOURCE = "allocation"


def propose_allocation(
    fund: Fund,
    *,
    amount: int,
    need: Need | None = None,
    purpose: str = "",
    units: int = 1,
    what: str,
    surplus_reason: str = "",
    again_reason: str = "",
    by: Actor,
    key: UUID,
) -> Allocation:
    """Ask that ``amount`` rial of a fund go to units of a need, or to a purchase for a ``purpose`` (a need's domain).

    Refuses another county's need (``other_county``), a purpose outside the fund's (``outside_purpose``; by the rule for
    what is left over it needs ``surplus_reason``), a fund that has not so much free, and aid that comes twice (N7).
    """
    require(by, Permission.REQUEST_SPENDING, place=fund.county_id)
    asked = {
        "fund": fund.pk, "amount": amount, "need": need.pk if need else None, "purpose": purpose, "units": units,
        "what": what, "surplus_reason": surplus_reason, "again_reason": again_reason,
    }  # fmt: skip

    def make() -> Allocation:
        allocation = Allocation(
            county_id=fund.county_id,
            fund=lock_fund(fund),
            need=need,
            units=units if need else 1,
            what=what.strip()[:160],
            purpose=need.domain if need else purpose,
            amount=amount,
            surplus_reason=surplus_reason.strip()[:200],
            again_reason=again_reason.strip()[:200],
            requested_by_id=by.user_id,
            requested_at=clock.now(),
        )
        if not allocation.what:
            raise Refusal(_("Say what the money is for."), code="no_purpose", field="what")
        _check(allocation)
        allocation.reservation = reservation_behind(allocation)
        allocation.save(force_insert=True)
        return allocation

    with transaction.atomic():
        return once(fund.county_id, key=key, asked=asked, by=by, act=make)


@transaction.atomic
def approve_allocation(allocation: Allocation, *, by: Actor) -> Allocation:
    """Decide it: the money is committed, the units are held, and the gifts it comes from are written down."""
    require(by, Permission.APPROVE_SPENDING, place=allocation.county_id)
    held = _locked(allocation)
    _step(held, A.APPROVED)
    held.fund = lock_fund(held.fund)
    require_other_hands(
        held.county_id, movement=Movement.ALLOCATION, rial=held.amount, by=by, earlier=[held.requested_by_id]
    )
    _check(held)
    _hold_units(held)
    held.approved_by_id, held.approved_at = by.user_id, clock.now()
    held.save()
    use_gifts(held)
    post_entry(
        held.county_id,
        kind=EntryKind.ALLOCATION,
        on=clock.today(),
        lines=committed(held.fund_id, held.amount),
        source=(SOURCE, held.pk),
        by=by,
        description=held.what,
    )
    return held


@transaction.atomic
def cancel_allocation(allocation: Allocation, *, reason: str, by: Actor) -> Allocation:
    """Drop a proposal: by who made it, or by who would approve it."""
    permission = (
        Permission.APPROVE_SPENDING
        if by.may(Permission.APPROVE_SPENDING, allocation.county_id)
        else Permission.REQUEST_SPENDING
    )
    require(by, permission, place=allocation.county_id)
    held = _locked(allocation)
    _step(held, A.CANCELLED)
    held.reason, held.reservation = _reason(reason), None
    held.save()
    return held


@transaction.atomic
def release_allocation(allocation: Allocation, *, reason: str, by: Actor) -> Allocation:
    """Give back to the fund what is not spent: the units are free again, the gifts too."""
    require(by, Permission.APPROVE_SPENDING, place=allocation.county_id)
    held = _locked(allocation)
    held.fund = lock_fund(held.fund)
    _step(held, A.RELEASED)
    amount = held.amount - held.spent_rial - held.released_rial
    if left_of(held) != amount:
        raise Refusal(_("A payment out of it is under way. Have it returned or paid first."), code="payment_under_way")
    if held.need and (units := open_units(held)):
        release_units(held.need, units)
    end_hold(held, reason=_reason(reason))
    held.reason, held.released_rial = _reason(reason), held.released_rial + amount
    held.save()
    unuse_gifts(held, amount=amount)
    post_entry(
        held.county_id,
        kind=EntryKind.RELEASE,
        on=clock.today(),
        lines=released(held.fund_id, amount),
        source=(SOURCE, held.pk),
        by=by,
        description=held.reason,
    )
    return held


def spend(allocation: Allocation, amount: int) -> Allocation:
    """Count what was paid or bought out of a locked allocation; for payments and purchases, within their transaction.

    A negative amount comes back. The entry in the books is the caller's.
    """
    if amount > 0 and amount > allocation.amount - allocation.spent_rial - allocation.released_rial:
        raise Refusal(
            _("Of this allocation less than that is left. Choose a smaller amount."),
            code="allocation_spent",
            field="amount",
        )
    allocation.spent_rial += amount
    is_spent = allocation.spent_rial + allocation.released_rial == allocation.amount
    if is_spent and allocation.state == A.APPROVED:
        _step(allocation, A.SPENT)
    elif amount < 0 and allocation.state != A.APPROVED:
        allocation.state = require_step(COME_BACK_FLOW, before=allocation.state, after=A.APPROVED).after
    allocation.save()
    return allocation


def lock_allocation(allocation: Allocation) -> Allocation:
    """The allocation, locked until the transaction ends, when it is approved; else a refusal."""
    held = _locked(allocation)
    if held.state != A.APPROVED:
        raise Refusal(_("Only approved money is spent. Have the allocation approved first."), code="not_approved")
    return held


def _check(allocation: Allocation) -> None:
    fund, need = allocation.fund, allocation.need
    if allocation.amount <= 0:
        raise Refusal(_("Write the amount, in rials."), code="no_amount", field="amount")
    if fund.state != FundState.OPEN:
        raise Refusal(_("This fund is closed. Choose another one."), code="fund_closed", field="fund")
    if need is not None:
        _check_need(allocation, need)
    _check_purpose(allocation)
    free = free_of(fund) - asked_back_of(fund.pk)
    if free < allocation.amount:
        raise Refusal(
            _("The fund “%(fund)s” has only %(free)s rials free. Choose another fund or a smaller amount.")
            % {"fund": fund.name, "free": wording.number(free)},
            code="overdrawn",
            field="amount",
        )


def _check_need(allocation: Allocation, need: Need) -> None:
    if need.county_id != allocation.fund.county_id:
        raise Refusal(
            _("This need is of another county. What is given in a county is spent there."),
            code="other_county",
            field="need",
        )
    if need.state not in STANDING_STATES:
        raise Refusal(_("This need is not open any more. Choose another one."), code="need_not_open", field="need")
    aid = Aid(
        domain=need.domain,
        on=clock.today(),
        source=("disbursement", allocation.pk),
        item=need.item,
        again_reason=allocation.again_reason,
    )
    refuse_aid_again(need.household, aid, need=need)


def _check_purpose(allocation: Allocation) -> None:
    need = allocation.need
    wanted = Wanted(allocation.purpose, need.pk if need else None, groups_of(need))
    fit = fit_of(earmark_of(allocation.fund), wanted, on=clock.today())
    if fit == Fit.WITHIN:
        return
    sentence = _SENTENCES[fit]()
    if fit not in {Fit.SURPLUS, Fit.ASK} or not allocation.surplus_reason:
        field = "surplus_reason" if fit in {Fit.SURPLUS, Fit.ASK} else "fund"
        raise Refusal(sentence, code=f"outside_{fit.value}" if fit != Fit.OUTSIDE else "outside_purpose", field=field)


_SENTENCES = {
    Fit.OUTSIDE: lambda: _("The givers of this fund wanted something else done with it. Choose another fund."),
    Fit.SURPLUS: lambda: _(
        "This is not quite what the givers named. Their rule for what is left over allows it; write the reason."
    ),
    Fit.ASK: lambda: _("The givers want to be asked about what is left over. Write what they answered, and when."),
    Fit.RETURN: lambda: _("What is left over of this fund goes back to its givers. Ask for a refund instead."),
    Fit.SUSPENSE: lambda: _("Nobody knows yet whose money this is. Match it with its giver first."),
}


def _hold_units(allocation: Allocation) -> None:
    """The giver's own hold passes over to the allocation of her money; else the units are held now."""
    if allocation.need is None:
        return
    if allocation.reservation_id is None:
        reserve_units(allocation.need, allocation.units)
    else:
        bind_hold(allocation)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    return reason.strip()[:200]


def _step(allocation: Allocation, after: AllocationState) -> None:
    allocation.state = require_step(ALLOCATION_FLOW, before=allocation.state, after=after).after


def _locked(allocation: Allocation) -> Allocation:
    return Allocation.objects.select_for_update().get(pk=allocation.pk)
