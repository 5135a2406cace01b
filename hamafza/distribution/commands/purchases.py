"""Goods that were bought come into a store: counted in against a payment that others asked for, approved and made."""

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
from hamafza.distribution.queries.purchases import PAID, left_to_take_in
from hamafza.giving.choices import PayMethod
from hamafza.giving.models import Disbursement, Item
from hamafza.ledger.choices import EntryKind, Movement
from hamafza.ledger.commands.hands import require_other_hands
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.postings import stocked

#: What an entry of a purchase names as its source, with the key of the lot.
LOT_SOURCE = "lot"


def buy_goods(
    payment: Disbursement,
    *,
    item: Item,
    quantity: int,
    amount: int,
    warehouse: Warehouse,
    expires_on: date | None,
    by: Actor,
    key: UUID,
) -> Lot:
    """Goods for which a seller was paid come into a store; ``amount`` rial of the payment were for these.

    Never more than the payment. Whoever asked for the money, approved it or paid does not take the goods in.
    """
    require(by, Permission.KEEP_STOCK, place=payment.county_id)
    asked = {
        "payment": payment.pk,
        "item": item.pk,
        "quantity": quantity,
        "amount": amount,
        "to": warehouse.pk,
        "expires_on": expires_on,
    }

    def buy() -> Lot:
        paid = _lock(payment, amount)
        decided = paid.allocation
        refuse_foreign(decided.county_id, warehouse)
        refuse_closed(warehouse)
        refuse_none(quantity)
        if item.county_id != decided.county_id:
            raise Refusal(_("Choose an item of this county."), code="other_county", field="item")
        refuse_expiry(item, expires_on)
        earlier = [
            decided.requested_by_id,
            decided.approved_by_id,
            paid.requested_by_id,
            paid.approved_by_id,
            paid.paid_by_id,
        ]
        require_other_hands(decided.county_id, movement=Movement.STOCK, rial=amount, by=by, earlier=earlier)
        lot = store_lot(
            item,
            warehouse,
            fund=decided.fund_id,
            quantity=quantity,
            value_rial=amount,
            expires_on=expires_on,
            kind=MovementKind.IN,
            source=("disbursement", paid.pk),
            by=by,
            purchase=decided,
            payment=paid,
        )
        post_entry(
            decided.county_id,
            kind=EntryKind.PURCHASE,
            on=clock.today(),
            lines=stocked(decided.fund_id, amount),
            source=(LOT_SOURCE, lot.pk),
            by=by,
            description=decided.what,
        )
        return lot

    with transaction.atomic():
        return once(payment.county_id, key=key, asked=asked, by=by, act=buy)


def refuse_return(payment: Disbursement) -> None:
    """A payment whose goods are in the store does not come back as if nothing had been bought."""
    if Lot.objects.filter(payment=payment).exists():
        raise Refusal(
            _(
                "Goods of this payment are in the store already. What the seller gives back is a gift of money of its own."
            ),
            code="goods_taken_in",
        )


def _lock(payment: Disbursement, amount: int) -> Disbursement:
    """The payment to a seller, locked, with so much of it not yet in the store."""
    if amount <= 0:
        raise Refusal(_("Write what was paid."), code="nothing", field="amount")
    locked = Disbursement.objects.select_for_update(of=("self",)).select_related("allocation").get(pk=payment.pk)
    if locked.state not in PAID or locked.method != PayMethod.SELLER or locked.allocation.need_id is not None:
        raise Refusal(
            _("These goods are not paid for yet. When the payer has paid the seller, take them in."), code="not_paid"
        )
    left = left_to_take_in(locked)
    if amount > left:
        raise Refusal(
            _("Of this payment goods for %(left)s rials are still to come. Write less, or have more paid.")
            % {"left": wording.number(left)},
            code="payment_used",
            field="amount",
        )
    return locked
