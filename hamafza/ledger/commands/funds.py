"""Open funds: gifts that are bound alike lie in one fund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core.errors import Refusal
from hamafza.ledger.choices import FundState, Restriction, SurplusRule
from hamafza.ledger.models import Fund
from hamafza.ledger.queries.books import lock_books
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.registry.choices import TargetGroup


@dataclass(frozen=True, slots=True)
class Bounds:
    """What binds a fund besides its county."""

    restriction: Restriction
    purpose: str = ""
    target_group: str = ""
    need: Need | None = None
    use_by: date | None = None
    surplus_rule: SurplusRule = SurplusRule.SAME_PURPOSE


@transaction.atomic
def fund_for(county: str, bounds: Bounds, *, by: Actor) -> Fund:
    """The open fund with these bounds; opened when it is first needed."""
    if bounds.need is not None and bounds.need.county_id != county:
        raise Refusal(
            _("This need is in another county. A gift stays in the county it is given to."), code="ring_fence"
        )
    lock_books(county)
    wanted = _wanted(county, bounds)
    found = Fund.objects.filter(**wanted, state=FundState.OPEN).first()
    return found or Fund.objects.create(**wanted, name=_name(bounds), created_by_id=by.user_id)


def is_closed(county: str, bounds: Bounds) -> bool:
    """Whether there was a fund with these bounds and it is closed, with no other in its place."""
    states = set(Fund.objects.filter(**_wanted(county, bounds)).values_list("state", flat=True))
    return states == {FundState.CLOSED}


def lock_fund(fund: Fund) -> Fund:
    """The fund, locked until the transaction ends: what is free does not change meanwhile (F4)."""
    return Fund.objects.select_for_update().get(pk=fund.pk)


def _wanted(county: str, bounds: Bounds) -> dict[str, Any]:
    return {
        "county_id": county,
        "restriction": bounds.restriction,
        "purpose": bounds.purpose,
        "target_group": bounds.target_group,
        "need": bounds.need,
        "use_by": bounds.use_by,
        "surplus_rule": bounds.surplus_rule,
    }


def _name(bounds: Bounds) -> str:
    parts = [str(Restriction(bounds.restriction).label)]
    if bounds.purpose:
        parts = [str(Domain(bounds.purpose).label)]
        if bounds.restriction == Restriction.GOVERNMENT:
            parts.append(_("the government's share"))
    if bounds.target_group:
        parts.append(str(TargetGroup(bounds.target_group).label))
    return "، ".join(parts)[:160]
