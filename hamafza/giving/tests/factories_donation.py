"""Gifts for tests: received by the giving officer, confirmed by the accountant, in the books of the county."""

from __future__ import annotations

from typing import Any

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.choices import Attribution, Channel, GiftKind
from hamafza.giving.commands.appropriations import Share, record_appropriation
from hamafza.giving.commands.donations import confirm_donation, receive_donation, write_donation
from hamafza.giving.commands.refunds import request_refund
from hamafza.giving.gift import Gift, GiftLine, Wish
from hamafza.giving.models import BankLine, BankStatement, Benefactor, Donation, Item, Payment
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


def an_online_gift(*, county: str = COUNTY) -> Donation:
    """A gift that was paid at the gateway, which has not paid it out yet."""
    donation = a_donation(county=county, channel=Channel.GATEWAY)
    with counties([county]):
        Payment.objects.create(
            county_id=county, donation=donation, gateway="test", token=str(uuid7()), amount=MILLION, state="captured"
        )
        return confirm_donation(donation, by=make_actor(Role.ACCOUNTANT, county))


def one_of_each(giver: Benefactor, *, word: str = "") -> dict[str, Any]:
    """For walks over every page: a gift in the books with receipt and refund, one that waits, a bank line, a payment."""
    county, system = giver.county_id, system_actor("seed")
    with counties([county]):
        wish = {"purpose": "livelihood", "intention": "vow", "own_words": f"{word} برای خانواده‌ها"}
        waiting = write_donation(county, gift=a_gift(benefactor=giver, reference="7701", wish=wish), by=system)
        booked = write_donation(county, gift=a_gift(money(5 * MILLION), benefactor=giver, wish=wish), by=system)
        confirm_donation(booked, by=system)
        refund = request_refund(
            booked.lines.get(), amount=MILLION, reason=f"{word} درخواست خیر", by=system, key=uuid7()
        )
        share = Share(number=f"140-{county}", amount=900 * MILLION, source_name=f"{word} ردیف ۱۳۱")
        statement = BankStatement.objects.create(county_id=county, account="IR12", file_hash="0", file_name="گردش.xlsx")
        line = BankLine(
            county_id=county, statement=statement, account="IR12", on=clock.today(), amount=MILLION,
            reference="7701", payer=f"انتقال {word}", mark=f"mark {county}",
        )  # fmt: skip
        line.save()
        online = write_donation(county, gift=a_gift(channel=Channel.GATEWAY, benefactor=giver), by=system)
        payment = Payment.objects.create(
            county_id=county, donation=online, gateway="test", token=f"token-{county}", amount=MILLION
        )
        return {
            "donation": booked,
            "waiting_donation": waiting,
            "receipt": booked.receipts.get(),
            "refund": refund,
            "bank_line": line,
            "payment": payment,
            "share": record_appropriation(county, share=share, by=system, key=uuid7()),
        }
