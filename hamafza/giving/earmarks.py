"""What a fund may be spent on (F5): its purpose, target group, need and day; else by the rule for what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from hamafza.ledger.choices import Restriction, SurplusRule


class Fit(Enum):
    """How a purpose stands to a fund."""

    WITHIN = "within"
    #: Something is left over, and the giver's rule opens this way; the reason goes with the allocation.
    SURPLUS = "surplus"
    #: The rule says: ask the giver. The reason then holds the answer.
    ASK = "ask"
    #: The rule says: back to the giver.
    RETURN = "return"
    OUTSIDE = "outside"
    #: Nobody knows yet whose money it is.
    SUSPENSE = "suspense"


@dataclass(frozen=True, slots=True)
class Earmark:
    """What binds a fund; ``purpose`` of a fund for one need is that need's. ``need_is_open``: it still waits."""

    restriction: str
    purpose: str = ""
    target_group: str = ""
    need: UUID | None = None
    need_is_open: bool = False
    use_by: date | None = None
    surplus_rule: str = SurplusRule.SAME_PURPOSE


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be paid for: its purpose, the need if there is one, and the target groups of who gets it."""

    purpose: str
    need: UUID | None = None
    groups: frozenset[str] = frozenset()


def fit_of(earmark: Earmark, wanted: Wanted, *, on: date) -> Fit:
    """Whether the fund may pay for it on a day, and by which way."""
    if earmark.restriction == Restriction.SUSPENSE:
        return Fit.SUSPENSE
    if _is_in_time(earmark, on) and _is_within(earmark, wanted):
        return Fit.WITHIN
    if earmark.need is not None and earmark.need_is_open and _is_in_time(earmark, on):
        return Fit.OUTSIDE  # somebody still waits for it: nothing is left over
    return _by_the_rule(earmark, wanted)


def _is_in_time(earmark: Earmark, on: date) -> bool:
    return earmark.use_by is None or on <= earmark.use_by


def _is_within(earmark: Earmark, wanted: Wanted) -> bool:
    if earmark.need is not None:
        return wanted.need == earmark.need
    fits_purpose = not earmark.purpose or wanted.purpose == earmark.purpose
    return fits_purpose and (not earmark.target_group or earmark.target_group in wanted.groups)


def _by_the_rule(earmark: Earmark, wanted: Wanted) -> Fit:
    rule = earmark.surplus_rule
    if rule == SurplusRule.RETURN:
        return Fit.RETURN
    if rule == SurplusRule.ASK:
        return Fit.ASK
    if rule == SurplusRule.ANY_PURPOSE:
        return Fit.SURPLUS
    is_same = not earmark.purpose or wanted.purpose == earmark.purpose
    return Fit.SURPLUS if is_same else Fit.OUTSIDE
