"""The way of a gift, as anybody with its code may see it: stages, days, numbers, and nobody's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from hamafza.core import wording
from hamafza.core.jalali import from_jalali, to_jalali
from hamafza.distribution.models import Lot
from hamafza.distribution.queries.stock import rejected_of
from hamafza.giving.choices import Channel, DonationState, GiftKind, GivingMode
from hamafza.giving.models import Donation, DonationLine, Reservation, ReservedUnits
from hamafza.trace.choices import Progress, Stage
from hamafza.trace.lineage import Stretch
from hamafza.trace.queries.goods import GoodsWay, Span, goods_way, sizes_of
from hamafza.trace.queries.money import MoneyWay, money_way
from hamafza.trace.queries.share import StateShare, state_share
from hamafza.trace.rules import SMALLEST_CELL


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage: how much has reached it (rial for money, units for goods), from which day to which.

    When few families are behind a day, only its month is told: ``since`` and ``until`` are then firsts of months.
    """

    stage: Stage
    progress: Progress
    amount: int
    since: date | None
    until: date | None
    in_months: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was given. ``total`` and ``remaining`` are rial for money, units for goods."""

    kind: GiftKind
    item: str
    unit: str
    value_rial: int
    total: int
    stages: tuple[StageLine, ...]
    remaining: int
    refunded: int
    #: Rial that went to another county, as the giver agreed.
    sent: int
    lost: int
    #: What was handed out, when money became goods or goods became kits.
    packages: int
    families: int

    @property
    def is_money(self) -> bool:
        return self.kind == GiftKind.MONEY

    @property
    def few_families(self) -> bool:
        return 0 < self.families < SMALLEST_CELL

    def tells(self, amount: int) -> bool:
        """Whether a number of units may be told: a part of the gift that few families got would count them (S-A11)."""
        return self.is_money or not self.few_families or amount in {0, self.total}

    def in_months(self) -> Part:
        """The same with months instead of days after it was received."""
        return replace(self, stages=tuple(_coarse(line) for line in self.stages))


@dataclass(frozen=True, slots=True)
class Way:
    """Everything the trace page shows."""

    county: str
    purpose: str
    received_on: date
    state: DonationState
    parts: tuple[Part, ...]
    families: int
    packages: int
    share: StateShare

    @property
    def few_families(self) -> bool:
        """So few that their number is not told (S-A11)."""
        return 0 < self.families < SMALLEST_CELL


def way_of(donation: Donation) -> Way:
    """The way of a confirmed gift; its county must be open. A handful of queries, however many packages there are."""
    lines = list(donation.lines.select_related("item", "fund").order_by("id"))
    direct = _direct(donation)
    ways = [(line, *_part(donation, line, direct)) for line in lines]
    households: set[UUID] = set().union(*(found for _, _, found in ways))
    named = "" if donation.wish_closed else donation.purpose
    purpose = named or next((line.fund.purpose for line in lines if line.fund.purpose), "")
    return Way(
        county=donation.county_id,
        purpose=purpose,
        received_on=donation.received_on,
        state=DonationState(donation.state),
        parts=tuple(part for _, part, _ in ways),
        families=len(households),
        packages=sum(part.packages for _, part, _ in ways),
        share=state_share(donation.county_id, purpose=purpose, on=donation.received_on),
    )


@dataclass(frozen=True, slots=True)
class _Direct:
    """A gift that went straight to a need: what its reservation says."""

    delivered_on: date | None
    confirmed_on: date | None
    households: frozenset[UUID]


def _direct(donation: Donation) -> _Direct | None:
    """Only of what did not go through a fund: that is traced by its allocation."""
    if donation.channel != Channel.DIRECT:
        return None
    row = Reservation.objects.filter(donation=donation).exclude(mode=GivingMode.THROUGH_FUND).first()
    if row is None:
        return None
    parts = ReservedUnits.objects.filter(reservation=row).values_list("need__household_id", flat=True)
    return _Direct(
        wording.day_of(row.delivered_at) if row.delivered_at else None,
        wording.day_of(row.confirmed_at) if row.confirmed_at else None,
        frozenset(parts),
    )


def _part(donation: Donation, line: DonationLine, direct: _Direct | None) -> tuple[Part, set[UUID]]:
    if direct is not None:
        return _direct_part(donation, line, direct)
    if line.kind == GiftKind.MONEY:
        return _money_part(donation, line)
    if line.kind == GiftKind.GOODS:
        return goods_part([line])
    done = Span(donation.received_on, donation.received_on)
    return _made(line, total=line.quantity or 1, done={Stage.RECEIVED: (line.quantity or 1, done)}), set()


def _direct_part(donation: Donation, line: DonationLine, direct: _Direct) -> tuple[Part, set[UUID]]:
    total = line.amount if line.kind == GiftKind.MONEY else line.quantity or 1
    received, delivered, confirmed = Span(), Span(), Span()
    received.add(donation.received_on)
    delivered.add(direct.delivered_on or direct.confirmed_on)
    confirmed.add(direct.confirmed_on)
    reached = set(direct.households) if delivered.since else set()
    done = {
        Stage.RECEIVED: (total, received),
        Stage.ALLOCATED: (total, received),
        Stage.PREPARED: (total, received),
        Stage.DELIVERED: (total if reached else 0, delivered),
        Stage.CONFIRMED: (total if direct.confirmed_on else 0, confirmed),
    }
    return _made(line, total=total, done=done, families=len(reached)), reached


def _money_part(donation: Donation, line: DonationLine) -> tuple[Part, set[UUID]]:
    way: MoneyWay = money_way(line.pk)
    received = Span()
    received.add(donation.received_on)
    done = {
        Stage.RECEIVED: (line.amount, received),
        Stage.ALLOCATED: (way.allocated, way.allocated_on),
        Stage.PREPARED: (way.prepared, way.prepared_on),
        Stage.DELIVERED: (way.delivered, way.delivered_on),
        Stage.CONFIRMED: (way.confirmed, way.confirmed_on),
    }
    part = _made(
        line,
        total=line.amount,
        done=done,
        remaining=line.amount - way.allocated - way.refunded - way.sent,
        refunded=way.refunded,
        sent=way.sent,
        packages=way.goods.packages if way.goods else 0,
        families=len(way.households),
    )
    return part, way.households


def goods_part(lines: Sequence[DonationLine]) -> tuple[Part, set[UUID]]:
    """The way of one or several gifts of the same item of an open county, as one; ids of households for counting alone."""
    lots = list(Lot.objects.filter(donation_line__in=lines).values_list("id", flat=True))
    sizes = sizes_of(lots) if lots else {}
    own = {lot: [Stretch.whole(sizes.get(lot, 0))] for lot in lots}
    way = goods_way(own) if own else GoodsWay()
    lost = way.lost + sum(rejected_of(line.pk) for line in lines)
    received = Span()
    received.add(*(line.donation.received_on for line in lines))
    total = sum(line.quantity or 0 for line in lines)
    done = {
        Stage.RECEIVED: (total, received),
        Stage.ALLOCATED: (way.allocated, way.prepared_on),
        Stage.PREPARED: (way.prepared, way.prepared_on),
        Stage.DELIVERED: (way.delivered, way.delivered_on),
        Stage.CONFIRMED: (way.confirmed, way.confirmed_on),
    }
    part = _made(
        lines[0],
        total=total,
        done=done,
        remaining=total - way.delivered - lost,
        lost=lost,
        packages=way.packages,
        families=len(way.households),
    )
    return part, way.households


def _made(
    line: DonationLine,
    *,
    total: int,
    done: dict[Stage, tuple[int, Span]],
    remaining: int = 0,
    refunded: int = 0,
    sent: int = 0,
    lost: int = 0,
    packages: int = 0,
    families: int = 0,
) -> Part:
    stages = []
    for stage in Stage:
        amount, span = done.get(stage, (0, Span()))
        stages.append(
            StageLine(
                stage=stage,
                progress=Progress.DONE
                if amount >= total - refunded - sent - lost
                else Progress.PARTLY
                if amount
                else Progress.NEXT,
                amount=amount,
                since=span.since,
                until=span.until,
            )
        )
    part = Part(
        kind=GiftKind(line.kind),
        item=line.item.name if line.item else "",
        unit=line.item.unit if line.item else "",
        value_rial=line.amount,
        total=total,
        stages=tuple(stages),
        remaining=max(0, remaining),
        refunded=refunded,
        sent=sent,
        lost=lost,
        packages=packages,
        families=families,
    )
    return part.in_months() if part.few_families else part


def _coarse(line: StageLine) -> StageLine:
    """Every later day leads to the family: what is allocated, bought or paid for it is done on few days."""
    if line.stage == Stage.RECEIVED or line.in_months:
        return line
    return replace(line, since=_month(line.since), until=_month(line.until), in_months=True)


def _month(day: date | None) -> date | None:
    if day is None:
        return None
    jalali = to_jalali(day)
    return from_jalali(jalali.year, jalali.month, 1)
