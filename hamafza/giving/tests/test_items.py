"""The catalogue of items."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.errors import Refusal
from hamafza.core.scope import counties
from hamafza.giving.commands.items import ItemDetails, keep_item
from hamafza.giving.models import Item
from hamafza.giving.queries.items import item_by_name, items_of
from hamafza.giving.tests.factories_item import a_kit, an_item
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.GIVING_OFFICER, Role.STOREKEEPER])
def test_keep_item_by_its_keepers_puts_it_into_the_catalogue(county: Place, role: Role) -> None:
    kept = keep_item(county.pk, details=ItemDetails("برنج ۱۰ کیلویی", "كيسه", perishable=True), by=make_actor(role))
    assert list(items_of(county.pk)) == [kept]
    assert (kept.unit, kept.perishable, kept.is_kit) == ("کیسه", True, False)


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.DELIVERER, Role.BENEFACTOR])
def test_keep_item_by_another_role_is_refused(county: Place, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        keep_item(county.pk, details=ItemDetails("برنج", "کیسه"), by=make_actor(role))


def test_keep_item_of_a_name_on_file_however_spelt_is_refused(county: Place) -> None:
    an_item("بسته‌ی معیشتی")
    with pytest.raises(Refusal) as refused:
        keep_item(county.pk, details=ItemDetails("بسته ي معيشتي", "بسته"), by=make_actor(Role.GIVING_OFFICER))
    assert (refused.value.code, refused.value.field) == ("item_on_file", "name")


def test_keep_item_again_corrects_it_and_leaves_it_a_kit(county: Place) -> None:
    kit = a_kit()
    details = ItemDetails("بسته رمضان", "بسته", is_kit=False, unit_value_rial=9)
    kept = keep_item(county.pk, details=details, by=make_actor(Role.STOREKEEPER), item=kit)
    assert (kept.pk, kept.name, kept.is_kit, kept.unit_value_rial) == (kit.pk, "بسته رمضان", True, 9)


def test_items_of_leaves_out_those_out_of_use(county: Place) -> None:
    rice, old = an_item("برنج"), an_item("نفت", active=False)
    kit = a_kit()
    assert set(items_of(county.pk)) == {rice, kit}
    assert list(items_of(county.pk, kits=True)) == [kit]
    assert set(items_of(county.pk, with_old=True)) == {rice, kit, old}


def test_items_of_another_county_are_not_found(county: Place) -> None:
    far = an_item("برنج", county=FAR_COUNTY)
    with counties([COUNTY]):
        assert item_by_name(COUNTY, far.name) is None


def test_item_of_one_name_twice_is_refused_by_the_database(county: Place) -> None:
    an_item("برنج")
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.create(county=county, name="برنج", unit="کیسه")


def test_item_of_negative_value_is_refused_by_the_database(county: Place) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.create(county=county, name="برنج", unit="کیسه", unit_value_rial=-1)
