"""A lot comes into being: with its code, and with its first movement."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.distribution.choices import MovementKind
from hamafza.distribution.codes import new_lot_code
from hamafza.distribution.commands.movements import Source, move
from hamafza.distribution.models import KitVersion, Lot, Warehouse
from hamafza.giving.models import Allocation, Disbursement, DonationLine, Item


def store_lot(
    item: Item,
    warehouse: Warehouse,
    *,
    fund: UUID,
    quantity: int,
    value_rial: int,
    expires_on: date | None,
    kind: MovementKind,
    source: Source,
    by: Actor,
    on: date | None = None,
    donation_line: DonationLine | None = None,
    purchase: Allocation | None = None,
    payment: Disbursement | None = None,
    kit_version: KitVersion | None = None,
) -> Lot:
    """Put ``quantity`` units worth ``value_rial`` together into a store, as a lot with exactly one origin.

    A unit is worth whole rials; what the division leaves over stays on the books as goods in stock.
    """
    lot = Lot.objects.create(
        county_id=item.county_id,
        code=new_lot_code(),
        item=item,
        fund_id=fund,
        donation_line=donation_line,
        purchase=purchase,
        payment=payment,
        kit_version=kit_version,
        expires_on=expires_on,
        unit_value_rial=value_rial // quantity,
        created_at=clock.now(),
        created_by_id=by.user_id,
    )
    move(lot, warehouse, kind, source=source, by=by, quantity=quantity, on=on)
    return lot


def refuse_expiry(item: Item, expires_on: date | None) -> None:
    """Goods that spoil have an expiry date, and what has expired is not taken in."""
    if item.perishable and expires_on is None:
        raise Refusal(_("Write the expiry date on the package."), code="no_expiry", field="expires_on")
    if expires_on is not None and expires_on < clock.today():
        raise Refusal(
            _("This has expired already and is not taken in. Reject the delivery instead."),
            code="expired",
            field="expires_on",
        )


def refuse_closed(warehouse: Warehouse) -> None:
    """Nothing new comes into a store that is out of use."""
    if not warehouse.active:
        raise Refusal(_("This store is not in use any more. Choose another."), code="store_closed", field="warehouse")
