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
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.flow import Flow, require_step
from hamafza.core.scope import counties
from hamafza.distribution.choices import LossState, MovementKind
from hamafza.distribution.commands.movements import (
    Source,
    lock_balances,
    move,
    refuse_foreign,
    require_free,
    write_off,
)
from hamafza.distribution.models import Loss, Lot, LotBalance, Movement, Warehouse
from hamafza.distribution.queries.losses import LOSS, gone_by_one, hands_of_lot
from hamafza.distribution.worth import worth_of
from hamafza.ledger.choices import Movement as Step
from hamafza.ledger.commands.hands import threshold_of
from hamafza.ledger.commands.once import once

LOSS_FLOW: Flow = {
    LossState.ASKED: frozenset({LossState.CONFIRMED, LossState.REFUSED}),
    LossState.CONFIRMED: frozenset(),
    LossState.REFUSED: frozenset(),
}


def waste(
    lot: Lot, warehouse: Warehouse, *, quantity: int, reason: str, by: Actor, key: UUID, on: date | None = None
) -> Movement:
    """Units are spoilt or lost: they leave the stock with a reason. Only what is free; a round's goods are freed first.

    Only what one person may write off alone (`is_for_one`); more is asked for with `ask_write_off`.
    """
    require(by, Permission.KEEP_STOCK, place=lot.county_id)
    asked = {"waste": lot.pk, "from": warehouse.pk, "quantity": quantity, "reason": reason, "on": on}

    def write() -> Movement:
        gone = waste_goods(lot, warehouse, quantity, reason=reason, source=("waste", key), by=by, on=on)
        refuse_alone(lot)
        return gone

    with transaction.atomic():
        return once(lot.county_id, key=key, asked=asked, by=by, act=write)


def is_for_one(lot: Lot, *, more: int = 0) -> bool:
    """Whether what is gone of a lot by one hand alone, with ``more`` units, is worth no more than the threshold.

    All units of the lot count together: a large loss in small parts is a large loss.
    """
    worth = worth_of([(gone_by_one(lot) + more, lot.unit_value_rial)])
    return worth is not None and worth <= threshold_of(lot.county_id, Step.STOCK)


def refuse_alone(lot: Lot) -> None:
    """Refuse when, with the last units, more of the lot is gone by one hand alone than the threshold allows."""
    if not is_for_one(lot):
        raise Refusal(
            _(
                "This is worth more than one person may write off alone. Report it as spoilt or lost; somebody confirms it."
            ),
            code="second_hand",
            field="quantity",
        )


def ask_write_off(lot: Lot, warehouse: Warehouse, *, quantity: int, reason: str, by: Actor, key: UUID) -> Loss:
    """Report units as spoilt or lost. They stay in stock until somebody else has confirmed it."""
    require(by, Permission.KEEP_STOCK, place=lot.county_id)
    asked = {"loss": lot.pk, "from": warehouse.pk, "quantity": quantity, "reason": reason}

    def ask() -> Loss:
        refuse_foreign(lot.county_id, warehouse)
        _refuse_unexplained(reason)
        require_free(lot, warehouse, quantity)
        return Loss.objects.create(
            county_id=lot.county_id,
            lot=lot,
            warehouse=warehouse,
            quantity=quantity,
            reason=reason.strip()[:200],
            asked_by_id=by.user_id,
            asked_at=clock.now(),
        )

    with transaction.atomic():
        return once(lot.county_id, key=key, asked=asked, by=by, act=ask)


@transaction.atomic
def confirm_loss(loss: Loss, *, by: Actor) -> Loss:
    """Somebody who has had nothing to do with the lot has looked: the units leave the stock and the books."""
    require(by, Permission.CONFIRM_COUNT, place=loss.county_id)
    locked = _lock(loss, after=LossState.CONFIRMED)
    if by.user_id is None or by.user_id in hands_of_lot(locked.lot) | {locked.asked_by_id}:
        raise Refusal(
            _("You have reported this or moved goods of this lot yourself. Somebody else must confirm it."),
            code="same_hands",
        )
    waste_goods(locked.lot, locked.warehouse, locked.quantity, reason=locked.reason, source=(LOSS, locked.pk), by=by)
    return _decide(locked, LossState.CONFIRMED, by=by)


@transaction.atomic
def refuse_loss(loss: Loss, *, reason: str, by: Actor) -> Loss:
    """The goods are there, or the reason does not hold: nothing is written off."""
    require(by, Permission.CONFIRM_COUNT, place=loss.county_id)
    locked = _lock(loss, after=LossState.REFUSED)
    if by.user_id is None or by.user_id == locked.asked_by_id:
        raise Refusal(_("Whoever reported a loss does not decide on it. Somebody else must."), code="same_hands")
    if not reason.strip():
        raise Refusal(_("Say why this is not confirmed."), code="no_reason", field="reason")
    locked.answer = reason.strip()[:200]
    return _decide(locked, LossState.REFUSED, by=by)


def _lock(loss: Loss, *, after: LossState) -> Loss:
    locked = Loss.objects.select_for_update(of=("self",)).select_related("lot", "warehouse").get(pk=loss.pk)
    require_step(LOSS_FLOW, before=locked.state, after=after)
    return locked


def _decide(locked: Loss, state: LossState, *, by: Actor) -> Loss:
    locked.state, locked.decided_by_id, locked.decided_at = state, by.user_id, clock.now()
    locked.save()
    return locked


def _refuse_unexplained(reason: str) -> None:
    if not reason.strip():
        raise Refusal(_("Say how they were spoilt or lost."), code="no_reason", field="reason")


def waste_goods(
    lot: Lot, warehouse: Warehouse, quantity: int, *, reason: str, source: Source, by: Actor, on: date | None = None
) -> Movement:
    """The same as a part of another act, such as goods that were lost on the way."""
    refuse_foreign(lot.county_id, warehouse)
    _refuse_unexplained(reason)
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
