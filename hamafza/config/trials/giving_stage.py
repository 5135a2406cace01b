"""What stands before the first act of a trial of giving: two counties, everybody's hands, goods, families, cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.models import Duty, User
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.rules import is_place_of_role
from hamafza.core.scope import counties
from hamafza.core.session import acting_as
from hamafza.distribution.commands.kits import add_kit_version
from hamafza.distribution.commands.warehouses import StoreDetails, keep_warehouse
from hamafza.distribution.models import KitVersion, Warehouse
from hamafza.giving.commands.cards import CardText, publish_card, review_card, write_card
from hamafza.giving.models import Benefactor, Item, NeedCard
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.models import Need
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place
from hamafza.registry.choices import Relation
from hamafza.registry.models import Household, Person

#: Two counties of one province, and one of another, with which nothing may be exchanged.
COUNTIES, FAR = ("2313", "2306"), "1002"
FAMILIES = 8
#: Units that each need asks for.
REQUIRED = 2
PACKAGE = "بسته معیشتی"
SINCE = date(2020, 3, 20)


@dataclass(frozen=True, slots=True)
class Office:
    """A county: one pair of hands for each duty, and ``jack``, who holds them all and so is refused second steps."""

    county: str
    hands: dict[str, Actor]
    givers: Sequence[Benefactor]
    items: Sequence[Item]
    kit: KitVersion
    stores: Sequence[Warehouse]
    livelihood: Sequence[Need]
    goods: Sequence[Need]
    cards: Sequence[NeedCard]


@dataclass(frozen=True, slots=True)
class Stage:
    """Both offices, the director of their province, and the file that says what day it is."""

    offices: Sequence[Office]
    province: Place
    director: Actor
    day: Path

    @property
    def counties(self) -> list[str]:
        return [office.county for office in self.offices]


def set_stage(day: Path) -> Stage:
    """Places must stand; ``day`` is the file of the test clock and gets today's date."""
    day.write_text(timezone.localdate().isoformat(), encoding="ascii")
    with transaction.atomic(), acting_as("system:trial"):
        province = Place.objects.get(code=COUNTIES[0][:2])
        director = _actor("director", {province.code: [Role.PROVINCE_DIRECTOR]})
        return Stage([_office(county) for county in COUNTIES], province, director, day)


def _office(county: str) -> Office:
    with counties([county]):
        hands = {
            str(role): _actor(f"{role}-{county}", {county: [role]})
            for role in Role
            if is_place_of_role(role, PlaceKind.COUNTY)
        }
        everything = [Role(role) for role in hands if role not in (Role.AUDITOR, Role.GOVERNOR_OFFICE)]
        hands["jack"] = _actor(f"jack-{county}", {county: everything})
        # Each step of a payment and of a count wants another person of the same duty.
        hands["second_head"] = _actor(f"head-{county}-2", {county: [Role.COUNTY_HEAD]})
        items = [
            Item.objects.create(county_id=county, name=name, unit="کیسه", unit_value_rial=value)
            for name, value in (("برنج", 1_000), ("روغن", 333))
        ]
        kit = Item.objects.create(
            county_id=county, name=PACKAGE, unit="بسته", unit_value_rial=2_333, is_kit=True, domain=Domain.LIVELIHOOD
        )
        keeper = hands[Role.STOREKEEPER]
        version = add_kit_version(kit, recipe={items[0]: 2, items[1]: 1}, by=keeper)
        homes = [_home(county, number) for number in range(FAMILIES)]
        goods = [_need(home, Domain.HOUSEHOLD_GOODS, "یخچال") for home in homes]
        return Office(
            county=county,
            hands=hands,
            givers=[Benefactor.objects.create(county_id=county, name=f"خیر {number}") for number in range(2)],
            items=[*items, kit],
            kit=version,
            stores=[
                keep_warehouse(county, details=StoreDetails(name=f"انبار {number}"), by=keeper) for number in range(2)
            ],
            livelihood=[_need(home, Domain.LIVELIHOOD, PACKAGE) for home in homes],
            goods=goods,
            cards=[_card(need, hands) for need in goods[:2]],
        )


def _actor(name: str, duties: dict[str, list[Role]]) -> Actor:
    user = User(username=f"trial-{name}", full_name=name)
    user.set_unusable_password()
    user.save()
    for place, roles in duties.items():
        for role in roles:
            Duty.objects.create(user=user, role=role, place_id=place, valid_from=SINCE)
    return actor_for(user)


def _home(county: str, number: int) -> Household:
    home = Household.objects.create(county_id=county, file_number=f"M-{number}")
    home.head = Person.objects.create(
        county_id=county, household=home, relation=Relation.HEAD, first_name="زهرا", last_name="نیازی",
        born_on=date(1980, 1, 1),
    )  # fmt: skip
    home.save()
    return home


def _need(home: Household, domain: Domain, item: str) -> Need:
    return Need.objects.create(
        county_id=home.county_id, household=home, domain=domain, item=item, required=REQUIRED, unit="عدد",
        state=NeedState.OPEN, estimated_rial=100_000_000,
    )  # fmt: skip


def _card(need: Need, hands: dict[str, Actor]) -> NeedCard:
    text = CardText(title="یخچال برای یک خانواده", story="این خانواده غذای تازه را نمی‌تواند نگه دارد.")
    text = CardText(title=text.title, story=text.story, expires_on=timezone.localdate() + timedelta(days=360))
    card = write_card(need, text=text, by=hands[Role.SOCIAL_WORKER])
    return publish_card(review_card(card, by=hands[Role.COUNTY_HEAD]), by=hands[Role.COUNTY_HEAD])
