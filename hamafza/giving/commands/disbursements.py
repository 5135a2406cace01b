"""Payments out of an allocation: asked for, approved, paid by three pairs of hands, confirmed by the household."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.flow import Flow, require_step
from hamafza.giving.choices import AllocationState, DisbursementState, PayMethod
from hamafza.giving.commands.allocations import lock_allocation, spend
from hamafza.giving.commands.bound_holds import confirm_hold, open_hold_again
from hamafza.giving.events import payment_returning
from hamafza.giving.models import Allocation, Disbursement
from hamafza.giving.payment_hands import hands_before
from hamafza.giving.queries.allocations import left_of, open_units, units_to_ask
from hamafza.ledger.choices import EntryKind, Movement
from hamafza.ledger.commands.hands import require_other_hands
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry, reverse_source
from hamafza.ledger.postings import paid
from hamafza.needs.commands.aid import Aid, deliver_units, record_aid, take_back_units
from hamafza.needs.events import needs_changed
from hamafza.needs.models import AidRecord

D = DisbursementState
PAYMENT_FLOW: Flow = {
    D.REQUESTED: frozenset({D.APPROVED, D.RETURNED}),
    D.APPROVED: frozenset({D.PAID, D.RETURNED}),
    D.PAID: frozenset({D.CONFIRMED, D.RETURNED}),
    D.CONFIRMED: frozenset({D.RETURNED}),
    D.RETURNED: frozenset(),
}
#: What entries and aid records of a payment name as their source, with its key.
SOURCE = "disbursement"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAsked:
    """What is asked for. ``units``: how many units of the need are met with it; empty: all that no payment names yet."""

    amount: int
    method: PayMethod
    payee: str = ""
    units: int | None = None


def request_payment(allocation: Allocation, *, asked: PaymentAsked, by: Actor, key: UUID) -> Disbursement:
    """Ask for a payment out of an approved allocation; never more than is left of it."""
    require(by, Permission.REQUEST_SPENDING, place=allocation.county_id)
    said = {
        "allocation": allocation.pk, "amount": asked.amount, "method": str(asked.method), "payee": asked.payee,
        "units": asked.units,
    }  # fmt: skip

    def make() -> Disbursement:
        held = lock_allocation(allocation)
        _check(held, asked)
        payment = Disbursement(
            county_id=held.county_id,
            allocation=held,
            amount=asked.amount,
            units=_units(held, asked),
            method=asked.method,
            payee=asked.payee.strip()[:120],
            requested_by_id=by.user_id,
            at=clock.now(),
        )
        payment.save(force_insert=True)
        return payment

    with transaction.atomic():
        return once(allocation.county_id, key=key, asked=said, by=by, act=make)


@transaction.atomic
def approve_payment(payment: Disbursement, *, by: Actor) -> Disbursement:
    """Say yes to it; somebody else pays."""
    require(by, Permission.APPROVE_SPENDING, place=payment.county_id)
    held = _step_by_other_hands(payment, D.APPROVED, by=by)
    held.approved_by_id = by.user_id
    held.save()
    return held


@transaction.atomic
def pay(payment: Disbursement, *, reference: str, by: Actor) -> Disbursement:
    """It has been paid: in the books, counted on the allocation, and the household's aid is on record."""
    require(by, Permission.PAY, place=payment.county_id)
    held = _step_by_other_hands(payment, D.PAID, by=by)
    allocation = lock_allocation(held.allocation)
    if not reference.strip():
        raise Refusal(
            _("Write the reference of the payment, such as the number of the transfer."),
            code="no_reference",
            field="reference",
        )
    held.reference, held.paid_by_id, held.paid_at = reference.strip()[:60], by.user_id, clock.now()
    held.save()
    _record_aid(held, allocation, by=by)
    spend(allocation, held.amount)
    post_entry(
        held.county_id,
        kind=EntryKind.DISBURSEMENT,
        on=clock.today(),
        lines=paid(allocation.fund_id, held.amount),
        source=(SOURCE, held.pk),
        by=by,
        description=allocation.what,
    )
    return held


