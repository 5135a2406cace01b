"""Goods for tests. A factory opens the county it writes to; the test itself opens what it reads."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.distribution.choices import CountState, MovementKind
from hamafza.distribution.commands.counts import start_count
from hamafza.distribution.commands.stock import ask_write_off, pack_kits
from hamafza.distribution.models import (
    KitLine,
    KitVersion,
    Lot,
    LotBalance,
    Movement,
    Round,
    StockCount,
    Warehouse,
)
from hamafza.giving.choices import AllocationState, Channel, DisbursementState, DonationState, GiftKind, PayMethod
from hamafza.giving.commands.allocations import spend
from hamafza.giving.models import Allocation, Disbursement, Donation, DonationLine, Item
from hamafza.ledger import postings
from hamafza.ledger.choices import EntryKind, Movement as Step, Restriction
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.models import Fund, Threshold
from hamafza.ledger.postings import committed, money_in
from hamafza.needs.choices import Domain
from hamafza.places.tests.factories import COUNTY, make_county

_numbers = count(1)


def a_store(name: str = "", *, county: str = COUNTY, **fields: Any) -> Warehouse:
    """A store of the office."""
    make_county(county)
    with counties([county]):
        return Warehouse.objects.create(county_id=county, name=name or f"انبار {next(_numbers)}", **fields)


def an_item(name: str = "", *, county: str = COUNTY, unit: str = "کیسه", **fields: Any) -> Item:
    """A kind of goods, worth 1,000 rials a unit."""
    make_county(county)
    with counties([county]):
        return Item.objects.create(
            county_id=county,
            **{"name": name or f"قلم {next(_numbers)}", "unit": unit, "unit_value_rial": 1000, **fields},
        )


def a_fund(*, county: str = COUNTY, purpose: str = Domain.LIVELIHOOD, **fields: Any) -> Fund:
    """An open fund; the day until which it is to be used keeps it apart from others of the same purpose."""
    make_county(county)
    with counties([county]):
        return Fund.objects.create(
            county_id=county,
            **{
                "name": "معیشت",
                "restriction": Restriction.PURPOSE,
                "purpose": purpose,
                "use_by": date(2040, 1, 1) + timedelta(days=next(_numbers)),
                **fields,
            },
        )


def a_goods_line(
    item: Item | None = None, *, quantity: int = 10, fund: Fund | None = None, county: str = COUNTY, **fields: Any
) -> DonationLine:
    """A confirmed gift of goods, with its fund."""
    item = item or an_item(county=county)
    fund = fund or a_fund(county=county)
    number = next(_numbers)
    with counties([county]):
        donation = Donation.objects.create(
            county_id=county,
            number=number,
            jalali_year=1399,  # apart from the numbers that real gifts are given
            channel=Channel.IN_KIND,
            trace_code=f"T{number}{county}",
            **{"state": DonationState.CONFIRMED, **fields},
        )
        return DonationLine.objects.create(
            county_id=county,
            donation=donation,
            kind=GiftKind.GOODS,
            amount=quantity * item.unit_value_rial,
            item=item,
            quantity=quantity,
            fund=fund,
        )


def a_lot(
    item: Item | None = None,
    *,
    quantity: int = 10,
    store: Warehouse | None = None,
    line: DonationLine | None = None,
    expires_on: date | None = None,
    worth: int = 1000,
    county: str = COUNTY,
) -> Lot:
    """A lot of a gift, lying in a store (a new one unless given). ``quantity=0``: nothing lies there yet."""
    line = line or a_goods_line(item, quantity=max(quantity, 1), county=county)
    with counties([county]):
        lot = Lot.objects.create(
            county_id=county,
            code=f"L{next(_numbers):09}",
            item_id=line.item_id,
            fund_id=line.fund_id,
            donation_line=line,
            expires_on=expires_on,
            unit_value_rial=worth,
        )
    if quantity:
        a_movement(lot, store or a_store(county=county), MovementKind.IN, quantity)
    return lot


def a_movement(
    lot: Lot, store: Warehouse, kind: MovementKind, quantity: int = 0, reserved: int = 0, **fields: Any
) -> Movement:
    """A movement, written straight into the table."""
    with counties([lot.county_id]):
        return Movement.objects.create(
            county_id=lot.county_id,
            lot=lot,
            warehouse=store,
            kind=kind,
            quantity=quantity,
            reserved=reserved,
            **{"on": clock.today(), "source_type": "test", "source_id": uuid7(), **fields},
        )


def a_kit(parts: dict[Item, int], *, county: str = COUNTY, name: str = "") -> KitVersion:
    """The first version of a kit."""
    kit = an_item(name or f"بسته {next(_numbers)}", county=county, unit="بسته", is_kit=True)
    with counties([county]):
        version = KitVersion.objects.create(county_id=county, kit=kit, number=1)
        KitLine.objects.bulk_create(
            KitLine(county_id=county, version=version, item=item, quantity=quantity) for item, quantity in parts.items()
        )
    return version


def balance_of(lot: Lot, store: Warehouse) -> tuple[int, int]:
    """On hand and reserved."""
    with counties([lot.county_id]):
        found = LotBalance.objects.filter(lot=lot, warehouse=store).values_list("on_hand", "reserved").first()
    return found or (0, 0)


def an_allocation(amount: int, *, county: str = COUNTY, fund: Fund | None = None, **fields: Any) -> Allocation:
    """Money decided on for a purchase, with the gift it comes from and the decision in the books."""
    fund = fund or a_fund(county=county)
    with counties([county]):
        allocation = Allocation.objects.create(
            county_id=county,
            fund=fund,
            amount=amount,
            **{"what": "خرید", "state": AllocationState.APPROVED, "approved_at": clock.now(), **fields},
        )
        for kind, lines in (
            (EntryKind.RECEIPT, money_in(fund.pk, amount)),
            (EntryKind.ALLOCATION, committed(fund.pk, amount)),
        ):
            post_entry(
                county,
                kind=kind,
                on=clock.today(),
                lines=lines,
                source=("allocation", allocation.pk),
                by=system_actor("test"),
            )
    return allocation


def a_purchase(amount: int, *, county: str = COUNTY, fund: Fund | None = None, **fields: Any) -> Disbursement:
    """A seller has been paid ``amount`` for goods of the office's own, out of an allocation of as much."""
    what = fields.pop("what", "خرید")
    allocation = an_allocation(amount, county=county, fund=fund, what=what)
    paid = {"state": DisbursementState.PAID, "paid_at": clock.now(), "method": PayMethod.SELLER, **fields}
    with counties([county]):
        payment = Disbursement.objects.create(
            county_id=county, allocation=allocation, amount=amount, payee="فروشگاه", **paid
        )
        if payment.state == DisbursementState.PAID:
            spend(allocation, amount)
            post_entry(
                county,
                kind=EntryKind.DISBURSEMENT,
                on=clock.today(),
                lines=postings.paid(allocation.fund_id, amount),
                source=("disbursement", payment.pk),
                by=system_actor("test"),
            )
    return payment


