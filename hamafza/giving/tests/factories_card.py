"""Need cards for tests: published beside enough needs like theirs. A factory opens the county it writes to."""

from __future__ import annotations

from datetime import date
from typing import Any

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.choices import GivingMode
from hamafza.giving.commands.cards import CardText, publish_card, review_card, write_card
from hamafza.giving.commands.reservations import reserve_card
from hamafza.giving.models import Benefactor, NeedCard, Reservation
from hamafza.giving.tests.factories_donation import a_giver
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY
from hamafza.registry.tests.factories import a_county, a_head

TEXT = CardText(title="یخچال برای یک خانواده", story="این خانواده غذای تازه را نمی‌تواند نگه دارد.")
ITEM = "یخچال"


def alike_needs(count: int = 6, *, county: Place | None = None, required: int = 1, **fields: Any) -> list[Need]:
    """Open needs of different families that show the same on a card."""
    home = county or a_county(COUNTY)
    said = {"domain": Domain.HOUSEHOLD_GOODS, "item": ITEM, "unit": "دستگاه", "estimated_rial": 180_000_000, **fields}
    return [
        a_need(a_head(county=home, born_on=date(1980, 1, 1)).household, required=required, **said)
        for _number in range(count)
    ]


def a_draft(need: Need | None = None, *, by: Actor | None = None, **text: Any) -> NeedCard:
    """A card that nobody has read yet."""
    need = need or alike_needs()[0]
    with counties([need.county_id]):
        worker = by or make_actor(Role.SOCIAL_WORKER, need.county_id)
        return write_card(need, text=CardText(**{"title": TEXT.title, "story": TEXT.story, **text}), by=worker)


def a_card(need: Need | None = None, **text: Any) -> NeedCard:
    """A published card."""
    draft = a_draft(need, **text)
    with counties([draft.county_id]):
        head = make_actor(Role.COUNTY_HEAD, draft.county_id)
        return publish_card(review_card(draft, by=head), by=head)


def a_hold(
    card: NeedCard | None = None,
    *,
    benefactor: Benefactor | None = None,
    units: int | None = 1,
    mode: GivingMode = GivingMode.DELIVERED,
) -> Reservation:
    """A reservation that nobody has accepted yet."""
    card = card or a_card()
    with counties([card.county_id]):
        return reserve_card(
            card,
            benefactor=benefactor or a_giver(county=card.county_id),
            units=units,
            mode=mode,
            by=make_actor(Role.GIVING_OFFICER, card.county_id),
            key=uuid7(),
        )
