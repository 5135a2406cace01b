"""Pledges for tests, with gifts for their instalments. A factory opens the county it writes to."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from hamafza.accounts.queries.actors import system_actor
from hamafza.core.scope import counties
from hamafza.giving.choices import Channel, DonationState, Frequency, GiftKind
from hamafza.giving.commands.pledges import make_pledge
from hamafza.giving.models import Benefactor, Donation, DonationLine, Instalment, Item, Pledge
from hamafza.giving.promise import Promise
from hamafza.giving.schedule import Schedule
from hamafza.ledger.choices import Restriction
from hamafza.ledger.commands.funds import Bounds, fund_for
from hamafza.places.tests.factories import COUNTY, make_places

BY = system_actor("tests")
THURSDAY = 3
_numbers = count(1)


def a_giver(county: str = COUNTY, **fields: Any) -> Benefactor:
    """A benefactor of a county."""
    make_places()
    with counties([county]):
        return Benefactor.objects.create(county_id=county, **{"name": f"خیر {next(_numbers)}", **fields})


def packages(county: str = COUNTY) -> Item:
    """Food packages, once a county."""
    with counties([county]):
        return Item.objects.get_or_create(
            county_id=county, name="بسته معیشتی", defaults={"unit": "بسته", "name_key": "بستهمعیشتی"}
        )[0]


def weekly(starts_on: date, **fields: Any) -> Schedule:
    """Every Thursday."""
    return Schedule(Frequency.WEEK, starts_on, **{"weekdays": (THURSDAY,), **fields})


def a_pledge(
    giver: Benefactor | None = None, *, schedule: Schedule, quantity: int = 41, kind: str = GiftKind.GOODS, **said: Any
) -> Pledge:
    """41 food packages, or money, by a schedule."""
    giver = giver or a_giver()
    item = packages(giver.county_id).pk if kind == GiftKind.GOODS else None
    service = "آموزش خیاطی" if kind == GiftKind.SERVICE else ""
    with counties([giver.county_id]):
        promise = Promise(kind, quantity, **{"item": item, "service": service, **said})
        return make_pledge(giver, promise=promise, schedule=schedule, by=BY)


def a_gift_for(
    instalment: Instalment, quantity: int, *, state: str = DonationState.CONFIRMED, kind: str = ""
) -> DonationLine:
    """A gift for an instalment, written straight into the tables."""
    county, number = instalment.county_id, next(_numbers)
    with counties([county]):
        pledge = instalment.pledge
        fund = fund_for(county, Bounds(Restriction.UNRESTRICTED), by=BY)
        donation = Donation.objects.create(
            county_id=county, number=number, jalali_year=1400, benefactor=pledge.benefactor, channel=Channel.CASH,
            state=state, trace_code=f"T{number:08}",
        )  # fmt: skip
        is_money = (kind or pledge.kind) == GiftKind.MONEY
        return DonationLine.objects.create(
            county_id=county, donation=donation, kind=kind or pledge.kind, fund=fund, instalment=instalment,
            amount=quantity if is_money else 0, quantity=None if is_money else quantity,
            item=pledge.item if (kind or pledge.kind) == GiftKind.GOODS else None,
        )  # fmt: skip
