"""Payments through a gateway: begun, answered once however often the gateway calls, settled later with its fee (F6)."""

from __future__ import annotations

import logging
import secrets
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.queries.actors import system_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.giving.choices import Channel, DonationState, GiftKind, PaymentState
from hamafza.giving.commands.closed_wishes import tell_giver
from hamafza.giving.commands.donations import confirm_donation, leave, write_donation
from hamafza.giving.gateways import Answer, Outcome, gateway
from hamafza.giving.gift import Gift, asked_of
from hamafza.giving.models import Donation, Payment
from hamafza.ledger.choices import EntryKind
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.postings import gateway_settled

log = logging.getLogger(__name__)

SOURCE = "payment"


def begin_payment(county: str, *, gift: Gift, by: Actor, key: UUID) -> Payment:
    """A gift of money that is to be paid at the gateway; it waits until the gateway says that it was.

    A signed-in benefactor gives in her own name only; the office may begin a payment for anybody.
    """
    used = gateway()
    if used is None:
        raise Refusal(_("No payment gateway is set up. Pay by bank transfer or at the counter."), code="no_gateway")
    _require_giver(county, gift, by=by)
    if gift.channel != Channel.GATEWAY or [line.kind for line in gift.lines] != [GiftKind.MONEY]:
        raise ValueError("a gateway takes one amount of money")

    def make() -> Payment:
        donation = write_donation(county, gift=gift, by=by)
        payment = Payment(
            county_id=county, donation=donation, gateway=used.name, token=secrets.token_urlsafe(24),
            amount=donation.lines.get().amount, at=clock.now(),
        )  # fmt: skip
        payment.save(force_insert=True)
        return payment

    with transaction.atomic():
        return once(county, key=key, asked=asked_of(gift), by=by, act=make)


def answer_payment(payment: Payment) -> Payment:
    """Ask the gateway and do what it says. A second answer changes nothing; a late "paid" is still taken.

    The gateway is asked before anything is locked: it may be slow.
    """
    used = gateway()
    if used is None or used.name != payment.gateway:
        return payment
    outcome = used.verify(payment)
    if outcome.answer == Answer.UNKNOWN:
        return payment
    try:
        with transaction.atomic():
            return _take(payment, outcome)
    except IntegrityError as clash:
        raise Refusal(
            _("The gateway gave the reference of another payment. Nothing was booked; ask the gateway's support."),
            code="reference_used",
        ) from clash


@transaction.atomic
def settle_payment(payment: Payment, *, fee: int, by: Actor) -> Payment:
    """The gateway has paid it out to the bank, less its fee."""
    require(by, Permission.CONFIRM_GIFTS, place=payment.county_id)
    held = Payment.objects.select_for_update().get(pk=payment.pk)
    if held.state != PaymentState.CAPTURED:
        raise Refusal(_("Only a payment that was made can be settled."), code="not_captured")
    if held.settled_at is not None:
        return held
    if held.donation.state != DonationState.CONFIRMED:
        raise Refusal(_("The gift of this payment does not stand in the books."), code="not_confirmed")
    if not 0 <= fee < held.amount:
        raise Refusal(_("The fee must be less than the amount."), code="bad_fee", field="fee")
    line = held.donation.lines.get()
    held.fee, held.settled_at = fee, clock.now()
    held.save(update_fields=["fee", "settled_at"])
    post_entry(
        held.county_id,
        kind=EntryKind.TRANSFER,
        on=clock.today(),
        lines=gateway_settled(line.fund_id, held.amount, fee=fee),
        source=(SOURCE, held.pk),
        by=by,
        description=held.reference,
    )
    return held


def ask_again(county: str) -> int:
    """Ask the gateway about every payment without an answer; how many have one now. For the hourly round."""
    answered = 0
    for payment in Payment.objects.filter(county_id=county, state=PaymentState.INITIATED).select_related("donation"):
        try:
            answered += answer_payment(payment).state != PaymentState.INITIATED
        except Refusal as refusal:
            # Waits for a person: the gift's page says the same sentence when it is asked there.
            log.warning("payment %s was not booked: %s", payment.pk, refusal.code)
    return answered


def _take(payment: Payment, outcome: Outcome) -> Payment:
    held = Payment.objects.select_for_update().get(pk=payment.pk)
    donation = Donation.objects.select_for_update().get(pk=held.donation_id)
    if held.state == PaymentState.CAPTURED or (held.state == PaymentState.FAILED and outcome.answer == Answer.DECLINED):
        return held
    if outcome.answer == Answer.DECLINED:
        held.state = PaymentState.FAILED
        held.save(update_fields=["state"])
        if donation.state == DonationState.PENDING:
            leave(donation, DonationState.REJECTED, reason=_("The gateway declined the payment."))
        return held
    if outcome.amount != held.amount:
        raise Refusal(
            _("The gateway took another amount than was asked. Nothing was booked; ask the gateway's support."),
            code="other_amount",
        )
    held.state, held.reference, held.fee = PaymentState.CAPTURED, outcome.reference, outcome.fee
    held.save(update_fields=["state", "reference", "fee"])
    if donation.state == DonationState.REJECTED:
        # It was given up too early: the money has come after all.
        donation.state, donation.state_reason = DonationState.PENDING, ""
    donation.reference = outcome.reference[:60]
    donation.save()
    confirm_donation(donation, by=system_actor("payment gateway"))
    tell_giver(donation)
    return held


def _require_giver(county: str, gift: Gift, *, by: Actor) -> None:
    if by.may(Permission.RECEIVE_GIFTS, county):
        return
    require(by, Permission.GIVE, place=county)
    if by.user_id is not None and (gift.benefactor is None or gift.benefactor.user_id != by.user_id):
        raise Refusal(_("A benefactor gives in her own name."), code="foreign", field="benefactor")