def a_round(item: Item, *, planned: int = 3, per_household: int = 1, county: str = COUNTY, **fields: Any) -> Round:
    """A round without a list, with a store of its own."""
    store = fields.pop("warehouse", None) or a_store(county=county)
    with counties([county]):
        return Round.objects.create(
            county_id=county,
            number=next(_numbers),
            jalali_year=1380,
            title="نوبت",
            item=item,
            planned=planned,
            per_household=per_household,
            period="1405-08",
            warehouse=store,
            **fields,
        )


def a_closed_count(store: Warehouse, **fields: Any) -> StockCount:
    """A count that is closed today."""
    with counties([store.county_id]):
        return StockCount.objects.create(
            county_id=store.county_id, warehouse=store, **{"state": CountState.FINALIZED, **fields}
        )


def small_losses(rial: int = 10**9, *, county: str = COUNTY) -> None:
    """Up to so much one person may write off alone."""
    make_county(county)
    Threshold.objects.create(place_id=county, movement=Step.STOCK, rial=rial, valid_from=clock.today())


def stock_of_each(*, county: str = COUNTY, word: str = "") -> dict[str, Any]:
    """For walks over every page: a lot, a kit with a lot packed of it, a gift and a purchase that are waited for, a count.

    ``word`` stands in every name.
    """
    store, today = a_store(f"{word} انبار مرکزی".strip(), county=county), clock.today()
    rice, oil = (an_item(f"{word} {name}".strip(), county=county) for name in ("برنج ایرانی", "روغن مایع"))
    fund, kit = a_fund(county=county), a_kit({rice: 2, oil: 1}, county=county, name=f"{word} بسته غذایی".strip())
    lots = [
        a_lot(
            quantity=quantity,
            store=store,
            line=a_goods_line(item, quantity=quantity, fund=fund, county=county),
            expires_on=today + timedelta(days=days),
            county=county,
        )
        for item, quantity, days in ((rice, 60, 200), (oil, 40, 12))
    ]
    with counties([county]):
        (packed,) = pack_kits(county, kit_version=kit, count=10, warehouse=store, by=system_actor("test"), key=uuid7())
        loss = ask_write_off(
            lots[0], store, quantity=1, reason="پاره شده بود", by=make_actor(Role.STOREKEEPER, county), key=uuid7()
        )
        count = start_count(store, by=system_actor("test"))
    return {
        "lot": lots[0],
        "packed_lot": packed,
        "goods_line": a_goods_line(rice, quantity=25, fund=fund, county=county),
        "purchase": a_purchase(50_000_000, county=county, fund=fund, what=f"{word} خرید برنج".strip()),
        "store": store,
        "kit": kit.kit,
        "count": count,
        "loss": loss,
    }
