"""Keep the catalogue of items."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.core.persian import normalize
from hamafza.giving.models import Item
from hamafza.giving.queries.items import item_by_name
from hamafza.giving.rules import ITEM_KEEPERS, permission_among
from hamafza.needs.choices import Domain


@dataclass(frozen=True, slots=True)
class ItemDetails:
    """What is said of an item; ``unit_value_rial`` is what one is worth, in rial, for estimates alone."""

    name: str
    unit: str
    domain: str = Domain.LIVELIHOOD
    is_kit: bool = False
    perishable: bool = False
    unit_value_rial: int = 0
    active: bool = True


@transaction.atomic
def keep_item(county: str, *, details: ItemDetails, by: Actor, item: Item | None = None) -> Item:
    """Put an item into the catalogue, or correct ``item``; whether it is a kit stays as it was.

    Raises `Refusal` ``item_on_file`` when another item has the name, however it is spelt.
    """
    require(by, permission_among(by, ITEM_KEEPERS, county=county), place=county)
    kept = Item(county_id=county, is_kit=details.is_kit) if item is None else _locked(county, item)
    name, unit = normalize(details.name), normalize(details.unit)
    _check(county, kept, details, name=name, unit=unit)
    kept.name, kept.unit, kept.domain = name, unit, details.domain
    kept.perishable, kept.unit_value_rial, kept.active = details.perishable, details.unit_value_rial, details.active
    kept.save(force_insert=item is None)
    return kept


def _locked(county: str, item: Item) -> Item:
    return Item.objects.select_for_update().get(county_id=county, pk=item.pk)


def _check(county: str, item: Item, details: ItemDetails, *, name: str, unit: str) -> None:
    if not name:
        raise Refusal(_("Write what the item is called."), code="no_name", field="name")
    if not unit:
        raise Refusal(_("Write in which unit it is counted, such as package or piece."), code="no_unit", field="unit")
    if details.domain not in Domain.values:
        raise Refusal(_("Choose for which need it is."), code="no_domain", field="domain")
    if details.unit_value_rial < 0:
        raise Refusal(_("A value is not below zero."), code="negative_value", field="unit_value_rial")
    twin = item_by_name(county, name)
    if twin is not None and twin.pk != item.pk:
        raise Refusal(
            _("“%(name)s” is in the catalogue already. Change that one instead.") % {"name": twin.name},
            code="item_on_file",
            field="name",
        )
