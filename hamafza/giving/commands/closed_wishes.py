"""An instalment whose purpose is over goes by its giver's rule, and she is told: never silently (P5)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hamafza.accounts.models import User
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.giving.choices import Channel, WishClosure
from hamafza.giving.fallback import closure_of, fallback_of
from hamafza.giving.gift import Gift, bounds_of, bounds_of_wish
from hamafza.giving.models import Donation
from hamafza.giving.queries.closed_wishes import waits_for_word
from hamafza.ledger.choices import Restriction, SurplusRule
from hamafza.ledger.commands.funds import Bounds, is_closed
from hamafza.notices.commands.message import Recipient, send_message
from hamafza.notices.commands.notify import notify


@dataclass(frozen=True, slots=True)
class Placed:
    """What binds the fund of a gift; ``closed``: why that is not what its giver named."""

    bounds: Bounds
    closed: WishClosure | None = None


def keeps_promise(gift: Gift) -> bool:
    """Whether it pays an instalment: what was promised long ago may be over by now."""
    return not gift.unidentified and any(line.instalment is not None for line in gift.lines)


def place_of(county: str, gift: Gift) -> Placed:
    """Where the gift lies. Nobody guesses for a giver who wants to be asked: her money waits in suspense.

    Refuses (``goes_back``) what by its giver's rule is returned, unless it is in the bank already.
    """
    asked = bounds_of(gift)
    closed = _closed(county, gift) if keeps_promise(gift) else None
    if closed is None:
        return Placed(asked)
    if gift.wish.surplus_rule == SurplusRule.RETURN and gift.channel != Channel.BANK_TRANSFER:
        raise Refusal(
            _(
                "%(why)s. By the giver's rule it then goes back, so do not take it; or ask what is wanted now, and choose it."
            )
            % {"why": closed.label},
            code="goes_back",
            field="surplus_rule",
        )
    second = fallback_of(gift.wish)
    if second is None or is_closed(county, bounds_of_wish(second)):
        return Placed(Bounds(Restriction.SUSPENSE), closed)
    return Placed(bounds_of_wish(second), closed)


def tell_giver(donation: Donation) -> None:
    """That her instalment goes elsewhere, or waits for her word: in the program, and by message when she agreed to it."""
    giver = donation.benefactor
    if not donation.wish_closed or giver is None:
        return
    code = "giving.wish_closed." + (_outcome(donation))
    params = {"number": f"{donation.jalali_year}/{donation.number}"}
    if giver.user_id:
        notify(User(pk=giver.user_id), code=code, params=params)
    if giver.may_message:
        send_message(Recipient(mobile=giver.mobile, email=giver.email), code, params, county=donation.county_id)


def _closed(county: str, gift: Gift) -> WishClosure | None:
    by_wish = closure_of(gift.wish, on=gift.received_on or clock.today())
    if by_wish is None and is_closed(county, bounds_of_wish(gift.wish)):
        return WishClosure.FUND_CLOSED
    return by_wish


def _outcome(donation: Donation) -> str:
    if not waits_for_word(donation):
        return donation.surplus_rule
    return SurplusRule.RETURN if donation.surplus_rule == SurplusRule.RETURN else SurplusRule.ASK
