"""The way of a gift: goods, kits, money and the state's share beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import make_user
from hamafza.core import clock
from hamafza.core.jalali import to_jalali
from hamafza.distribution.choices import MovementKind, RoundState
from hamafza.distribution.models import Movement
from hamafza.giving.choices import DisbursementState, PayMethod
from hamafza.giving.models import Disbursement
from hamafza.giving.tests.factories_donation import MILLION, a_confirmed, money
from hamafza.giving.tests.factories_transfer import asked, carried_out, number_of
from hamafza.ledger.choices import Account, EntryKind, Restriction
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.postings import money_in
from hamafza.places.models import Place
from hamafza.trace.choices import Progress, Stage
from hamafza.trace.queries.way import Part, Way, way_of
from hamafza.trace.tests.factories import (
    COUNTY,
    FIRST_DAY,
    a_fund,
    a_gift,
    a_lot,
    a_round,
    a_warehouse,
    an_allocation,
    an_item,
    families,
    kits_of,
)

pytestmark = pytest.mark.django_db
MAX_QUERIES = 14


def amounts(part: Part) -> dict[Stage, int]:
    return {line.stage: line.amount for line in part.stages}


def test_gift_that_waits_for_confirmation_has_only_been_received(county: Place) -> None:
    part = way_of(a_gift(rial=5_000_000)).parts[0]
    assert [line.progress for line in part.stages] == [Progress.DONE, *[Progress.NEXT] * 4]
    assert (part.total, part.remaining, part.families) == (5_000_000, 5_000_000, 0)


def test_packages_of_four_weeks_are_traced_to_164_families_with_few_queries(
    county: Place, django_assert_max_num_queries: Any
) -> None:
    item = an_item()
    gifts = [a_gift(item=item, quantity=164, received_on=FIRST_DAY)]
    line = gifts[0].lines.get()
    lots = {a_lot(item, 41, on=FIRST_DAY + timedelta(weeks=week), donation_line=line): 41 for week in range(4)}
    a_round(lots, families(164))
    with django_assert_max_num_queries(MAX_QUERIES):
        way = way_of(gifts[0])
    part = way.parts[0]
    assert set(amounts(part).values()) == {164}
    assert {stage.progress for stage in part.stages} == {Progress.DONE}
    assert (way.families, way.packages, part.remaining) == (164, 164, 0)


def test_packages_that_came_back_and_went_to_others_count_once(county: Place) -> None:
    item = an_item()
    gift = a_gift(item=item, quantity=10)
    lot = a_lot(item, 10, donation_line=gift.lines.get())
    a_round({lot: 10}, families(13), delivered=10)
    way = way_of(gift)
    assert (way.families, way.packages) == (10, 10)


def test_round_that_is_out_is_delivered_but_not_confirmed(county: Place) -> None:
    item = an_item()
    gift = a_gift(item=item, quantity=20)
    lot = a_lot(item, 20, donation_line=gift.lines.get())
    a_round({lot: 20}, families(20), state=RoundState.OUT, delivered=12)
    part = way_of(gift).parts[0]
    assert amounts(part) == {
        Stage.RECEIVED: 20,
        Stage.ALLOCATED: 20,
        Stage.PREPARED: 20,
        Stage.DELIVERED: 12,
        Stage.CONFIRMED: 0,
    }
    assert part.remaining == 8


def test_kits_of_two_givers_belong_to_each_by_what_lies_in_them(county: Place) -> None:
    rice, kit = an_item("برنج"), an_item("بسته", is_kit=True)
    first, second = a_gift(item=rice, quantity=60), a_gift(item=rice, quantity=40)
    lots = {a_lot(rice, 60, donation_line=first.lines.get()): 60, a_lot(rice, 40, donation_line=second.lines.get()): 40}
    packed = kits_of(kit, 20, lots)
    a_round({packed: 20}, families(20))
    ways = [way_of(first), way_of(second)]
    assert [way.families for way in ways] == [12, 8]
    assert [amounts(way.parts[0])[Stage.DELIVERED] for way in ways] == [60, 40]


def test_kit_that_holds_something_of_two_givers_reaches_a_family_for_each(county: Place) -> None:
    rice, oil, kit = an_item("برنج"), an_item("روغن"), an_item("بسته", is_kit=True)
    first, second = a_gift(item=rice, quantity=30), a_gift(item=oil, quantity=30)
    sources = {
        a_lot(rice, 30, donation_line=first.lines.get()): 30,
        a_lot(oil, 30, donation_line=second.lines.get()): 30,
    }
    a_round({kits_of(kit, 15, sources): 15}, families(15), delivered=11)
    assert [way_of(gift).families for gift in (first, second)] == [11, 11]
    assert [amounts(way_of(gift).parts[0])[Stage.DELIVERED] for gift in (first, second)] == [22, 22]


def test_what_spoilt_is_neither_delivered_nor_left(county: Place) -> None:
    item = an_item()
    gift = a_gift(item=item, quantity=10)
    lot = a_lot(item, 10, donation_line=gift.lines.get())
    Movement.objects.create(
        county_id=COUNTY,
        lot=lot,
        warehouse=a_warehouse(),
        kind=MovementKind.WASTE,
        quantity=-2,
        source_type="test",
        source_id=lot.pk,
        reason="نم کشید",
    )
    part = way_of(gift).parts[0]
    assert (part.lost, part.remaining) == (2, 8)


def test_money_is_traced_through_a_purchase_to_families(county: Place) -> None:
    item = an_item()
    early, late = a_gift(rial=30_000_000), a_gift(rial=30_000_000)
    bought = an_allocation(40_000_000, {early: 30_000_000, late: 10_000_000})
    lot = a_lot(item, 40, purchase=bought, unit_value_rial=1_000_000)
    a_round({lot: 40}, families(40))
    ways = [way_of(early), way_of(late)]
    assert [way.families for way in ways] == [30, 10]
    assert [amounts(way.parts[0])[Stage.DELIVERED] for way in ways] == [30_000_000, 10_000_000]
    assert [way.parts[0].remaining for way in ways] == [0, 20_000_000]


def test_money_paid_to_a_household_is_delivered_and_then_confirmed(county: Place) -> None:
    gift = a_gift(rial=8_000_000)
    allocation = an_allocation(5_000_000, {gift: 5_000_000}, need=families(1)[0])
    Disbursement.objects.create(
        county_id=COUNTY,
        allocation=allocation,
        amount=3_000_000,
        method=PayMethod.HOUSEHOLD_ACCOUNT,
        state=DisbursementState.PAID,
        paid_by=make_user(),
        paid_at=clock.now(),
    )
    way = way_of(gift)
    assert amounts(way.parts[0]) == {
        Stage.RECEIVED: 8_000_000,
        Stage.ALLOCATED: 5_000_000,
        Stage.PREPARED: 3_000_000,
        Stage.DELIVERED: 3_000_000,
        Stage.CONFIRMED: 0,
    }
    assert (way.families, way.few_families, way.parts[0].remaining) == (1, True, 3_000_000)


def test_money_that_went_to_another_county_is_told_and_not_left(county: Place) -> None:
    line = a_confirmed(money(3 * MILLION)).lines.select_related("donation", "fund").get()
    carried_out(asked(line.fund, number_of(line), amount=MILLION))
    part = way_of(line.donation).parts[0]
    assert (part.total, part.sent, part.remaining) == (3 * MILLION, MILLION, 2 * MILLION)


def in_months(part: Part) -> list[bool]:
    return [line.in_months for line in part.stages]


def first_days(part: Part) -> set[int]:
    """The days of the Jalali month on which stages after the first begin and end."""
    days = {day for line in part.stages[1:] for day in (line.since, line.until) if day}
    return {to_jalali(day).day for day in days}


def test_days_behind_which_few_families_stand_are_told_as_months(county: Place) -> None:
    item = an_item()
    gift = a_gift(item=item, quantity=13)
    a_round({a_lot(item, 13, donation_line=gift.lines.get()): 13}, families(13), delivered=3)
    part = way_of(gift).parts[0]
    assert (in_months(part), first_days(part)) == ([False, *[True] * 4], {1})
    assert (part.tells(3), part.tells(13)) == (False, True)


def test_day_on_which_one_family_was_paid_is_told_as_its_month(county: Place) -> None:
    gift = a_gift(rial=8_000_000)
    Disbursement.objects.create(
        county_id=COUNTY,
        allocation=an_allocation(5_000_000, {gift: 5_000_000}, need=families(1)[0]),
        amount=5_000_000,
        method=PayMethod.HOUSEHOLD_ACCOUNT,
        state=DisbursementState.CONFIRMED,
        paid_by=make_user(),
        paid_at=clock.now(),
        confirmed_at=clock.now(),
    )
    part = way_of(gift).parts[0]
    assert (in_months(part), first_days(part)) == ([False, *[True] * 4], {1})


def test_days_behind_which_many_families_stand_are_told(county: Place) -> None:
    item = an_item()
    gift = a_gift(item=item, quantity=11)
    a_round({a_lot(item, 11, donation_line=gift.lines.get()): 11}, families(11))
    assert in_months(way_of(gift).parts[0]) == [False] * 5


def test_state_share_of_the_same_purpose_and_year_stands_beside_the_gift(county: Place) -> None:
    gift = a_gift(rial=1_000_000)
    state = a_fund(restriction=Restriction.GOVERNMENT, name="سهم دولت")
    other = a_fund("housing", restriction=Restriction.GOVERNMENT, name="سهم دولت مسکن")
    for fund, rial in ((state, 900_000_000), (other, 70_000_000)):
        post_entry(
            COUNTY,
            kind=EntryKind.RECEIPT,
            on=FIRST_DAY,
            lines=money_in(fund.pk, rial, source=Account.GOVERNMENT),
            source=("appropriation", fund.pk),
            by=system_actor("test"),
        )
    way: Way = way_of(gift)
    assert (way.share.year, way.share.received, way.share.spent) == (1405, 900_000_000, 0)
