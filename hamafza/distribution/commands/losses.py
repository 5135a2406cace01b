"""What is spoilt, lost or expired leaves the stock, and the books at its value."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.core.scope import counties
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.commands.movements import (
    Source,
    lock_balances,
    move,
    refuse_foreign,
    require_free,
    write_off,
)
from hamafza.distribution.models import Lot, LotBalance, Movement, Warehouse
from hamafza.ledger.commands.once import once


def waste(
    lot: Lot, warehouse: Warehouse, *, quantity: int, reason: str, by: Actor, key: UUID, on: date | None = None
) -> Movement:
    """Units are spoilt or lost: they leave the stock with a reason. Only what is free; a round's goods are freed first."""
    require(by, Permission.KEEP_STOCK, county=lot.county_id)
    asked = {"waste": lot.pk, "from": warehouse.pk, "quantity": quantity, "reason": reason, "on": on}
    with transaction.atomic():
        return once(
            lot.county_id,
            key=key,
            asked=asked,
            by=by,
            act=lambda: waste_goods(lot, warehouse, quantity, reason=reason, source=("waste", key), by=by, on=on),
        )


def waste_goods(
    lot: Lot, warehouse: Warehouse, quantity: int, *, reason: str, source: Source, by: Actor, on: date | None = None
) -> Movement:
    """The same as a part of another act, such as goods that were lost on the way."""
    refuse_foreign(lot.county_id, warehouse)
    if not reason.strip():
        raise Refusal(_("Say how they were spoilt or lost."), code="no_reason", field="reason")
    require_free(lot, warehouse, quantity)
    gone = move(
        lot, warehouse, MovementKind.WASTE, source=source, by=by, quantity=-quantity, reason=reason.strip(), on=on
    )
    write_off(lot, quantity, source=("movement", gone.pk), by=by, description=reason.strip())
    return gone


def expire_lots(county: str, *, on: date, by: Actor) -> list[Movement]:
    """Take what has expired before ``on`` out of the stock. What a round holds goes when the round lets it go.

    Opens the county itself: for the housekeeping. Done again it finds nothing.
    """
    with counties([county]), transaction.atomic():
        stale = LotBalance.objects.filter(county_id=county, lot__expires_on__lt=on, on_hand__gt=F("reserved"))
        found = []
        for one in lock_balances(county, lots=stale.values_list("lot_id", flat=True)):
            free = one.on_hand - one.reserved
            if free:
                gone = move(
                    one.lot, one.warehouse, MovementKind.EXPIRE, source=("lot", one.lot_id), by=by, quantity=-free
                )
                write_off(one.lot, free, source=("movement", gone.pk), by=by, description=_("Expired"))
                found.append(gone)
        return found
