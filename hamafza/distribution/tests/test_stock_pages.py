"""The storekeeper's pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn, make_user
from hamafza.core import clock
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.distribution.models import KitVersion, Loss, Lot, Movement, StockCount, Warehouse
from hamafza.distribution.tests.factories import (
    a_goods_line,
    a_kit,
    a_lot,
    a_purchase,
    a_store,
    an_item,
    balance_of,
    small_losses,
)
from hamafza.giving.models import Benefactor
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, SISTER_COUNTY

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(signed_in: SignedIn) -> Client:
    return signed_in(Role.STOREKEEPER)


def url(name: str, *args: Any) -> str:
    return reverse(f"distribution:{name}", args=args)


def text_of(response: Any) -> str:
    return str(response.content.decode())


# --- lists ---


def test_stock_shows_what_is_free_by_item(keeper: Client, county: Place) -> None:
    store, rice = a_store(), an_item("برنج")
    a_lot(rice, quantity=41, store=store, expires_on=clock.today() + timedelta(days=5))
    said = text_of(keeper.get(url("stock-list"), headers={"accept-language": "en"}))
    assert "برنج" in said
    assert "expires in 5 days" in said


@pytest.mark.parametrize("name", ["stock-list", "lot-list", "store-list", "kit-list", "count-list", "goods-waiting"])
def test_list_asks_as_often_for_three_rows_as_for_one(
    keeper: Client, county: Place, django_assert_max_num_queries: Any, name: str
) -> None:
    a_row_of_all()
    keeper.get(url(name))
    with django_assert_max_num_queries(30) as one:
        assert keeper.get(url(name)).status_code == 200
    a_row_of_all()
    a_row_of_all()
    with django_assert_max_num_queries(len(one)):
        keeper.get(url(name))


def a_row_of_all() -> None:
    store, item = a_store(), an_item()
    a_lot(item, store=store)
    a_goods_line()
    a_kit({item: 1})
    with counties([COUNTY]):
        StockCount.objects.create(county_id=COUNTY, warehouse=store)


@pytest.mark.parametrize("name", ["stock-list", "lot-list", "store-list", "kit-list", "count-list"])
@pytest.mark.parametrize("role", [Role.DELIVERER, Role.GIVING_OFFICER, Role.PAYER, Role.GOVERNOR_OFFICE])
def test_list_is_closed_to_others(signed_in: SignedIn, name: str, role: Role) -> None:
    assert signed_in(role).get(url(name)).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["stock-export", "lot-export"])
def test_list_goes_out_as_a_file(keeper: Client, county: Place, name: str, kind: str) -> None:
    a_lot(an_item("برنج"))
    answer = keeper.get(url(name, kind))
    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]


def test_lots_are_found_by_expiry_and_code(keeper: Client, county: Place) -> None:
    soon = a_lot(expires_on=clock.today() + timedelta(days=3))
    later = a_lot()
    said = text_of(keeper.get(url("lot-list"), {"state": "soon"}))
    assert (soon.code in said, later.code in said) == (True, False)
    said = text_of(keeper.get(url("lot-list"), {"code": later.code.lower()}))
    assert (soon.code in said, later.code in said) == (False, True)


# --- a lot ---


def a_named_lot() -> Lot:
    with counties([COUNTY]):
        giver = Benefactor.objects.create(county_id=COUNTY, name="حاج رضا کریمی")
    return a_lot(line=a_goods_line(benefactor=giver))


def test_giver_of_a_lot_is_named_to_those_who_see_giving_alone(keeper: Client, head: Client, county: Place) -> None:
    lot = a_named_lot()
    assert "کریمی" not in text_of(keeper.get(url("lot-record", lot.pk)))
    assert "کریمی" in text_of(head.get(url("lot-record", lot.pk)))


def test_lot_of_another_county_is_not_found(keeper: Client) -> None:
    foreign = a_lot(county=SISTER_COUNTY)
    assert keeper.get(url("lot-record", foreign.pk)).status_code == 404


def test_kit_lot_shows_what_it_was_packed_from(keeper: Client, county: Place) -> None:
    store, rice = a_store(), an_item("برنج")
    source = a_lot(rice, store=store)
    keeper.post(url("kit-pack", a_kit({rice: 2}).kit.pk), {"store": store.pk, "count": "۳", "key": uuid7()})
    packed = Lot.objects.get(kit_version__isnull=False)
    assert balance_of(packed, store) == (3, 0)
    assert source.code in text_of(keeper.get(url("lot-record", packed.pk)))


def test_label_is_a_pdf(keeper: Client, county: Place) -> None:
    answer = keeper.get(url("lot-label", a_lot().pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_loss_above_the_threshold_is_reported_and_confirmed_by_somebody_else(
    keeper: Client, signed_in: SignedIn, county: Place
) -> None:
    store = a_store()
    lot = a_lot(store=store)
    gone = {"source": store.pk, "quantity": "1", "reason": "پاره", "key": uuid7()}
    assert keeper.post(url("lot-waste", lot.pk), gone).status_code == 302
    loss, head = Loss.objects.get(), signed_in(Role.COUNTY_HEAD)
    assert keeper.get(url("loss-decide", loss.pk)).status_code == 404
    assert "پاره" in text_of(head.get(url("loss-list")))
    assert "پاره" in text_of(head.get(url("loss-decide", loss.pk)))
    assert head.post(url("loss-decide", loss.pk), {"refuse": "1", "reason": ""}).status_code == 422
    assert head.post(url("loss-decide", loss.pk), {"confirm": "1", "reason": ""}).status_code == 302
    assert balance_of(lot, store) == (9, 0)
    assert head.get(url("loss-decide", loss.pk)).status_code == 200


def test_moving_and_wasting_in_the_form(keeper: Client, county: Place) -> None:
    small_losses()
    store, other = a_store(), a_store()
    lot = a_lot(store=store)
    said = {"source": store.pk, "target": other.pk, "quantity": "۴", "lost": "", "key": uuid7()}
    assert keeper.post(url("lot-move", lot.pk), said).status_code == 302
    gone = {"source": store.pk, "quantity": "1", "reason": "پاره", "key": uuid7()}
    assert keeper.post(url("lot-waste", lot.pk), gone).status_code == 302
    assert (balance_of(lot, store), balance_of(lot, other)) == ((5, 0), (4, 0))


def test_moving_too_many_is_said_in_the_form(keeper: Client, county: Place) -> None:
    store = a_store()
    lot = a_lot(store=store)
    said = {"source": store.pk, "target": a_store().pk, "quantity": "11", "key": uuid7()}
    assert keeper.post(url("lot-move", lot.pk), said).status_code == 422


def test_double_click_moves_once(keeper: Client, county: Place) -> None:
    store, other = a_store(), a_store()
    lot = a_lot(store=store)
    said = {"source": store.pk, "target": other.pk, "quantity": "4", "key": uuid7()}
    keeper.post(url("lot-move", lot.pk), said)
    keeper.post(url("lot-move", lot.pk), said)
    assert balance_of(lot, other) == (4, 0)


# --- goods come in ---


def test_goods_of_a_gift_are_taken_in(keeper: Client, county: Place) -> None:
    store, line = a_store(), a_goods_line(quantity=10)
    assert keeper.get(url("goods-receive", line.pk)).status_code == 200
    said = {"warehouse": store.pk, "quantity": "۱۰", "expires_on": "", "key": uuid7()}
    assert keeper.post(url("goods-receive", line.pk), said).status_code == 302
    assert keeper.get(url("goods-receive", line.pk)).status_code == 404


def test_surplus_is_said_in_the_form(keeper: Client, county: Place) -> None:
    store, line = a_store(), a_goods_line(quantity=10)
    said = {"warehouse": store.pk, "quantity": "11", "key": uuid7()}
    answer = keeper.post(url("goods-receive", line.pk), said)
    assert (answer.status_code, Movement.objects.count()) == (422, 0)


def test_goods_turned_away_are_not_waited_for(keeper: Client, county: Place) -> None:
    store, line = a_store(), a_goods_line(an_item("برنج کهنه"))
    keeper.post(url("goods-reject", line.pk), {"warehouse": store.pk, "reason": "شپشک زده"})
    assert "برنج کهنه" not in text_of(keeper.get(url("goods-waiting")))


def test_goods_bought_are_taken_in(keeper: Client, county: Place) -> None:
    store, payment, item = a_store(), a_purchase(1_000_000, what="خرید برنج"), an_item()
    assert "خرید برنج" in text_of(keeper.get(url("goods-waiting")))
    assert keeper.get(url("goods-buy", payment.pk)).status_code == 200
    said = {"item": item.pk, "quantity": "5", "amount": "500000", "warehouse": store.pk, "key": uuid7()}
    assert keeper.post(url("goods-buy", payment.pk), said).status_code == 302
    assert Lot.objects.get().payment_id == payment.pk


# --- kits ---


def test_recipe_is_saved_as_a_new_version(keeper: Client, county: Place) -> None:
    rice, oil = an_item("برنج"), an_item("روغن")
    kit = a_kit({rice: 1}).kit
    assert keeper.get(url("kit-recipe", kit.pk)).status_code == 200
    keeper.post(url("kit-recipe", kit.pk), {f"item-{rice.pk}": "5", f"item-{oil.pk}": "1", "note": "رمضان"})
    assert KitVersion.objects.get(number=2).lines.count() == 2
    assert "رمضان" in text_of(keeper.get(url("kit-record", kit.pk)))


def test_packing_page_says_what_is_short(keeper: Client, county: Place) -> None:
    store, rice = a_store(), an_item("برنج")
    a_lot(rice, quantity=7, store=store)
    kit = a_kit({rice: 2}).kit
    said = text_of(keeper.get(url("kit-pack", kit.pk), headers={"accept-language": "en"}))
    assert "3 can be packed" in said
    answer = keeper.post(url("kit-pack", kit.pk), {"store": store.pk, "count": "4", "key": uuid7()})
    assert answer.status_code == 422


# --- counts ---


def test_count_goes_from_sheet_to_confirmation(keeper: Client, head: Client, county: Place) -> None:
    store = a_store()
    lot, stray = a_lot(store=store), a_lot()
    keeper.post(url("count-start", store.pk))
    count = StockCount.objects.get()
    page = keeper.get(url("count-record", count.pk))
    line = count.lines.get()
    assert f"counted-{line.pk}" in text_of(page)
    keeper.post(url("count-enter", count.pk), {f"counted-{line.pk}": "۹", f"reason-{line.pk}": "پاره"})
    keeper.post(url("count-stray", count.pk), {"code": stray.code, "counted": "2"})
    assert head.post(url("count-confirm", count.pk)).status_code == 302
    assert (balance_of(lot, store), balance_of(stray, store)) == ((9, 0), (2, 0))
    assert keeper.get(url("count-record", count.pk)).status_code == 200


def test_count_is_not_confirmed_by_the_storekeeper(keeper: Client, county: Place) -> None:
    count = StockCount.objects.create(county_id=COUNTY, warehouse=a_store(), counted_by=make_user())
    assert keeper.post(url("count-confirm", count.pk)).status_code == 404


def test_count_is_given_up(keeper: Client, county: Place) -> None:
    store = a_store()
    keeper.post(url("count-start", store.pk))
    assert keeper.post(url("count-give-up", StockCount.objects.get().pk)).status_code == 302
    assert StockCount.objects.count() == 0


# --- stores ---


def test_store_is_added_and_changed(keeper: Client, county: Place) -> None:
    keeper.post(url("store-create"), {"county": COUNTY, "name": "انبار مرکزی", "kind": "warehouse"})
    store = Warehouse.objects.get()
    assert keeper.get(url("store-edit", store.pk)).status_code == 200
    keeper.post(url("store-edit", store.pk), {"name": "انبار بزرگ", "kind": "charity", "active": "on"})
    store.refresh_from_db()
    assert (store.name, store.kind) == ("انبار بزرگ", "charity")


@pytest.mark.parametrize("name", ["count-start", "goods-reject", "count-enter", "count-confirm", "count-give-up"])
def test_act_is_not_done_by_looking(keeper: Client, name: str) -> None:
    assert keeper.get(url(name, uuid7())).status_code == 405
