"""Goods bought with money that was decided on for them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.commands.lots import refuse_closed, refuse_expiry, store_lot
from hamafza.distribution.commands.movements import refuse_foreign, refuse_none
from hamafza.distribution.models import Lot, Warehouse
from hamafza.giving.commands.allocations import lock_allocation, spend
from hamafza.giving.models import Allocation, Item
from hamafza.giving.queries.allocations import left_of
from hamafza.ledger.choices import EntryKind, Movement
from hamafza.ledger.commands.hands import require_other_hands
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.postings import bought

#: What an entry of a purchase names as its source, with the key of the lot.
LOT_SOURCE = "lot"


def buy_goods(
    allocation: Allocation,
    *,
    item: Item,
    quantity: int,
    amount: int,
    warehouse: Warehouse,
    expires_on: date | None,
    by: Actor,
    key: UUID,
    seller: UUID | None = None,
) -> Lot:
    """Goods bought for ``amount`` rial out of an approved allocation come into a store, and the purchase into the books.

    Never more than is left of the allocation. Whoever asked for the money or approved it does not take the goods in.
    """
    require(by, Permission.KEEP_STOCK, county=allocation.county_id)
    asked = {
        "allocation": allocation.pk,
        "item": item.pk,
        "quantity": quantity,
        "amount": amount,
        "to": warehouse.pk,
        "expires_on": expires_on,
        "seller": seller,
    }

    def buy() -> Lot:
        decided = _lock(allocation, amount)
        refuse_foreign(decided.county_id, warehouse)
        refuse_closed(warehouse)
        refuse_none(quantity)
        if item.county_id != decided.county_id:
            raise Refusal(_("Choose an item of this county."), code="other_county", field="item")
        refuse_expiry(item, expires_on)
        earlier = [decided.requested_by_id, decided.approved_by_id]
        require_other_hands(decided.county_id, movement=Movement.STOCK, rial=amount, by=by, earlier=earlier)
        lot = store_lot(
            item,
            warehouse,
            fund=decided.fund_id,
            quantity=quantity,
            value_rial=amount,
            expires_on=expires_on,
            kind=MovementKind.IN,
            source=("allocation", decided.pk),
            by=by,
            purchase=decided,
        )
        spend(decided, amount)
        post_entry(
            decided.county_id,
            kind=EntryKind.PURCHASE,
            on=clock.today(),
            lines=bought(decided.fund_id, amount, seller=seller),
            source=(LOT_SOURCE, lot.pk),
            by=by,
            description=decided.what,
        )
        return lot

    with transaction.atomic():
        return once(allocation.county_id, key=key, asked=asked, by=by, act=buy)


def _lock(allocation: Allocation, amount: int) -> Allocation:
    """The approved allocation, locked, with so much left."""
    if amount <= 0:
        raise Refusal(_("Write what was paid."), code="nothing", field="amount")
    locked = lock_allocation(allocation)
    left = left_of(locked)
    if amount > left:
        raise Refusal(
            _("Of this allocation %(left)s rials are left. Buy for less, or have more allocated.")
            % {"left": wording.number(left)},
            code="allocation_spent",
            field="amount",
        )
    return locked
