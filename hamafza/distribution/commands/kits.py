"""Kits: recipes that are never changed, only followed by the next; and packing by them (S2, S3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock, wording
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.commands.lots import refuse_closed, store_lot
from hamafza.distribution.commands.movements import Source, lock_balances, move, refuse_foreign, refuse_none
from hamafza.distribution.models import KitLine, KitVersion, Lot, LotSource, Movement, Warehouse
from hamafza.distribution.queries.kits import FundShare, Packable, packable
from hamafza.giving.models import Item
from hamafza.ledger.commands.once import once


@transaction.atomic
def add_kit_version(kit: Item, *, recipe: Mapping[Item, int], by: Actor, note: str = "") -> KitVersion:
    """Say what is in a kit from now on: so many of each item. Kits packed before keep the recipe they were packed by."""
    require(by, Permission.KEEP_STOCK, place=kit.county_id)
    kit = Item.objects.select_for_update().get(pk=kit.pk)
    _refuse_recipe(kit, recipe)
    last = KitVersion.objects.filter(kit=kit).order_by("-number").first()
    version = KitVersion.objects.create(
        county_id=kit.county_id,
        kit=kit,
        number=last.number + 1 if last else 1,
        note=note.strip()[:120],
        created_at=clock.now(),
        created_by_id=by.user_id,
    )
    insert_all(
        [
            KitLine(county_id=kit.county_id, version=version, item=item, quantity=quantity)
            for item, quantity in recipe.items()
        ]
    )
    return version


def _refuse_recipe(kit: Item, recipe: Mapping[Item, int]) -> None:
    if not kit.is_kit:
        raise Refusal(_("“%(name)s” is not a kit.") % {"name": kit.name}, code="not_a_kit")
    if not recipe:
        raise Refusal(_("Name at least one item that goes into the kit."), code="empty_recipe")
    if any(quantity <= 0 for quantity in recipe.values()):
        raise Refusal(_("Write how many, one or more."), code="nothing", field="quantity")
    if any(item.is_kit or item.county_id != kit.county_id for item in recipe):
        raise Refusal(_("A kit is packed of single items of this county, not of other kits."), code="kit_in_kit")


def pack_kits(
    county: str, *, kit_version: KitVersion, count: int, warehouse: Warehouse, by: Actor, key: UUID
) -> list[Lot]:
    """Pack ``count`` kits of what is free in a store, first expired first: one kit lot for each fund.

    A kit's goods are all of one fund; the kit lots keep their source lots and expire with the first of them. Refuses
    ``short_of_parts`` when fewer can be packed; nothing is packed then. Sent twice, it answers the same lots.
    """
    require(by, Permission.KEEP_STOCK, place=county)
    asked = {"kit": kit_version.pk, "count": count, "in": warehouse.pk}
    packing: Source = ("packing", key)

    def pack() -> Lot:
        refuse_foreign(county, warehouse)
        refuse_closed(warehouse)
        refuse_none(count)
        items = KitLine.objects.filter(version=kit_version).values_list("item_id", flat=True)
        lock_balances(county, items=items)
        possible = packable(kit_version, warehouse, on=clock.today())
        if count > possible.can_make:
            raise _short(kit_version, possible, count)
        return _pack_all(kit_version, possible, count, warehouse, source=packing, by=by)[0]

    with transaction.atomic():
        once(county, key=key, asked=asked, by=by, act=pack)
        packed = Movement.objects.filter(source_type="packing", source_id=key, kind=MovementKind.ASSEMBLE_IN)
        return [one.lot for one in packed.select_related("lot").order_by("id")]


def _short(version: KitVersion, possible: Packable, count: int) -> Refusal:
    short = [part.item.name for part in possible.parts if part.suffices_for < count]
    if short:
        sentence = _("Only %(can)s kits can be packed here. Short of: %(items)s.")
    else:
        sentence = _(
            "Only %(can)s kits can be packed here: there is enough in all, but it belongs to different funds,"
            " which are not mixed in one kit."
        )
    said = sentence % {"can": wording.number(possible.can_make), "items": "، ".join(short)}
    return Refusal(said, code="short_of_parts", field="count")


def _pack_all(
    version: KitVersion, possible: Packable, count: int, warehouse: Warehouse, *, source: Source, by: Actor
) -> list[Lot]:
    each = dict(KitLine.objects.filter(version=version).values_list("item_id", "quantity"))
    made, left = [], count
    for share in possible.shares:
        kits = min(left, share.can_make)
        if kits:
            made.append(_pack(version, share, kits, each, warehouse, source=source, by=by))
        left -= kits
    return made


def _pack(
    version: KitVersion,
    share: FundShare,
    kits: int,
    each: Mapping[UUID, int],
    warehouse: Warehouse,
    *,
    source: Source,
    by: Actor,
) -> Lot:
    """Kits of one fund's goods."""
    taken = _picked(share, kits, each)
    expiries = [lot.expires_on for lot, _units in taken if lot.expires_on is not None]
    for lot, units in taken:
        move(lot, warehouse, MovementKind.ASSEMBLE_OUT, source=source, by=by, quantity=-units)
    packed = store_lot(
        version.kit,
        warehouse,
        fund=share.fund,
        quantity=kits,
        value_rial=sum(lot.unit_value_rial * units for lot, units in taken),
        expires_on=_earliest(expiries),
        kind=MovementKind.ASSEMBLE_IN,
        source=source,
        by=by,
        kit_version=version,
    )
    insert_all(
        [LotSource(county_id=packed.county_id, kit_lot=packed, source_lot=lot, quantity=units) for lot, units in taken]
    )
    return packed


def _picked(share: FundShare, kits: int, each: Mapping[UUID, int]) -> list[tuple[Lot, int]]:
    taken = []
    for item, quantity in each.items():
        left = quantity * kits
        for one in share.lots[item]:
            units = min(left, one.free)
            if units:
                taken.append((one.lot, units))
            left -= units
    return taken


def _earliest(days: list[date]) -> date | None:
    return min(days, default=None)
