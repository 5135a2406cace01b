"""From one store of the county to another."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.commands.losses import refuse_alone, waste_goods
from hamafza.distribution.commands.movements import move, refuse_foreign, require_free
from hamafza.distribution.models import Lot, Movement, Warehouse
from hamafza.ledger.commands.once import once


def move_stock(
    lot: Lot,
    *,
    source: Warehouse,
    target: Warehouse,
    quantity: int,
    by: Actor,
    key: UUID,
    lost: int = 0,
    reason: str = "",
) -> Movement:
    """Bring ``quantity`` free units to another store; ``lost`` of them did not arrive, for a reason.

    More than one person may write off alone is not lost on the way: it is brought, then reported (`ask_write_off`).

    Answers the movement into the target.
    """
    require(by, Permission.KEEP_STOCK, place=lot.county_id)
    asked = {"lot": lot.pk, "from": source.pk, "to": target.pk, "quantity": quantity, "lost": lost, "reason": reason}

    def bring() -> Movement:
        refuse_foreign(lot.county_id, source, target)
        _refuse_impossible(source, target, quantity, lost)
        require_free(lot, source, quantity)
        way = ("transfer", key)
        move(lot, source, MovementKind.TRANSFER_OUT, source=way, by=by, quantity=-quantity)
        there = move(lot, target, MovementKind.TRANSFER_IN, source=way, by=by, quantity=quantity)
        if lost:
            waste_goods(lot, target, lost, reason=reason, source=way, by=by)
            refuse_alone(lot)
        return there

    with transaction.atomic():
        return once(lot.county_id, key=key, asked=asked, by=by, act=bring)


def _refuse_impossible(source: Warehouse, target: Warehouse, quantity: int, lost: int) -> None:
    if source.pk == target.pk:
        raise Refusal(_("Choose another store than the one it lies in."), code="same_store", field="target")
    if not target.active:
        raise Refusal(_("This store is not in use any more. Choose another."), code="store_closed", field="target")
    if not 0 <= lost <= quantity:
        raise Refusal(_("No more can be lost than were on the way."), code="lost_too_many", field="lost")
