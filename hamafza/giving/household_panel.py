"""What giving can do for a household, on its page: money for an open need, a card for the public, what is under way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of
from hamafza.giving.queries.household import allocations_for, cards_for, open_needs_of
from hamafza.giving.views.spending_rows import allocation_row, card_row, domain_label
from hamafza.needs.models import Need
from hamafza.registry.models import Household


def spending_panel(request: HttpRequest, household: Household) -> Mapping[str, Any]:
    """Open needs with what may be begun for each; cards and allocations that stand. Three queries."""
    actor, county = actor_of(request), household.county_id
    may_propose = actor.may(Permission.REQUEST_SPENDING, county)
    may_write = actor.may(Permission.WRITE_CARDS, county)
    sees_cards = may_write or actor.may(Permission.REVIEW_CARDS, county)
    sees_money = may_propose or actor.may(Permission.APPROVE_SPENDING, county)
    cards = list(cards_for(household)) if sees_cards else []
    carded = {card.need_id for card in cards}
    return {
        "needs": [_need(need, may_propose, may_write and need.pk not in carded) for need in open_needs_of(household)],
        "cards": [card_row(card) for card in cards],
        "allocations": [allocation_row(one) for one in allocations_for(household)] if sees_money else [],
    }


def _need(need: Need, may_propose: bool, may_write: bool) -> dict[str, str]:  # noqa: FBT001 - a row of the panel
    return {
        "what": need.item or domain_label(need.domain),
        "propose_url": f"{reverse('giving:allocation-create')}?county={need.county_id}&need={need.pk}"
        if may_propose
        else "",
        "card_url": reverse("giving:card-create", args=[need.pk]) if may_write else "",
    }
