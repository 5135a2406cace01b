"""Goods set aside for a round, handed out, and taken back: what the commands of rounds and deliveries call.

Each asks for no right of its own: the act it belongs to (approving a round, delivering) has done so.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.distribution.binding import may_serve
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.commands.movements import (
    Source,
    lock_balances,
    move,
    refuse_foreign,
    refuse_none,
)
from hamafza.distribution.models import Lot, LotBalance, Movement, Round, RoundLot, Warehouse
from hamafza.distribution.queries.stock import ROUND, free_lots, set_aside_for
from hamafza.ledger.earmarks import earmark_of


@transaction.atomic
def reserve_for_round(going: Round, *, by: Actor, units: int | None = None) -> list[RoundLot]:
    """Set goods aside in the round's store, first expired first: for all its households, or so many ``units`` more.

    Goods that their givers bound to another purpose, group, need or time are passed over (`binding`).

    Of each lot whole packages are taken, so that what a household receives is of one lot. `Refusal` ``short_of_goods`` when fewer are free; nothing is reserved then.
    """
    wanted = going.planned * going.per_household if units is None else units
    refuse_none(wanted)
    lock_balances(going.county_id, items=[going.item_id])
    left = wanted
    for one in free_lots(going.county_id, going.item, going.warehouse, clock.today()):
        if not may_serve(earmark_of(one.lot.fund), going, on=clock.today()):
            continue
        taken = min(left, one.free // going.per_household * going.per_household)
        if taken:
            _reserve(one.lot, going, taken, by=by)
        left -= taken
    if left:
        raise Refusal(
            _("%(item)s in %(store)s: %(wanted)s are needed and only %(free)s are free. Pack or bring in more first.")
            % {
                "item": going.item.name,
                "store": going.warehouse.name,
                "wanted": wording.number(wanted),
                "free": wording.number(wanted - left),
            },
            code="short_of_goods",
        )
    return list(RoundLot.objects.filter(round=going).select_related("lot"))


@transaction.atomic
def release_from_round(going: Round, *, by: Actor) -> int:
    """Free whatever is still set aside for a round and was not handed out; answers how many units."""
    lock_balances(going.county_id, items=[going.item_id])
    aside = set_aside_for(going)
    lots = Lot.objects.in_bulk([lot for lot, _store in aside])
    stores = Warehouse.objects.in_bulk([store for _lot, store in aside])
    for (lot, store), units in aside.items():
        move(lots[lot], stores[store], MovementKind.RELEASE, source=(ROUND, going.pk), by=by, reserved=-units)
        _note(lots[lot], going, -units)
    return sum(aside.values())


@transaction.atomic
def issue(lot: Lot, warehouse: Warehouse, quantity: int, *, source: Source, by: Actor) -> Movement:
    """Hand out units that were set aside; ``source`` is ("delivery", pk). An expired lot is refused (S7)."""
    refuse_foreign(lot.county_id, warehouse)
    refuse_none(quantity)
    today = clock.today()
    if lot.expires_on is not None and lot.expires_on < today:
        raise Refusal(
            _("Lot %(lot)s expired on %(day)s and is not handed out. Have the storekeeper replace it.")
            % {"lot": lot.code, "day": wording.long_date(lot.expires_on)},
            code="expired",
        )
    balance = _balance(lot, warehouse)
    if balance is None or balance.reserved < quantity:
        raise Refusal(_("So many of lot %(lot)s are not set aside.") % {"lot": lot.code}, code="not_set_aside")
    return move(lot, warehouse, MovementKind.ISSUE, source=source, by=by, quantity=-quantity, reserved=-quantity)


@transaction.atomic
def return_goods(
    lot: Lot,
    warehouse: Warehouse,
    quantity: int,
    *,
    source: Source,
    by: Actor,
    reason: str = "",
    hold_for: Round | None = None,
) -> Movement:
    """Goods that were handed out under ``source`` came back, never more than went out.

    ``hold_for``: they stay set aside for the next household of that round, unless the lot has expired meanwhile.
    """
    refuse_foreign(lot.county_id, warehouse)
    refuse_none(quantity)
    _balance(lot, warehouse)
    moved = Movement.objects.filter(lot=lot, source_type=source[0], source_id=source[1])
    out = -sum(one.quantity for one in moved if one.kind in (MovementKind.ISSUE, MovementKind.RETURN))
    if quantity > out:
        raise Refusal(_("More would come back than was handed out."), code="returned_too_many", field="quantity")
    back = move(lot, warehouse, MovementKind.RETURN, source=source, by=by, quantity=quantity, reason=reason)
    if hold_for is not None and (lot.expires_on is None or lot.expires_on >= clock.today()):
        move(lot, warehouse, MovementKind.RESERVE, source=(ROUND, hold_for.pk), by=by, reserved=quantity)
    elif hold_for is not None:
        _note(lot, hold_for, -quantity)
    return back


def _reserve(lot: Lot, going: Round, units: int, *, by: Actor) -> None:
    move(lot, going.warehouse, MovementKind.RESERVE, source=(ROUND, going.pk), by=by, reserved=units)
    _note(lot, going, units)


def _note(lot: Lot, going: Round, units: int) -> None:
    """How many units of a lot are, or were, this round's."""
    row = RoundLot.objects.filter(round=going, lot=lot).first()
    quantity = (row.quantity if row else 0) + units
    if row is None:
        RoundLot.objects.create(county_id=going.county_id, round=going, lot=lot, quantity=quantity)
    elif quantity:
        row.quantity = quantity
        row.save(update_fields=["quantity"])
    else:
        row.delete()


def _balance(lot: Lot, warehouse: Warehouse) -> LotBalance | None:
    return next((one for one in lock_balances(lot.county_id, lots=[lot.pk]) if one.warehouse_id == warehouse.pk), None)
