"""Money whose giver or purpose was not known, once somebody knows: out of suspense, into the fund she means."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.giving.choices import Attribution, DonationState
from hamafza.giving.commands.checks import check_gift
from hamafza.giving.commands.donations import LINE_SOURCE
from hamafza.giving.commands.instalments import lock_instalments
from hamafza.giving.commands.receipts import write_receipt
from hamafza.giving.gift import Gift, GiftLine, Wish, bounds_of_wish
from hamafza.giving.models import Benefactor, Donation, DonationLine, Instalment, Refund
from hamafza.giving.queries.closed_wishes import is_in_suspense
from hamafza.giving.queries.remaining import UNDER_WAY, remaining_of
from hamafza.ledger.choices import EntryKind, Restriction
from hamafza.ledger.commands.funds import fund_for, lock_fund
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.models import Fund
from hamafza.ledger.postings import between_funds


@transaction.atomic
def identify_donation(
    donation: Donation,
    *,
    benefactor: Benefactor | None,
    wish: Wish,
    by: Actor,
    instalment: Instalment | None = None,
) -> Donation:
    """Say whose it is and what for. What is confirmed already moves between the funds and gets its receipt now.

    The gift stays unnamed to the public: it was given so.
    """
    require(by, Permission.CONFIRM_GIFTS, place=donation.county_id)
    if instalment is not None:
        instalment = lock_instalments([instalment])[instalment.pk]
    held = Donation.objects.select_for_update().get(pk=donation.pk)
    lines = list(held.lines.select_related("fund").order_by("pk"))
    if held.wish_closed or not all(line.fund.restriction == Restriction.SUSPENSE for line in lines):
        raise Refusal(_("This gift is identified already."), code="identified")
    gift = _checked(held, lines, benefactor=benefactor, wish=wish, instalment=instalment)
    held.benefactor, held.attribution = gift.benefactor, Attribution.ANONYMOUS
    DonationLine.objects.filter(donation=held).update(instalment=instalment)
    return _place(held, lines, wish=wish, by=by)


@transaction.atomic
def place_as_told(donation: Donation, *, wish: Wish, by: Actor) -> Donation:
    """The giver of an instalment whose purpose was over has said what she wants now (P5); her words stay with the gift."""
    require(by, Permission.CONFIRM_GIFTS, place=donation.county_id)
    held = Donation.objects.select_for_update().get(pk=donation.pk)
    lines = list(held.lines.select_related("fund").order_by("pk"))
    if not held.wish_closed or not is_in_suspense(lines):
        raise Refusal(_("This gift does not wait for its giver's word any more."), code="told")
    if not wish.own_words.strip():
        raise Refusal(_("Write what the giver said, and when."), code="no_word", field="own_words")
    _checked(held, lines, benefactor=held.benefactor, wish=wish, instalment=None)
    held.wish_closed = ""
    return _place(held, lines, wish=wish, by=by)


def _place(held: Donation, lines: list[DonationLine], *, wish: Wish, by: Actor) -> Donation:
    if held.state not in (DonationState.PENDING, DonationState.CONFIRMED):
        raise Refusal(_("This gift was rejected or reversed."), code="not_pending")
    # Funds before books, as everywhere: allocations lock in this order too.
    lock_fund(lines[0].fund)
    fund = fund_for(held.county_id, bounds_of_wish(wish), by=by)
    is_confirmed = held.state == DonationState.CONFIRMED
    if is_confirmed:
        _move(held, lines, fund=fund, by=by)
    DonationLine.objects.filter(donation=held).update(fund=fund)
    _write(held, wish)
    if is_confirmed:
        write_receipt(held, by=by)
    return held


def _checked(
    held: Donation,
    lines: list[DonationLine],
    *,
    benefactor: Benefactor | None,
    wish: Wish,
    instalment: Instalment | None,
) -> Gift:
    said = [
        GiftLine(
            kind=line.kind,  # type: ignore[arg-type]  # as stored
            amount=line.amount,
            item=line.item,
            quantity=line.quantity,
            instalment=instalment,
        )
        for line in lines
    ]
    return check_gift(
        held.county_id,
        Gift(channel=held.channel, lines=said, benefactor=benefactor, received_on=held.received_on, wish=wish),  # type: ignore[arg-type]
    )


def _move(held: Donation, lines: list[DonationLine], *, fund: Fund, by: Actor) -> None:
    if Refund.objects.filter(line__in=lines, state__in=UNDER_WAY).exists():
        # The part asked back would stay behind in suspense and be paid out of the new fund.
        raise Refusal(
            _("Part of this gift is asked back. Have the refund paid or refused first."), code="refund_under_way"
        )
    remaining = remaining_of(lines)
    for line in lines:
        if not remaining[line.pk]:
            continue
        post_entry(
            held.county_id,
            kind=EntryKind.TRANSFER,
            on=clock.today(),
            lines=between_funds(line.fund_id, fund.pk, remaining[line.pk]),
            source=(LINE_SOURCE, line.pk),
            by=by,
            description=_("Gift %(number)s identified") % {"number": f"{held.jalali_year}/{held.number}"},
        )


def _write(held: Donation, wish: Wish) -> None:
    held.for_need = wish.need
    held.intention, held.purpose, held.target_group = wish.intention, wish.purpose, wish.target_group
    held.use_by, held.surplus_rule, held.dedication = wish.use_by, wish.surplus_rule, wish.dedication
    held.dedicated_to, held.own_words = wish.dedicated_to, wish.own_words
    held.save()
