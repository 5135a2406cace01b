"""What binds goods besides their county: the fund of a lot may be for another purpose, group, need or time than a round's (F5).

Decided by the same rule as money (`ledger.earmarks`). Pure.
"""

from __future__ import annotations

from datetime import date

from hamafza.distribution.models import Round
from hamafza.ledger.earmarks import Earmark, Fit, Wanted, fit_of


def may_serve(earmark: Earmark, going: Round, *, on: date) -> bool:
    """Whether goods of a fund may go to the households of a round that begins on a day, or later: nothing binds them elsewhere."""
    filters = going.rule.get("filters", {})
    groups = frozenset({filters["group"]}) if filters.get("group") else frozenset()
    wanted = Wanted(filters.get("domain") or going.item.domain, groups=groups)
    return fit_of(earmark, wanted, on=max(on, going.starts_on)) == Fit.WITHIN
