"""What a fund may be spent on, or moved to (F5): its purpose, target group, need and day; else by the rule for what is
left over. One rule for every door out of a fund. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from hamafza.ledger.choices import Restriction, SurplusRule
from hamafza.ledger.models import Fund
from hamafza.needs.choices import STANDING_STATES


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


def earmark_of(fund: Fund) -> Earmark:
    """What binds a fund."""
    need = fund.need
    return Earmark(
        restriction=fund.restriction,
        purpose=fund.purpose or (need.domain if need else ""),
        target_group=fund.target_group,
        need=fund.need_id,
        need_is_open=need is not None and need.state in STANDING_STATES and need.required > need.delivered,
        use_by=fund.use_by,
        surplus_rule=fund.surplus_rule,
    )


def fit_of(earmark: Earmark, wanted: Wanted, *, on: date) -> Fit:
    """Whether the fund may pay for it on a day, and by which way."""
    if earmark.restriction == Restriction.SUSPENSE:
        return Fit.SUSPENSE
    if _is_in_time(earmark, on) and _is_within(earmark, wanted):
        return Fit.WITHIN
    if earmark.need is not None and earmark.need_is_open and _is_in_time(earmark, on):
        return Fit.OUTSIDE  # somebody still waits for it: nothing is left over
    return _by_the_rule(earmark, wanted)


#: Giver or rule must be asked by hand: such money is paid back or decided on, never moved.
_ONLY_BY_ITS_GIVER = frozenset({SurplusRule.ASK, SurplusRule.RETURN})


def may_move(source: Earmark, target: Earmark, *, on: date) -> bool:
    """Whether what lies in one fund of a county may be moved to another: into bounds as narrow, never into looser ones.

    Money nobody has identified leaves suspense with its gift alone, and the state's share and the gifts of the people
    are never mixed.
    """
    kinds = {source.restriction, target.restriction}
    if Restriction.SUSPENSE in kinds or (Restriction.GOVERNMENT in kinds and len(kinds) > 1):
        return False
    if source.surplus_rule in _ONLY_BY_ITS_GIVER:
        return False
    wanted = Wanted(target.purpose, target.need, frozenset({target.target_group} - {""}))
    if fit_of(source, wanted, on=on) not in {Fit.WITHIN, Fit.SURPLUS}:
        return False
    return _keeps_bounds(source, target, on=on)


def _keeps_bounds(source: Earmark, target: Earmark, *, on: date) -> bool:
    """The same target group, a last day that is no later, and no looser rule for what is left over."""
    if source.target_group and target.target_group != source.target_group:
        return False
    if source.use_by is not None and on <= source.use_by and (target.use_by is None or target.use_by > source.use_by):
        return False
    is_bound = bool(source.purpose) and source.surplus_rule == SurplusRule.SAME_PURPOSE
    return not (is_bound and target.surplus_rule == SurplusRule.ANY_PURPOSE)


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
