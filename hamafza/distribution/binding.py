"""What binds goods besides their county: the fund of a lot may be for another purpose, group or need than a round's (F5). Pure."""

from __future__ import annotations

from hamafza.distribution.models import Round
from hamafza.ledger.choices import Restriction
from hamafza.ledger.models import Fund

#: Goods in these are nobody's yet, or one household's alone.
_NOT_FOR_ROUNDS = frozenset({Restriction.NEED, Restriction.SUSPENSE})


def may_serve(fund: Fund, going: Round) -> bool:
    """Whether goods of a fund may go to the households of a round: nothing binds them elsewhere."""
    filters = going.rule.get("filters", {})
    purposes = {"", filters.get("domain") or going.item.domain}
    groups = {"", filters.get("group") or ""}
    return fund.restriction not in _NOT_FOR_ROUNDS and fund.purpose in purposes and fund.target_group in groups
