"""Instalments whose purpose was over when they were paid (P5), and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from hamafza.giving.choices import WishClosure
from hamafza.giving.fallback import closure_of
from hamafza.giving.gift import Wish
from hamafza.giving.models import Donation, DonationLine, Pledge
from hamafza.ledger.choices import Restriction, SurplusRule


def waits_for_word(donation: Donation) -> bool:
    """Whether nothing is done with the gift until its giver says what she wants now."""
    return bool(donation.wish_closed) and is_in_suspense(donation.lines.select_related("fund"))


def is_in_suspense(lines: Iterable[DonationLine]) -> bool:
    """Whether a gift with these lines lies where nobody may decide on it."""
    return any(line.fund.restriction == Restriction.SUSPENSE for line in lines)


def pledge_closure(pledge: Pledge, *, on: date) -> str:
    """Why what a pledge names cannot be done on a day, and by which rule its gift then goes; empty when it can."""
    closed = closure_of(Wish(need=pledge.for_need, use_by=pledge.use_by), on=on)
    if closed is None:
        return ""
    return _("%(why)s. By the giver's own rule: %(rule)s. Choose something else only when the giver says so.") % {
        "why": closed.label,
        "rule": SurplusRule(pledge.surplus_rule).label,
    }


def closure_in_words(donation: Donation, *, waits: bool) -> str:
    """Why, and what became of it, for the gift's page, its receipt and its giver; empty when nothing was over."""
    if not donation.wish_closed:
        return ""
    why = WishClosure(donation.wish_closed).label
    if not waits:
        return _("%(why)s; by the giver's own rule it goes to: %(rule)s.") % {
            "why": why,
            "rule": SurplusRule(donation.surplus_rule).label,
        }
    if donation.surplus_rule == SurplusRule.RETURN:
        return _("%(why)s; by the giver's own rule it goes back to the giver.") % {"why": why}
    return _("%(why)s; it waits untouched until the giver has said what is wanted now.") % {"why": why}
