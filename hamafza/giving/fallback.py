"""Where an instalment goes when what it was promised for is over on the day it is paid (P5). Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hamafza.giving.choices import WishClosure
from hamafza.giving.gift import Wish
from hamafza.ledger.choices import SurplusRule
from hamafza.needs.choices import STANDING_STATES


def closure_of(wish: Wish, *, on: date) -> WishClosure | None:
    """Why nothing can be done for this wish any more, by its day and its need."""
    if wish.use_by is not None and wish.use_by < on:
        return WishClosure.TIME_OVER
    need = wish.need
    if need is not None and (need.state not in STANDING_STATES or need.delivered >= need.required):
        return WishClosure.NEED_OVER
    return None


def fallback_of(wish: Wish) -> Wish | None:
    """The next best by the giver's rule for what is left over; none where she must be asked, or gets it back."""
    if wish.surplus_rule == SurplusRule.SAME_PURPOSE:
        purpose = wish.need.domain if wish.need is not None else wish.purpose
        return replace(wish, need=None, use_by=None, purpose=purpose)
    if wish.surplus_rule == SurplusRule.ANY_PURPOSE:
        return replace(wish, need=None, use_by=None, purpose="", target_group="")
    return None
