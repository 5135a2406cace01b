"""Goods come, are packed, moved, set aside, handed out, spoilt: what each act does and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.distribution.choices import ArrivalState, LossState, MovementKind
from hamafza.distribution.commands.stock import (
    add_kit_version,
    announce_arrival,
    ask_write_off,
    buy_goods,
    confirm_loss,
    expire_lots,
    issue,
    move_stock,
    pack_kits,
    receive_goods,
    refuse_loss,
    reject_arrival,
    release_from_round,
    reserve_for_round,
    return_goods,
    waste,
)
from hamafza.distribution.models import Arrival, Lot, LotSource, Movement, RoundLot
from hamafza.distribution.queries.stock import free_lots, set_aside_for
from hamafza.distribution.tests.factories import (
    a_closed_count,
    a_fund,
    a_goods_line,
    a_kit,
    a_lot,
    a_movement,
    a_purchase,
    a_round,
    a_store,
    an_item,
    balance_of,
    small_losses,
)
from hamafza.giving.choices import DisbursementState, DonationState, PayMethod
from hamafza.giving.commands.disbursements import return_payment
from hamafza.ledger.choices import Account
from hamafza.ledger.models import JournalLine
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
DAY = timedelta(days=1)


@pytest.fixture
def keeper(county: Place) -> Actor:
    return make_actor(Role.STOREKEEPER)


def booked(account: Account) -> int:
    return sum(JournalLine.objects.filter(account=account).values_list("amount", flat=True))


def code_of(refusal: pytest.ExceptionInfo[Refusal]) -> str:
    return refusal.value.code


# --- receiving ---


def test_receiving_a_gift_makes_a_lot_of_its_fund_and_value(keeper: Actor) -> None:
    store, line = a_store(), a_goods_line(quantity=10)
    lot = receive_goods(line, warehouse=store, quantity=10, expires_on=None, by=keeper, key=uuid7())
    assert (lot.fund_id, lot.item_id, lot.unit_value_rial) == (line.fund_id, line.item_id, 1000)
    assert balance_of(lot, store) == (10, 0)
    assert Arrival.objects.get().state == ArrivalState.RECEIVED


def test_receiving_a_part_says_so_and_leaves_the_rest_to_come(keeper: Actor) -> None:
    store, line = a_store(), a_goods_line(quantity=10)
    receive_goods(line, warehouse=store, quantity=7, expires_on=None, by=keeper, key=uuid7())
    assert Arrival.objects.get().state == ArrivalState.INCOMPLETE
    receive_goods(line, warehouse=store, quantity=3, expires_on=None, by=keeper, key=uuid7())
    assert Lot.objects.filter(donation_line=line).count() == 2


def test_receiving_more_than_the_gift_says_is_refused(keeper: Actor) -> None:
    store, line = a_store(), a_goods_line(quantity=10)
    with pytest.raises(Refusal) as said:
        receive_goods(line, warehouse=store, quantity=11, expires_on=None, by=keeper, key=uuid7())
    assert (code_of(said), said.value.field) == ("surplus", "quantity")


def test_receiving_settles_what_was_announced(keeper: Actor) -> None:
    store, line = a_store(), a_goods_line(quantity=10)
    announce_arrival(line, warehouse=store, quantity=10, by=keeper)
    receive_goods(line, warehouse=store, quantity=10, expires_on=None, by=keeper, key=uuid7())
    assert Arrival.objects.get().received == 10


def test_rejecting_an_arrival_brings_nothing_into_stock(keeper: Actor) -> None:
    store, line = a_store(), a_goods_line(quantity=10)
    arrival = reject_arrival(line, warehouse=store, reason="کپک زده بود", by=keeper)
    assert (arrival.state, Movement.objects.count()) == (ArrivalState.REJECTED, 0)


def test_rejecting_what_is_missing_takes_its_value_out_of_the_books_and_ends_the_waiting(keeper: Actor) -> None:
    store, line = a_store(), a_goods_line(quantity=10)
    receive_goods(line, warehouse=store, quantity=6, expires_on=None, by=keeper, key=uuid7())
    arrival = reject_arrival(line, warehouse=store, reason="کپک زده بود", by=keeper)
    assert (arrival.rejected, booked(Account.STOCK), booked(Account.LOST)) == (4, -4000, 4000)
    with pytest.raises(Refusal) as said:
        receive_goods(line, warehouse=store, quantity=1, expires_on=None, by=keeper, key=uuid7())
    with pytest.raises(Refusal) as again:
        reject_arrival(line, warehouse=store, reason="کپک زده بود", by=keeper)
    assert (code_of(said), code_of(again)) == ("surplus", "nothing_to_come")


def test_receiving_sent_twice_makes_one_lot(keeper: Actor) -> None:
    store, line, key = a_store(), a_goods_line(quantity=10), uuid7()
    first = receive_goods(line, warehouse=store, quantity=5, expires_on=None, by=keeper, key=key)
    again = receive_goods(line, warehouse=store, quantity=5, expires_on=None, by=keeper, key=key)
    assert (first.pk, balance_of(first, store)) == (again.pk, (5, 0))


def test_receiving_a_gift_that_is_not_confirmed_is_refused(keeper: Actor) -> None:
    line = a_goods_line(state=DonationState.PENDING)
    with pytest.raises(Refusal) as said:
        receive_goods(line, warehouse=a_store(), quantity=1, expires_on=None, by=keeper, key=uuid7())
    assert code_of(said) == "not_confirmed"


def test_receiving_what_one_has_confirmed_oneself_is_refused(keeper: Actor) -> None:
    line = a_goods_line(confirmed_by_id=keeper.user_id)
    with pytest.raises(Refusal) as said:
        receive_goods(line, warehouse=a_store(), quantity=1, expires_on=None, by=keeper, key=uuid7())
    assert code_of(said) == "same_hands"


def test_receiving_into_a_store_of_another_county_is_refused(keeper: Actor) -> None:
    foreign = a_store(county=SISTER_COUNTY)
    with pytest.raises(Refusal) as said:
        receive_goods(a_goods_line(), warehouse=foreign, quantity=1, expires_on=None, by=keeper, key=uuid7())
    assert code_of(said) == "other_county"


def test_receiving_what_spoils_without_its_expiry_is_refused(keeper: Actor) -> None:
    line = a_goods_line(an_item(perishable=True))
    with pytest.raises(Refusal) as said:
        receive_goods(line, warehouse=a_store(), quantity=1, expires_on=None, by=keeper, key=uuid7())
    assert said.value.field == "expires_on"


def test_receiving_what_has_expired_is_refused(keeper: Actor) -> None:
    with pytest.raises(Refusal) as said:
        receive_goods(
            a_goods_line(), warehouse=a_store(), quantity=1, expires_on=clock.today() - DAY, by=keeper, key=uuid7()
        )
    assert code_of(said) == "expired"


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.COUNTY_HEAD, Role.GIVING_OFFICER, Role.DELIVERER])
def test_receiving_is_the_storekeepers_alone(county: Place, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        receive_goods(
            a_goods_line(), warehouse=a_store(), quantity=1, expires_on=None, by=make_actor(role), key=uuid7()
        )


# --- buying ---


def test_goods_bought_come_in_against_the_payment_and_leave_the_bank_alone(keeper: Actor) -> None:
    store, payment = a_store(), a_purchase(100_000)
    bank = booked(Account.BANK)
    lot = buy_goods(
        payment, item=an_item(), quantity=10, amount=60_000, warehouse=store, expires_on=None, by=keeper, key=uuid7()
    )
    assert (lot.payment_id, lot.purchase_id, lot.unit_value_rial) == (payment.pk, payment.allocation_id, 6_000)
    assert (booked(Account.STOCK), booked(Account.AID_MONEY), booked(Account.BANK)) == (60_000, 40_000, bank)
    assert balance_of(lot, store) == (10, 0)


def test_goods_bought_for_more_than_was_paid_are_refused(keeper: Actor) -> None:
    store, payment, item = a_store(), a_purchase(100_000), an_item()
    buy_goods(payment, item=item, quantity=1, amount=60_000, warehouse=store, expires_on=None, by=keeper, key=uuid7())
    with pytest.raises(Refusal) as said:
        buy_goods(
            payment, item=item, quantity=1, amount=60_000, warehouse=store, expires_on=None, by=keeper, key=uuid7()
        )
    assert code_of(said) == "payment_used"


@pytest.mark.parametrize(
    "fields", [{"state": DisbursementState.APPROVED, "paid_at": None}, {"method": PayMethod.HOUSEHOLD_ACCOUNT}]
)
def test_goods_that_no_seller_was_paid_for_are_refused(keeper: Actor, fields: dict[str, Any]) -> None:
    payment, store = a_purchase(100_000, **fields), a_store()
    with pytest.raises(Refusal) as said:
        buy_goods(
            payment, item=an_item(), quantity=1, amount=1, warehouse=store, expires_on=None, by=keeper, key=uuid7()
        )
    assert code_of(said) == "not_paid"


@pytest.mark.parametrize("hand", ["requested_by_id", "approved_by_id", "paid_by_id"])
def test_goods_bought_are_not_taken_in_by_who_paid_for_them(keeper: Actor, hand: str) -> None:
    paid_by: dict[str, Any] = {hand: keeper.user_id}
    payment = a_purchase(100_000, **paid_by)
    with pytest.raises(Refusal) as said:
        buy_goods(
            payment, item=an_item(), quantity=1, amount=1, warehouse=a_store(), expires_on=None, by=keeper, key=uuid7()
        )
    assert code_of(said) == "same_hands"


def test_payment_whose_goods_are_in_the_store_does_not_come_back(keeper: Actor) -> None:
    payment = a_purchase(100_000)
    buy_goods(
        payment, item=an_item(), quantity=1, amount=1, warehouse=a_store(), expires_on=None, by=keeper, key=uuid7()
    )
    with pytest.raises(Refusal) as said:
        return_payment(payment, reason="پس داد", by=make_actor(Role.PAYER))
    assert code_of(said) == "goods_taken_in"


# --- kits ---


def test_packing_takes_the_first_expired_first_and_keeps_lineage(keeper: Actor) -> None:
    store, today = a_store(), clock.today()
    rice, fund = an_item("برنج"), a_fund()
    late = a_lot(quantity=10, store=store, line=a_goods_line(rice, quantity=10, fund=fund), expires_on=today + 60 * DAY)
    soon = a_lot(quantity=10, store=store, line=a_goods_line(rice, quantity=10, fund=fund), expires_on=today + 30 * DAY)
    version = a_kit({rice: 3})
    (kit,) = pack_kits(COUNTY, kit_version=version, count=4, warehouse=store, by=keeper, key=uuid7())
    assert dict(LotSource.objects.values_list("source_lot", "quantity")) == {soon.pk: 10, late.pk: 2}
    assert (kit.expires_on, kit.fund_id, kit.unit_value_rial) == (soon.expires_on, fund.pk, 3000)
    assert (balance_of(soon, store), balance_of(late, store), balance_of(kit, store)) == ((0, 0), (8, 0), (4, 0))


def test_packing_of_two_funds_makes_a_kit_lot_for_each(keeper: Actor) -> None:
    store, rice = a_store(), an_item("برنج")
    first = a_lot(rice, quantity=4, store=store)
    second = a_lot(rice, quantity=4, store=store)
    packed = pack_kits(COUNTY, kit_version=a_kit({rice: 2}), count=4, warehouse=store, by=keeper, key=uuid7())
    assert {lot.fund_id for lot in packed} == {first.fund_id, second.fund_id}
    assert [balance_of(lot, store) for lot in packed] == [(2, 0), (2, 0)]


def test_packing_never_mixes_funds_in_a_kit(keeper: Actor) -> None:
    store, rice = a_store(), an_item("برنج")
    a_lot(rice, quantity=1, store=store)
    a_lot(rice, quantity=1, store=store)
    with pytest.raises(Refusal) as said:
        pack_kits(COUNTY, kit_version=a_kit({rice: 2}), count=1, warehouse=store, by=keeper, key=uuid7())
    assert (code_of(said), Movement.objects.count()) == ("short_of_parts", 2)


def test_packing_leaves_what_is_expired_or_reserved(keeper: Actor) -> None:
    store, rice = a_store(), an_item("برنج")
    a_lot(rice, quantity=5, store=store, expires_on=clock.today() - DAY)
    a_movement(a_lot(rice, quantity=5, store=store), store, MovementKind.RESERVE, 0, 4)
    with pytest.raises(Refusal) as said:
        pack_kits(COUNTY, kit_version=a_kit({rice: 1}), count=2, warehouse=store, by=keeper, key=uuid7())
    assert "برنج" in said.value.message


def test_packing_sent_twice_packs_once(keeper: Actor) -> None:
    store, rice, key = a_store(), an_item("برنج"), uuid7()
    a_lot(rice, quantity=10, store=store)
    version = a_kit({rice: 1})
    first = pack_kits(COUNTY, kit_version=version, count=4, warehouse=store, by=keeper, key=key)
    again = pack_kits(COUNTY, kit_version=version, count=4, warehouse=store, by=keeper, key=key)
    assert ([lot.pk for lot in first], balance_of(first[0], store)) == ([lot.pk for lot in again], (4, 0))


def test_new_recipe_is_a_new_version(keeper: Actor) -> None:
    rice, oil = an_item("برنج"), an_item("روغن")
    first = a_kit({rice: 1})
    second = add_kit_version(first.kit, recipe={rice: 2, oil: 1}, by=keeper, note="ماه رمضان")
    assert second.number == 2
    assert dict(first.lines.values_list("item", "quantity")) == {rice.pk: 1}


def test_kit_within_a_kit_is_refused(keeper: Actor) -> None:
    kit = a_kit({an_item(): 1}).kit
    with pytest.raises(Refusal) as said:
        add_kit_version(kit, recipe={an_item(is_kit=True): 1}, by=keeper)
    assert code_of(said) == "kit_in_kit"


# --- moving, waste, expiry ---


def test_moving_writes_what_was_lost_on_the_way(keeper: Actor) -> None:
    store, other = a_store(), a_store()
    small_losses()
    lot = a_lot(quantity=10, store=store)
    move_stock(lot, source=store, target=other, quantity=6, lost=2, reason="شکست", by=keeper, key=uuid7())
    assert (balance_of(lot, store), balance_of(lot, other)) == ((4, 0), (4, 0))
    assert (booked(Account.STOCK), booked(Account.LOST), booked(Account.AID_GOODS)) == (-2000, 2000, 0)


def test_moving_to_another_county_is_refused(keeper: Actor) -> None:
    store = a_store()
    with pytest.raises(Refusal) as said:
        move_stock(
            a_lot(store=store), source=store, target=a_store(county=SISTER_COUNTY), quantity=1, by=keeper, key=uuid7()
        )
    assert code_of(said) == "other_county"


def test_moving_what_is_reserved_is_refused(keeper: Actor) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    a_movement(lot, store, MovementKind.RESERVE, 0, 8)
    with pytest.raises(Refusal) as said:
        move_stock(lot, source=store, target=a_store(), quantity=3, by=keeper, key=uuid7())
    assert code_of(said) == "not_free"


def test_waste_needs_a_reason_and_leaves_the_books_at_its_value(keeper: Actor) -> None:
    small_losses()
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    with pytest.raises(Refusal) as said:
        waste(lot, store, quantity=3, reason=" ", by=keeper, key=uuid7())
    waste(lot, store, quantity=3, reason="موش خورده", by=keeper, key=uuid7())
    assert (code_of(said), balance_of(lot, store), booked(Account.STOCK)) == ("no_reason", (7, 0), -3000)


def test_waste_worth_more_than_the_threshold_in_small_parts_is_refused_to_one_alone(keeper: Actor) -> None:
    small_losses(5000)
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    waste(lot, store, quantity=4, reason="موش خورده", by=keeper, key=uuid7())
    with pytest.raises(Refusal) as said:
        waste(lot, store, quantity=2, reason="موش خورده", by=keeper, key=uuid7())
    with pytest.raises(Refusal) as moved:
        move_stock(lot, source=store, target=a_store(), quantity=2, lost=2, reason="شکست", by=keeper, key=uuid7())
    assert (code_of(said), code_of(moved), balance_of(lot, store)) == ("second_hand", "second_hand", (6, 0))


def test_waste_of_goods_whose_value_nobody_knows_is_refused_to_one_alone(keeper: Actor) -> None:
    small_losses()
    store = a_store()
    lot = a_lot(store=store, worth=0)
    with pytest.raises(Refusal) as said:
        waste(lot, store, quantity=1, reason="موش خورده", by=keeper, key=uuid7())
    assert code_of(said) == "second_hand"


def test_loss_leaves_the_stock_when_other_hands_confirm_it(keeper: Actor) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    loss = ask_write_off(lot, store, quantity=3, reason="موش خورده", by=keeper, key=uuid7())
    assert (loss.state, balance_of(lot, store)) == (LossState.ASKED, (10, 0))
    both = Actor(name="both", user_id=keeper.user_id, duties=keeper.duties + make_actor(Role.COUNTY_HEAD).duties)
    with pytest.raises(Refusal) as said:
        confirm_loss(loss, by=both)
    done = confirm_loss(loss, by=make_actor(Role.COUNTY_HEAD))
    assert (code_of(said), done.state, balance_of(lot, store)) == ("same_hands", LossState.CONFIRMED, (7, 0))
    with pytest.raises(Refusal):
        confirm_loss(loss, by=make_actor(Role.COUNTY_HEAD))


def test_loss_is_not_confirmed_by_who_has_moved_goods_of_the_lot(keeper: Actor) -> None:
    store = a_store()
    lot, head = a_lot(quantity=10, store=store), make_actor(Role.COUNTY_HEAD)
    a_movement(lot, store, MovementKind.COUNT, 1, by_id=head.user_id)
    loss = ask_write_off(lot, store, quantity=3, reason="موش خورده", by=keeper, key=uuid7())
    with pytest.raises(Refusal) as said:
        confirm_loss(loss, by=head)
    assert code_of(said) == "same_hands"


def test_loss_that_is_not_confirmed_leaves_the_goods_where_they_are(keeper: Actor) -> None:
    store = a_store()
    lot = a_lot(quantity=10, store=store)
    loss = ask_write_off(lot, store, quantity=3, reason="موش خورده", by=keeper, key=uuid7())
    refused = refuse_loss(loss, reason="کالا سالم است", by=make_actor(Role.COUNTY_HEAD))
    assert (refused.state, balance_of(lot, store)) == (LossState.REFUSED, (10, 0))


def test_waste_dated_before_a_closed_count_is_refused(keeper: Actor) -> None:
    store = a_store()
    lot = a_lot(store=store)
    a_closed_count(store)
    with pytest.raises(Refusal) as said:
        waste(lot, store, quantity=1, reason="موش خورده", by=keeper, key=uuid7(), on=clock.today() - DAY)
    assert code_of(said) == "before_count"


def test_expiring_takes_what_is_free_and_leaves_what_a_round_holds(keeper: Actor) -> None:
    store, today = a_store(), clock.today()
    lot = a_lot(quantity=10, store=store, expires_on=today)
    a_lot(quantity=5, store=store, expires_on=today + DAY)
    a_movement(lot, store, MovementKind.RESERVE, 0, 4)
    gone = expire_lots(COUNTY, on=today + DAY, by=SYSTEM)
    assert ([one.lot_id for one in gone], balance_of(lot, store)) == ([lot.pk], (4, 4))
    assert expire_lots(COUNTY, on=today + DAY, by=SYSTEM) == []


# --- rounds ---


def test_reserving_for_a_round_takes_the_first_expired_first(keeper: Actor) -> None:
    item, today = an_item(), clock.today()
    going = a_round(item, planned=6)
    late = a_lot(item, quantity=5, store=going.warehouse, expires_on=today + 60 * DAY)
    soon = a_lot(item, quantity=5, store=going.warehouse, expires_on=today + 30 * DAY)
    reserve_for_round(going, by=keeper)
    assert dict(RoundLot.objects.values_list("lot", "quantity")) == {soon.pk: 5, late.pk: 1}
    assert set_aside_for(going) == {(soon.pk, going.warehouse_id): 5, (late.pk, going.warehouse_id): 1}


def test_reserving_takes_whole_packages_of_a_lot(keeper: Actor) -> None:
    item = an_item()
    going = a_round(item, planned=2, per_household=2)
    a_lot(item, quantity=3, store=going.warehouse)
    a_lot(item, quantity=3, store=going.warehouse)
    reserve_for_round(going, by=keeper)
    assert sorted(set_aside_for(going).values()) == [2, 2]


def test_reserving_more_than_there_is_reserves_nothing(keeper: Actor) -> None:
    item = an_item()
    going = a_round(item, planned=6)
    lot = a_lot(item, quantity=5, store=going.warehouse)
    with pytest.raises(Refusal) as said:
        reserve_for_round(going, by=keeper)
    assert (code_of(said), balance_of(lot, going.warehouse)) == ("short_of_goods", (5, 0))


def test_releasing_frees_what_was_not_handed_out(keeper: Actor) -> None:
    item = an_item()
    going = a_round(item, planned=6)
    lot = a_lot(item, quantity=6, store=going.warehouse)
    reserve_for_round(going, by=keeper)
    issue(lot, going.warehouse, 2, source=("round", going.pk), by=keeper)
    assert release_from_round(going, by=keeper) == 4
    assert (balance_of(lot, going.warehouse), RoundLot.objects.get().quantity) == ((4, 0), 2)


def test_issuing_an_expired_lot_is_refused(keeper: Actor) -> None:
    store = a_store()
    lot = a_lot(store=store, expires_on=clock.today() - DAY)
    with pytest.raises(Refusal) as said:
        issue(lot, store, 1, source=("round", uuid7()), by=keeper)
    assert code_of(said) == "expired"


def test_issuing_what_was_not_set_aside_is_refused(keeper: Actor) -> None:
    store = a_store()
    with pytest.raises(Refusal) as said:
        issue(a_lot(store=store), store, 1, source=("round", uuid7()), by=keeper)
    assert code_of(said) == "not_set_aside"


def test_what_came_back_is_held_for_the_next_household(keeper: Actor) -> None:
    item = an_item()
    going = a_round(item, planned=2)
    lot = a_lot(item, quantity=2, store=going.warehouse)
    reserve_for_round(going, by=keeper)
    source = ("round", going.pk)
    issue(lot, going.warehouse, 1, source=source, by=keeper)
    return_goods(lot, going.warehouse, 1, source=source, by=keeper, reason="نبودند", hold_for=going)
    assert (balance_of(lot, going.warehouse), RoundLot.objects.get().quantity) == ((2, 2), 2)


def test_more_coming_back_than_went_out_is_refused(keeper: Actor) -> None:
    item = an_item()
    going = a_round(item, planned=2)
    lot = a_lot(item, quantity=5, store=going.warehouse)
    reserve_for_round(going, by=keeper)
    source = ("round", going.pk)
    issue(lot, going.warehouse, 2, source=source, by=keeper)
    return_goods(lot, going.warehouse, 1, source=source, by=keeper)
    with pytest.raises(Refusal) as said:
        return_goods(lot, going.warehouse, 2, source=source, by=keeper)
    assert code_of(said) == "returned_too_many"


def test_free_lots_leave_out_what_is_expired_and_reserved(keeper: Actor) -> None:
    item, store, today = an_item(), a_store(), clock.today()
    a_lot(item, store=store, expires_on=today - DAY)
    kept = a_lot(item, quantity=10, store=store)
    a_movement(kept, store, MovementKind.RESERVE, 0, 4)
    soon = a_lot(item, quantity=3, store=store, expires_on=today)
    found = free_lots(COUNTY, item, store, today)
    assert [(one.lot.pk, one.free) for one in found] == [(soon.pk, 3), (kept.pk, 6)]
