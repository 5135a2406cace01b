"""Counts of a store: one counts, another confirms, and what differs is booked (S6, S8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock, wording
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.distribution.choices import CountState, MovementKind
from hamafza.distribution.commands.movements import lock_balances, move, refuse_foreign, write_off
from hamafza.distribution.models import Lot, LotBalance, StockCount, StockCountLine, Warehouse

SOURCE = "stockcount"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a lot; ``counted`` None: not looked at yet."""

    lot: Lot
    counted: int | None
    reason: str = ""


@transaction.atomic
def start_count(warehouse: Warehouse, *, by: Actor) -> StockCount:
    """Open a count with a line for every lot the books have in the store. One at a time in a store."""
    require(by, Permission.KEEP_STOCK, place=warehouse.county_id)
    Warehouse.objects.select_for_update(of=("self",)).get(pk=warehouse.pk)
    if StockCount.objects.filter(warehouse=warehouse).exclude(state=CountState.FINALIZED).exists():
        raise Refusal(_("This store is being counted already. Finish that count first."), code="being_counted")
    count = StockCount.objects.create(
        county_id=warehouse.county_id, warehouse=warehouse, on=clock.today(), counted_by_id=by.user_id, at=clock.now()
    )
    there = LotBalance.objects.filter(warehouse=warehouse, on_hand__gt=0).order_by("lot_id")
    insert_all(
        [
            StockCountLine(county_id=count.county_id, count=count, lot_id=one.lot_id, book=one.on_hand, counted=None)
            for one in there
        ]
    )
    return count


@transaction.atomic
def enter_count(count: StockCount, *, found: Iterable[Found], by: Actor) -> StockCount:
    """Write down what was found. A lot the books do not have in this store may be counted too (S8).

    What the books say is read anew at this moment, so goods may move before the count is confirmed.
    """
    require(by, Permission.KEEP_STOCK, place=count.county_id)
    locked = _lock(count)
    entries = list(found)
    books = _books(locked.warehouse, [one.lot for one in entries])
    for one in entries:
        refuse_foreign(locked.county_id, one.lot)
        if one.counted is not None and one.counted < 0:
            raise Refusal(_("A count is not below zero."), code="negative", field="counted")
        said = {
            "book": books.get(one.lot.pk, 0),
            "counted": one.counted,
            "counted_by_id": by.user_id,
            "reason": one.reason.strip()[:200],
        }
        StockCountLine.objects.update_or_create(
            count=locked, lot=one.lot, defaults=said, create_defaults={**said, "county_id": locked.county_id}
        )
    locked.on, locked.counted_by_id = clock.today(), by.user_id
    locked.save(update_fields=["on", "counted_by"])
    return locked


@transaction.atomic
def confirm_count(count: StockCount, *, by: Actor) -> StockCount:
    """Somebody else confirms: what differs is booked, the count is closed for ever, nothing is dated before it."""
    require(by, Permission.CONFIRM_COUNT, place=count.county_id)
    locked = _lock(count)
    lines = list(locked.lines.select_related("lot").order_by("lot_id"))
    if by.user_id is None or by.user_id in {locked.counted_by_id, *(line.counted_by_id for line in lines)}:
        raise Refusal(_("Whoever counted does not confirm the count. Somebody else must."), code="same_hands")
    if any(line.counted is None for line in lines):
        raise Refusal(_("Not every lot has been counted yet."), code="not_counted")
    balances = {
        one.lot_id: one
        for one in lock_balances(locked.county_id, lots=[line.lot_id for line in lines])
        if one.warehouse_id == locked.warehouse_id
    }
    for line in lines:
        _adjust(locked, line, balances.get(line.lot_id), by=by)
    locked.state, locked.confirmed_by_id, locked.finalized_at = CountState.FINALIZED, by.user_id, clock.now()
    locked.save(update_fields=["state", "confirmed_by", "finalized_at"])
    return locked


@transaction.atomic
def give_up_count(count: StockCount, *, by: Actor) -> None:
    """A count that was not confirmed is given up; it leaves nothing behind."""
    require(by, Permission.KEEP_STOCK, place=count.county_id)
    locked = _lock(count)
    locked.lines.all().delete()
    locked.delete()


def _adjust(count: StockCount, line: StockCountLine, balance: LotBalance | None, *, by: Actor) -> None:
    difference = (line.counted or 0) - line.book
    if not difference:
        return
    on_hand, reserved = (balance.on_hand, balance.reserved) if balance else (0, 0)
    if on_hand + difference < reserved:
        raise Refusal(
            _(
                "Of lot %(lot)s %(reserved)s are set aside for rounds, more than were found. Free them in the round first."
            )
            % {"lot": line.lot.code, "reserved": wording.number(reserved)},
            code="reserved_is_missing",
        )
    move(
        line.lot,
        count.warehouse,
        MovementKind.COUNT,
        source=(SOURCE, count.pk),
        by=by,
        quantity=difference,
        reason=line.reason,
    )
    write_off(line.lot, -difference, source=(SOURCE, count.pk), by=by, description=line.reason)


def _lock(count: StockCount) -> StockCount:
    locked = StockCount.objects.select_for_update(of=("self",)).select_related("warehouse").get(pk=count.pk)
    if locked.state == CountState.FINALIZED:
        raise Refusal(_("This count is closed. What is wrong, a new count puts right."), code="count_closed")
    return locked


def _books(warehouse: Warehouse, lots: list[Lot]) -> dict[UUID, int]:
    balances = lock_balances(warehouse.county_id, lots=[lot.pk for lot in lots])
    return {one.lot_id: one.on_hand for one in balances if one.warehouse_id == warehouse.pk}