@transaction.atomic
def confirm_payment(payment: Disbursement, *, by: Actor) -> Disbursement:
    """The household says that it has it; a social worker writes that down who had no hand in it before."""
    require(by, Permission.CONFIRM_DIRECT, place=payment.county_id)
    held = _step_by_other_hands(payment, D.CONFIRMED, by=by)
    held.confirmed_by_id, held.confirmed_at = by.user_id, clock.now()
    held.save()
    confirm_hold(held.allocation, by=by)
    return held


@transaction.atomic
def return_payment(payment: Disbursement, *, reason: str, by: Actor) -> Disbursement:
    """It is not paid after all, or the money came back: the commitment stands again, the household has not got it."""
    # Not as the page showed it: it may have been paid meanwhile.
    was_paid = _locked(payment).state in {D.PAID, D.CONFIRMED}
    require(by, Permission.PAY if was_paid else Permission.APPROVE_SPENDING, place=payment.county_id)
    if not reason.strip():
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    held = _step(payment, D.RETURNED)
    if was_paid:
        payment_returning.send(sender=None, payment=held)
    held.reason, held.returned_by_id, held.returned_at = reason.strip()[:200], by.user_id, clock.now()
    held.save()
    if was_paid:
        _undo(held, by=by)
    return held


def _undo(held: Disbursement, *, by: Actor) -> None:
    allocation = Allocation.objects.select_for_update().get(pk=held.allocation_id)
    if allocation.need and allocation.state == AllocationState.RELEASED:
        # The other units were given back with the rest of the money; somebody else may hold them now.
        allocation.units -= open_units(allocation) - held.units
    if allocation.need and held.units:
        source = (SOURCE, held.pk)
        take_back_units(allocation.need, held.units, source=source, by=by, reason=held.reason, promised=True)
    else:
        AidRecord.objects.filter(county_id=held.county_id, source_type=SOURCE, source_id=held.pk).update(
            taken_back_at=clock.now()
        )
        needs_changed.send(sender=None, county=held.county_id)
    spend(allocation, -held.amount)
    open_hold_again(allocation)
    reverse_source(held.county_id, (SOURCE, held.pk), on=clock.today(), reason=held.reason, by=by)


def _record_aid(held: Disbursement, allocation: Allocation, *, by: Actor) -> None:
    need = allocation.need
    if need is None:
        return
    aid = Aid(
        domain=need.domain,
        on=clock.today(),
        source=(SOURCE, held.pk),
        item=need.item,
        quantity=held.units or 1,
        unit=need.unit,
        value_rial=held.amount,
        again_reason=allocation.again_reason,
    )
    if held.units:
        deliver_units(need, held.units, reserved=True, aid=aid, by=by)
    else:
        record_aid(need.household, aid, need=need, by=by)


def _check(allocation: Allocation, asked: PaymentAsked) -> None:
    if asked.amount <= 0:
        raise Refusal(_("Write the amount, in rials."), code="no_amount", field="amount")
    if asked.amount > left_of(allocation):
        raise Refusal(
            _("Of this allocation less than that is left. Choose a smaller amount."),
            code="allocation_spent",
            field="amount",
        )
    if asked.method != PayMethod.HOUSEHOLD_ACCOUNT and not asked.payee.strip():
        raise Refusal(_("Write who is paid."), code="no_payee", field="payee")


def _units(allocation: Allocation, asked: PaymentAsked) -> int:
    """With the last payment all units are met, unless it says otherwise."""
    left = units_to_ask(allocation)
    is_last = asked.amount == left_of(allocation)
    units = asked.units if asked.units is not None else (left if is_last else 0)
    if not 0 <= units <= left:
        raise Refusal(_("The allocation is for fewer units than that."), code="too_many_units", field="units")
    return units


def _step_by_other_hands(payment: Disbursement, after: DisbursementState, *, by: Actor) -> Disbursement:
    """Measured by what was decided on: a decision that is paid in small parts is no small movement."""
    earlier = hands_before(_locked(payment))
    held = _step(payment, after)
    worth = held.allocation.amount
    require_other_hands(held.county_id, movement=Movement.ALLOCATION, rial=worth, by=by, earlier=earlier)
    return held


def _step(payment: Disbursement, after: DisbursementState) -> Disbursement:
    held = _locked(payment)
    held.state = require_step(PAYMENT_FLOW, before=held.state, after=after).after
    return held


def _locked(payment: Disbursement) -> Disbursement:
    return Disbursement.objects.select_for_update().get(pk=payment.pk)
