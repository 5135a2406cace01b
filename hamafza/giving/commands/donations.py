"""Gifts: received by one, confirmed by another; with the confirmation they are in the books and have a receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.documents.commands.number import next_number
from hamafza.giving.choices import Attribution, Channel, DonationState, GiftKind, PaymentState
from hamafza.giving.codes import new_trace_code
from hamafza.giving.commands.checks import check_gift
from hamafza.giving.commands.closed_wishes import keeps_promise, place_of, tell_giver
from hamafza.giving.commands.instalments import lock_instalments
from hamafza.giving.commands.receipts import issue_receipt, void_standing
from hamafza.giving.events import donation_confirmed, goods_going_back
from hamafza.giving.gift import Gift, asked_of
from hamafza.giving.models import BankLine, Donation, DonationLine, Payment
from hamafza.giving.queries.closed_wishes import is_in_suspense
from hamafza.giving.queries.remaining import remaining_of
from hamafza.giving.worth import worth_of
from hamafza.ledger.choices import Account, EntryKind, Movement, PeriodState, Restriction
from hamafza.ledger.commands.funds import fund_for, lock_fund
from hamafza.ledger.commands.hands import require_other_hands
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.periods import period_of
from hamafza.ledger.commands.post import post_entry, reverse_source
from hamafza.ledger.postings import goods_in, money_in
from hamafza.ledger.queries.books import lock_books

#: What an entry of a gift names as its source, with the key of the line.
LINE_SOURCE = "donationline"


def receive_donation(county: str, *, gift: Gift, by: Actor, key: UUID) -> Donation:
    """Write a gift down as it is handed over; it waits for confirmation and moves nothing yet."""
    require(by, Permission.RECEIVE_GIFTS, place=county)
    return once(county, key=key, asked=asked_of(gift), by=by, act=lambda: write_donation(county, gift=gift, by=by))


@transaction.atomic
def write_donation(county: str, *, gift: Gift, by: Actor) -> Donation:
    """The same for commands that have asked for a right of their own (a bank line, a gateway, a card)."""
    gift = _with_held_instalments(gift)
    gift = check_gift(county, gift, wish_may_be_over=keeps_promise(gift))
    placed = place_of(county, gift)
    fund = fund_for(county, placed.bounds, by=by)
    donation = Donation(
        county_id=county,
        benefactor=gift.benefactor,
        attribution=_attribution(gift),
        received_on=gift.received_on or clock.today(),
        channel=gift.channel,
        reference=gift.reference.strip(),
        trace_code=new_trace_code(),
        received_by_id=by.user_id,
        for_need=gift.wish.need,
        wish_closed=placed.closed or "",
        **{name: getattr(gift.wish, name) for name in _WISHED},
    )
    donation.jalali_year, donation.number = next_number(county, "donation", on=clock.today())
    donation.save(force_insert=True)
    insert_all([
        DonationLine(
            county_id=county, donation=donation, kind=line.kind, amount=line.amount, item=line.item,
            quantity=line.quantity, valuation=line.valuation, fund=fund, instalment=line.instalment,
        )
        for line in gift.lines
    ])  # fmt: skip
    if gift.channel != Channel.GATEWAY:  # a payment that is begun may never be made
        tell_giver(donation)
    return donation


@transaction.atomic
def confirm_donation(donation: Donation, *, by: Actor) -> Donation:
    """It has really come in: books it, issues the receipt, tells the rest of the house. Confirmed again, it stays as it is."""
    require(by, Permission.CONFIRM_GIFTS, place=donation.county_id)
    held = _locked(donation)
    if held.state == DonationState.CONFIRMED:
        return held
    _require_pending(held)
    _require_paid(held)
    lines = list(held.lines.select_related("fund", "item").order_by("pk"))
    _require_word(held, lines)
    require_other_hands(
        held.county_id,
        movement=Movement.DONATION,
        rial=worth_of(lines),
        by=by,
        earlier=[held.received_by_id],
    )
    for line in lines:
        _book(held, line, by=by)
    held.state, held.confirmed_by_id, held.confirmed_at = DonationState.CONFIRMED, by.user_id, clock.now()
    held.save()
    if all(line.fund.restriction != Restriction.SUSPENSE for line in lines):
        issue_receipt(held, by=by)
    donation_confirmed.send(sender=Donation, county=held.county_id, donation=held)
    return held


@transaction.atomic
def reject_donation(donation: Donation, *, reason: str, by: Actor) -> Donation:
    """It has not come in: nothing was booked, and the reason stays with it."""
    require(by, Permission.CONFIRM_GIFTS, place=donation.county_id)
    held = _locked(donation)
    _require_pending(held)
    return leave(held, DonationState.REJECTED, reason=reason)


@transaction.atomic
def reverse_donation(donation: Donation, *, reason: str, by: Actor) -> Donation:
    """A cheque came back, or the gift was confirmed by mistake: mirrored in the books, the receipt voided.

    Only while nothing of it is used: money not decided on, goods still in the store and free. They leave it as given back.
    """
    require(by, Permission.KEEP_LEDGER, place=donation.county_id)
    held = _locked(donation)
    lines = list(held.lines.select_related("fund").order_by("pk"))
    if held.state != DonationState.CONFIRMED:
        raise Refusal(_("Only a confirmed gift can be reversed."), code="not_confirmed")
    if held.channel == Channel.DIRECT:
        raise Refusal(
            _("This was given directly: the household has it, its need is met. The gift stands with them."),
            code="given_directly",
        )
    if held.channel == Channel.GATEWAY:
        raise Refusal(
            _("This was paid at the gateway, the money is there. Pay it back to the giver instead."), code="paid_online"
        )
    goods = [line for line in lines if line.kind == GiftKind.GOODS]
    if goods:
        goods_going_back.send(sender=Donation, lines=goods, reason=reason, by=by)
    for fund in {line.fund_id: line.fund for line in lines}.values():
        lock_fund(fund)
    remaining = remaining_of(lines)
    if any(remaining[line.pk] != line.amount for line in lines):
        raise Refusal(
            _("Part of this gift is already used or paid back, so it cannot be reversed as a whole."), code="used"
        )
    for line in lines:
        reverse_source(held.county_id, (LINE_SOURCE, line.pk), on=clock.today(), reason=reason, by=by)
    void_standing(held, reason=reason, by=by)
    return leave(held, DonationState.REVERSED, reason=reason)


def booking_day(county: str, received_on: date) -> date:
    """The day of the entry: when it was received, or today when the books of that month are closed.

    Locks the books: the first two entries of a month would else both open it.
    """
    lock_books(county)
    is_closed = period_of(county, on=received_on).state == PeriodState.CLOSED
    return clock.today() if is_closed else received_on


def leave(donation: Donation, state: DonationState, *, reason: str) -> Donation:
    """An end other than confirmation, with its reason."""
    if not reason.strip():
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    donation.state, donation.state_reason = state, reason.strip()[:200]
    donation.save()
    # Its bank line, if it has one, is free for the gift it really was.
    BankLine.objects.filter(donation=donation).update(donation=None)
    return donation


_WISHED = (
    "intention", "purpose", "target_group", "use_by", "surplus_rule", "dedication", "dedicated_to", "own_words",
)  # fmt: skip


def _with_held_instalments(gift: Gift) -> Gift:
    """Locked before the gift is tied to them: an amendment at the same moment waits, or was first and is seen."""
    held = lock_instalments(line.instalment for line in gift.lines if line.instalment)
    lines = [replace(line, instalment=held[line.instalment.pk] if line.instalment else None) for line in gift.lines]
    return replace(gift, lines=lines)


def _attribution(gift: Gift) -> Attribution:
    if gift.benefactor is None:
        return Attribution.ANONYMOUS
    return gift.attribution or Attribution(gift.benefactor.attribution)


def _locked(donation: Donation) -> Donation:
    return Donation.objects.select_for_update().get(pk=donation.pk)


def _require_pending(donation: Donation) -> None:
    if donation.state != DonationState.PENDING:
        raise Refusal(_("This gift does not wait for confirmation any more. Reload the page."), code="not_pending")


def _require_paid(donation: Donation) -> None:
    """That money came by the gateway the gateway alone can say, not who looks at the list."""
    paid = Payment.objects.filter(donation=donation, state=PaymentState.CAPTURED)
    if donation.channel == Channel.GATEWAY and not paid.exists():
        raise Refusal(
            _("The gateway has not said that this gift was paid. Ask it again on the gift's page."), code="not_paid"
        )


def _require_word(donation: Donation, lines: list[DonationLine]) -> None:
    """Money may wait in suspense; a store has no such place."""
    if donation.wish_closed and is_in_suspense(lines) and any(line.kind != GiftKind.MONEY for line in lines):
        raise Refusal(
            _("What this was promised for is over. Ask the giver what is wanted now and write it down first."),
            code="ask_first",
        )


def _book(donation: Donation, line: DonationLine, *, by: Actor) -> None:
    """Services and goods without a value move nothing in the books."""
    if line.kind == GiftKind.SERVICE or not line.amount:
        return
    is_money = line.kind == GiftKind.MONEY
    into = Account.GATEWAY if donation.channel == Channel.GATEWAY else Account.BANK
    post_entry(
        donation.county_id,
        kind=EntryKind.RECEIPT if is_money else EntryKind.IN_KIND_IN,
        on=booking_day(donation.county_id, donation.received_on),
        lines=money_in(line.fund_id, line.amount, into=into) if is_money else goods_in(line.fund_id, line.amount),
        source=(LINE_SOURCE, line.pk),
        by=by,
        description=_("Gift %(number)s") % {"number": f"{donation.jalali_year}/{donation.number}"},
    )
