"""The stores of a county."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.core.persian import normalize
from hamafza.distribution.choices import WarehouseKind
from hamafza.distribution.models import LotBalance, Warehouse


@dataclass(frozen=True, slots=True)
class StoreDetails:
    """What is said of a store."""

    name: str
    kind: str = WarehouseKind.WAREHOUSE
    address: str = ""
    active: bool = True


@transaction.atomic
def keep_warehouse(county: str, *, details: StoreDetails, by: Actor, warehouse: Warehouse | None = None) -> Warehouse:
    """Add a store, or correct one. Only an empty store goes out of use; it is never removed."""
    require(by, Permission.KEEP_STOCK, place=county)
    kept = Warehouse(county_id=county) if warehouse is None else _locked(county, warehouse)
    name = normalize(details.name)
    if not name:
        raise Refusal(_("Write what the store is called."), code="no_name", field="name")
    if Warehouse.objects.filter(county_id=county, name=name).exclude(pk=kept.pk).exists():
        raise Refusal(_("Another store has this name."), code="name_taken", field="name")
    if not details.active and LotBalance.objects.filter(warehouse=kept, on_hand__gt=0).exists():
        raise Refusal(
            _("Goods lie in this store. Move them first; then it can go out of use."), code="not_empty", field="active"
        )
    kept.name, kept.kind, kept.address, kept.active = name, details.kind, normalize(details.address), details.active
    kept.save(force_insert=warehouse is None)
    return kept


def _locked(county: str, warehouse: Warehouse) -> Warehouse:
    return Warehouse.objects.select_for_update(of=("self",)).get(county_id=county, pk=warehouse.pk)
