"""Money that goes back to its giver: asked for, approved and paid by three pairs of hands, as far as nothing of it is used."""

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
from hamafza.giving.choices import Channel, DonationState, GiftKind, PaymentState, RefundState
from hamafza.giving.commands.receipts import void_standing, write_receipt
from hamafza.giving.models import Donation, DonationLine, Refund
from hamafza.giving.queries.remaining import remaining_of
from hamafza.ledger.choices import EntryKind, Movement, Restriction
from hamafza.ledger.commands.funds import lock_fund
from hamafza.ledger.commands.hands import require_other_hands
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.postings import refunded
from hamafza.ledger.queries.funds import free_of

R = RefundState
FLOW: Flow = {
    R.REQUESTED: frozenset({R.APPROVED, R.REFUSED}),
    R.APPROVED: frozenset({R.PAID, R.REFUSED}),
}
SOURCE = "refund"


def request_refund(line: DonationLine, *, amount: int, reason: str, by: Actor, key: UUID) -> Refund:
    """Ask that so much of a gift goes back. From now on this part is not allocated."""
    require(by, Permission.REQUEST_SPENDING, place=line.county_id)
    asked = {"line": str(line.pk), "amount": amount, "reason": reason}

    def make() -> Refund:
        held = _locked_line(line)
        _require_unused(held, amount)
        if not reason.strip():
            raise Refusal(_("Say why."), code="no_reason", field="reason")
        refund = Refund(
            county_id=held.county_id, line=held, amount=amount, reason=reason.strip()[:200], at=clock.now(),
            requested_by_id=by.user_id,
        )  # fmt: skip
        refund.save(force_insert=True)
        return refund

    with transaction.atomic():
        return once(line.county_id, key=key, asked=asked, by=by, act=make)


@transaction.atomic
def approve_refund(refund: Refund, *, by: Actor) -> Refund:
    """It may go back; somebody else pays it."""
    require(by, Permission.APPROVE_SPENDING, place=refund.county_id)
    held = _step(refund, R.APPROVED)
    _require_hands(held, by=by, earlier=[held.requested_by_id])
    held.state, held.approved_by_id = R.APPROVED, by.user_id
    held.save(update_fields=["state", "approved_by"])
    return held


@transaction.atomic
def pay_refund(refund: Refund, *, reference: str, by: Actor) -> Refund:
    """It has been paid back: booked; the receipt is voided and, where something of the gift is left, issued anew."""
    require(by, Permission.PAY, place=refund.county_id)
    held = _step(refund, R.PAID)
    _require_hands(held, by=by, earlier=[held.requested_by_id, held.approved_by_id])
    line = _locked_line(held.line)
    _require_in_fund(line, held.amount)
    held.state, held.paid_by_id, held.paid_at, held.reference = R.PAID, by.user_id, clock.now(), reference.strip()[:60]
    held.save(update_fields=["state", "paid_by", "paid_at", "reference"])
    post_entry(
        held.county_id,
        kind=EntryKind.REFUND,
        on=clock.today(),
        lines=refunded(line.fund_id, held.amount),
        source=(SOURCE, held.pk),
        by=by,
        description=held.reason,
    )
    _renew_receipt(line.donation, by=by)
    return held


@transaction.atomic
def refuse_refund(refund: Refund, *, reason: str, by: Actor) -> Refund:
    """It does not go back; this part of the gift is free again."""
    require(by, Permission.APPROVE_SPENDING, place=refund.county_id)
    held = _step(refund, R.REFUSED)
    if not reason.strip():
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    held.state, held.state_reason = R.REFUSED, reason.strip()[:200]
    held.save(update_fields=["state", "state_reason"])
    return held


def _step(refund: Refund, after: RefundState) -> Refund:
    held = Refund.objects.select_for_update().get(pk=refund.pk)
    require_step(FLOW, before=held.state, after=after)
    return held


def _require_hands(refund: Refund, *, by: Actor, earlier: list[UUID | None]) -> None:
    require_other_hands(refund.county_id, movement=Movement.REFUND, rial=refund.amount, by=by, earlier=earlier)


def _locked_line(line: DonationLine) -> DonationLine:
    """The line, with its fund locked: what is left of it does not change meanwhile."""
    held = DonationLine.objects.select_related("donation", "fund").get(pk=line.pk)
    lock_fund(held.fund)
    return held


def _require_unused(line: DonationLine, amount: int) -> None:
    if line.donation.state != DonationState.CONFIRMED:
        raise Refusal(_("Only a confirmed gift can be paid back."), code="not_confirmed")
    if line.kind != GiftKind.MONEY:
        raise Refusal(
            _(
                "Goods are not paid back. While they lie free in the store, the accountant reverses the gift and they go back."
            ),
            code="not_money",
        )
    left = remaining_of([line])[line.pk]
    if amount <= 0 or amount > left:
        raise Refusal(
            _(
                "Only %(left)s rials of this gift are neither used nor asked back. What is used for a need cannot go back."
            )
            % {"left": wording.number(left)},
            code="used",
            field="amount",
        )
    _require_in_fund(line, amount)


def _require_in_fund(line: DonationLine, amount: int) -> None:
    """The money must be in the bank, and free in its fund."""
    payment = getattr(line.donation, "payment", None) if line.donation.channel == Channel.GATEWAY else None
    if payment is not None and (payment.state != PaymentState.CAPTURED or payment.settled_at is None):
        raise Refusal(_("The gateway has not paid this gift out yet. Wait until it has."), code="not_settled")
    if free_of(line.fund) < amount:
        raise Refusal(
            _("The fund of this gift has been spent meanwhile, so it cannot be paid back."), code="used", field="amount"
        )


def _renew_receipt(donation: Donation, *, by: Actor) -> None:
    lines = list(donation.lines.all())
    if all(line.fund.restriction == Restriction.SUSPENSE for line in lines):
        return
    void_standing(donation, reason=_("Part or all of the gift was paid back."), by=by)
    paid = Refund.objects.filter(line__donation=donation, state=R.PAID).values_list("amount", flat=True)
    if sum(line.amount for line in lines) > sum(paid):
        write_receipt(donation, by=by)
