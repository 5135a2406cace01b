"""Gifts and their ways for tests, written straight into the tables of an open county."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from hamafza.distribution.choices import EntryState, MovementKind, Proof, RoundState
from hamafza.distribution.models import (
    Delivery,
    KitVersion,
    Lot,
    LotSource,
    Movement,
    Round,
    RoundEntry,
    RoundLot,
    Warehouse,
)
from hamafza.giving.choices import AllocationState, Channel, DonationState, GiftKind
from hamafza.giving.models import Allocation, Benefactor, Donation, DonationLine, GiftUse, Item
from hamafza.ledger.choices import Restriction
from hamafza.ledger.models import Fund
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.models import Need
from hamafza.registry.models import Household

COUNTY = "2313"
FIRST_DAY = date(2026, 10, 29)
_numbers = count(1)


def a_fund(purpose: str = Domain.LIVELIHOOD, *, county: str = COUNTY, **fields: Any) -> Fund:
    values = {"restriction": Restriction.PURPOSE, "name": "معیشت", **fields}
    found = Fund.objects.filter(county_id=county, purpose=purpose, **values).first()
    return found or Fund.objects.create(county_id=county, purpose=purpose, **values)


def an_item(name: str = "بسته غذایی", *, county: str = COUNTY, **fields: Any) -> Item:
    found = Item.objects.filter(county_id=county, name=name).first()
    return found or Item.objects.create(county_id=county, name=name, unit="بسته", **fields)


def a_gift(
    *, rial: int = 0, item: Item | None = None, quantity: int | None = None, county: str = COUNTY, **fields: Any
) -> Donation:
    """A confirmed gift of one line: of money, or of goods when an item is named."""
    number = next(_numbers)
    donation = Donation.objects.create(
        county_id=county,
        jalali_year=1405,
        **{
            "number": number,
            "trace_code": f"TRACE{number:07}",
            "received_on": FIRST_DAY,
            "channel": Channel.IN_KIND if item else Channel.CASH,
            "state": DonationState.CONFIRMED,
            "purpose": Domain.LIVELIHOOD,
            **fields,
        },
    )
    DonationLine.objects.create(
        county_id=county,
        donation=donation,
        kind=GiftKind.GOODS if item else GiftKind.MONEY,
        amount=rial or 1_000_000,
        item=item,
        quantity=quantity,
        fund=a_fund(county=county),
    )
    return donation


def a_benefactor(name: str = "حسن نیکوکار", *, county: str = COUNTY, **fields: Any) -> Benefactor:
    return Benefactor.objects.create(county_id=county, name=name, **fields)


def a_warehouse(*, county: str = COUNTY) -> Warehouse:
    return Warehouse.objects.get_or_create(county_id=county, name="انبار مرکزی")[0]


def a_lot(item: Item, size: int, *, on: date = FIRST_DAY, kind: MovementKind = MovementKind.IN, **origin: Any) -> Lot:
    """Goods in the store; ``origin`` is a donation line, a purchase or a kit version."""
    number = next(_numbers)
    lot = Lot.objects.create(
        county_id=item.county_id, code=f"L{number:06}", item=item, fund=a_fund(county=item.county_id), **origin
    )
    Movement.objects.create(
        county_id=item.county_id,
        lot=lot,
        warehouse=a_warehouse(county=item.county_id),
        kind=kind,
        quantity=size,
        on=on,
        source_type="test",
        source_id=lot.pk,
    )
    return lot


def kits_of(kit: Item, size: int, sources: dict[Lot, int], *, on: date = FIRST_DAY) -> Lot:
    """Kits packed of so many units of each source lot."""
    version = KitVersion.objects.get_or_create(county_id=kit.county_id, kit=kit, number=1)[0]
    lot = a_lot(kit, size, on=on, kind=MovementKind.ASSEMBLE_IN, kit_version=version)
    for source, quantity in sources.items():
        LotSource.objects.create(county_id=kit.county_id, kit_lot=lot, source_lot=source, quantity=quantity)
    return lot


def an_allocation(amount: int, uses: dict[Donation, int], *, need: Need | None = None, **fields: Any) -> Allocation:
    """An approved allocation with what each gift gave to it."""
    fund = a_fund()
    made = Allocation.objects.create(
        county_id=fund.county_id,
        fund=fund,
        need=need,
        what="خرید بسته",
        amount=amount,
        **{"state": AllocationState.APPROVED, "approved_at": timezone.now(), **fields},
    )
    for donation, rial in uses.items():
        GiftUse.objects.create(county_id=fund.county_id, line=donation.lines.get(), allocation=made, amount=rial)
    return made


def families(size: int, *, county: str = COUNTY) -> list[Need]:
    """Livelihood needs of so many households without persons."""
    homes = [Household(county_id=county, file_number=f"TR-{next(_numbers)}") for _ in range(size)]
    Household.objects.bulk_create(homes)
    needs = [
        Need(county_id=county, household=home, domain=Domain.LIVELIHOOD, since=FIRST_DAY, state=NeedState.OPEN)
        for home in homes
    ]
    return Need.objects.bulk_create(needs)


def a_round(
    lots: dict[Lot, int],
    needs: list[Need],
    *,
    per_household: int = 1,
    on: date = FIRST_DAY + timedelta(days=20),
    state: RoundState = RoundState.RECONCILED,
    delivered: int | None = None,
) -> Round:
    """A round over these lots; the first ``delivered`` families (all, unless said) have received theirs, in order."""
    number = next(_numbers)
    item = next(iter(lots)).item
    made = Round.objects.create(
        county_id=item.county_id,
        number=number,
        jalali_year=1405,
        title="بسته‌های آبان",
        item=item,
        planned=len(needs),
        period=f"1405-{number}",
        warehouse=a_warehouse(county=item.county_id),
        starts_on=on,
        per_household=per_household,
    )
    for lot, quantity in lots.items():
        RoundLot.objects.create(county_id=item.county_id, round=made, lot=lot, quantity=quantity)
    entries = _entries(made, needs, len(needs) if delivered is None else delivered)
    made.state = state  # the list is frozen from here on
    made.save()
    stock = [lot for lot, quantity in lots.items() for _ in range(quantity // per_household)]
    Delivery.objects.bulk_create(
        [
            Delivery(
                county_id=item.county_id, entry=entry, lot=lot, quantity=per_household, on=on, proof=Proof.WITNESSES
            )
            for entry, lot in zip([one for one in entries if one.state == EntryState.DELIVERED], stock, strict=False)
        ]
    )
    return made


def _entries(made: Round, needs: list[Need], delivered: int) -> list[RoundEntry]:
    return RoundEntry.objects.bulk_create(
        [
            RoundEntry(
                county_id=made.county_id,
                round=made,
                household_id=need.household_id,
                need=need,
                item=made.item,
                period=made.period,
                rank=rank,
                state=EntryState.DELIVERED if rank <= delivered else EntryState.RETURNED,
                token=f"{made.number:05}{rank:06}",
            )
            for rank, need in enumerate(needs, start=1)
        ]
    )
