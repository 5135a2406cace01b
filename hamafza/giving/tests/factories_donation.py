"""Gifts for tests: received by the giving officer, confirmed by the accountant, in the books of the county."""

from __future__ import annotations

from typing import Any

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.choices import Attribution, Channel, GiftKind
from hamafza.giving.commands.donations import confirm_donation, receive_donation
from hamafza.giving.gift import Gift, GiftLine, Wish
from hamafza.giving.models import Benefactor, Donation, Item
from hamafza.places.tests.factories import COUNTY

MILLION = 1_000_000


def a_giver(name: str = "مریم کاظمی‌نژاد", *, county: str = COUNTY, **fields: Any) -> Benefactor:
    """A benefactor, straight into the table."""
    with counties([county]):
        giver = Benefactor(county_id=county, name=name, **{"attribution": Attribution.NAME, **fields})
        giver.save()
    return giver


def money(amount: int = MILLION, **fields: Any) -> GiftLine:
    return GiftLine(kind=GiftKind.MONEY, amount=amount, **fields)


def goods(item: Item, quantity: int = 1, **fields: Any) -> GiftLine:
    return GiftLine(kind=GiftKind.GOODS, item=item, quantity=quantity, **fields)


def a_gift(
    *lines: GiftLine, channel: Channel = Channel.CASH, wish: dict[str, Any] | None = None, **fields: Any
) -> Gift:
    """A million rials in cash for whatever the county needs, unless told otherwise."""
    return Gift(channel=channel, lines=lines or (money(),), wish=Wish(**(wish or {})), **fields)


def a_donation(
    *lines: GiftLine, county: str = COUNTY, by: Actor | None = None, wish: dict[str, Any] | None = None, **fields: Any
) -> Donation:
    """A gift that waits for confirmation."""
    officer = by or make_actor(Role.GIVING_OFFICER, county)
    with counties([county]):
        return receive_donation(county, gift=a_gift(*lines, wish=wish, **fields), by=officer, key=uuid7())


def a_confirmed(*lines: GiftLine, county: str = COUNTY, **fields: Any) -> Donation:
    """A gift in the books, with its receipt."""
    donation = a_donation(*lines, county=county, **fields)
    with counties([county]):
        return confirm_donation(donation, by=make_actor(Role.ACCOUNTANT, county))
