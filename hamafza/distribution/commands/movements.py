"""The one way in which goods move: a movement is written, the database keeps the balance and has the last word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.models import Lot, LotBalance, Movement, Warehouse
from hamafza.distribution.queries.stock import counted_on
from hamafza.ledger.choices import EntryKind
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.postings import Posting, goods_lost, goods_out

#: What a movement is about: its kind and its id, such as ("round", pk).
Source = tuple[str, UUID]


def move(
    lot: Lot,
    warehouse: Warehouse,
    kind: MovementKind,
    *,
    source: Source,
    by: Actor,
    quantity: int = 0,
    reserved: int = 0,
    reason: str = "",
    on: date | None = None,
) -> Movement:
    """Write one movement. Who may, and whether so much is there, the caller has looked at under a lock."""
    day = on or clock.today()
    refuse_day(warehouse, day)
    return Movement.objects.create(
        county_id=lot.county_id,
        lot=lot,
        warehouse=warehouse,
        kind=kind,
        quantity=quantity,
        reserved=reserved,
        on=day,
        source_type=source[0],
        source_id=source[1],
        reason=reason[:200],
        by_id=by.user_id,
        at=clock.now(),
    )


def refuse_day(warehouse: Warehouse, day: date) -> None:
    """Refuse a day to come, and one before the store was last counted (S6)."""
    if day > clock.today():
        raise Refusal(_("This day has not come yet."), code="future_day", field="on")
    counted = counted_on(warehouse)
    if counted is not None and day < counted:
        raise Refusal(
            _("This store was counted on %(day)s. Give a later day; what is wrong from before, a new count puts right.")
            % {"day": wording.long_date(counted)},
            code="before_count",
            field="on",
        )


def lock_balances(county: str, *, lots: Iterable[UUID] = (), items: Iterable[UUID] = ()) -> list[LotBalance]:
    """What lies where of these lots or items, locked until the transaction ends, in one order for everybody."""
    wanted = Q(lot__in=list(lots)) | Q(lot__item__in=list(items))
    found = LotBalance.objects.filter(wanted, county_id=county).select_for_update(of=("self",))
    return list(found.select_related("lot", "warehouse").order_by("id"))


def free_in(lot: Lot, warehouse: Warehouse) -> int:
    """Units of a lot that lie in a store and are promised to no round; the balance is locked."""
    balances = lock_balances(lot.county_id, lots=[lot.pk])
    return next((one.on_hand - one.reserved for one in balances if one.warehouse_id == warehouse.pk), 0)


def require_free(lot: Lot, warehouse: Warehouse, quantity: int) -> None:
    """Refuse to take less than one, or more than is free: of two who want the last unit, one hears this."""
    refuse_none(quantity)
    free = free_in(lot, warehouse)
    if quantity > free:
        raise Refusal(
            _("Of lot %(lot)s only %(free)s are free in %(store)s. Take fewer, or choose another lot.")
            % {"lot": lot.code, "free": wording.number(free), "store": warehouse.name},
            code="not_free",
            field="quantity",
        )


def refuse_none(quantity: int) -> None:
    if quantity <= 0:
        raise Refusal(_("Write how many, one or more."), code="nothing", field="quantity")


def refuse_foreign(county: str, *owned: Lot | Warehouse) -> None:
    """Refuse lots and stores of another county (S2)."""
    if any(one.county_id != county for one in owned):
        raise Refusal(_("Goods do not leave their county. Choose a store of this county."), code="other_county")


def write_out(lot: Lot, quantity: int, *, source: Source, by: Actor, description: str = "") -> None:
    """Goods have reached a household, at their value, in the books; with a negative quantity they came back."""
    _book(lot, goods_out(lot.fund_id, lot.unit_value_rial * quantity), source=source, by=by, description=description)


def write_off(lot: Lot, quantity: int, *, source: Source, by: Actor, description: str = "") -> None:
    """Goods are lost, at their value, in the books: aid to nobody. With a negative quantity they turned up."""
    _book(lot, goods_lost(lot.fund_id, lot.unit_value_rial * quantity), source=source, by=by, description=description)


def _book(lot: Lot, lines: list[Posting], *, source: Source, by: Actor, description: str) -> None:
    """Goods without a value move nothing in the books."""
    if any(line.amount for line in lines):
        post_entry(
            lot.county_id,
            kind=EntryKind.IN_KIND_OUT,
            on=clock.today(),
            lines=lines,
            source=source,
            by=by,
            description=description,
        )
