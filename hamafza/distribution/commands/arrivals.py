"""Goods of a gift arrive at a store: announced, counted in as lots, or turned away (تحویل‌گیری کالا)."""

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
from hamafza.distribution.choices import ArrivalState, MovementKind
from hamafza.distribution.commands.lots import refuse_closed, refuse_expiry, store_lot
from hamafza.distribution.commands.movements import refuse_foreign, refuse_none
from hamafza.distribution.models import Arrival, Lot, Warehouse
from hamafza.distribution.queries.stock import received_of, rejected_of
from hamafza.giving.choices import DonationState, GiftKind
from hamafza.giving.models import DonationLine
from hamafza.ledger.choices import EntryKind, Movement
from hamafza.ledger.commands.hands import require_other_hands
from hamafza.ledger.commands.once import once
from hamafza.ledger.commands.post import post_entry
from hamafza.ledger.postings import goods_lost


@transaction.atomic
def announce_arrival(line: DonationLine, *, warehouse: Warehouse, quantity: int, by: Actor) -> Arrival:
    """The giver says that so many units will come to this store."""
    require(by, Permission.KEEP_STOCK, place=line.county_id)
    line = _lock(line)
    refuse_foreign(line.county_id, warehouse)
    refuse_none(quantity)
    _refuse_surplus(line, quantity)
    return Arrival.objects.create(
        county_id=line.county_id, donation_line=line, warehouse=warehouse, announced=quantity, at=clock.now()
    )


def receive_goods(
    donation_line: DonationLine,
    *,
    warehouse: Warehouse,
    quantity: int,
    expires_on: date | None,
    by: Actor,
    key: UUID,
    on: date | None = None,
) -> Lot:
    """Count units of a confirmed gift into a store, as one lot.

    What is still to come may come later; more than the gift says is refused (``surplus``): it is a gift of its own.
    """
    require(by, Permission.KEEP_STOCK, place=donation_line.county_id)
    asked = {
        "line": donation_line.pk,
        "to": warehouse.pk,
        "quantity": quantity,
        "expires_on": expires_on,
        "on": on,
    }

    def take_in() -> Lot:
        line = _lock(donation_line)
        refuse_foreign(line.county_id, warehouse)
        refuse_closed(warehouse)
        refuse_none(quantity)
        _refuse_surplus(line, quantity)
        item = line.item
        assert item is not None  # noqa: S101 - goods are of an item, the database sees to it
        refuse_expiry(item, expires_on)
        value = _value(line, quantity)
        confirmer = line.donation.confirmed_by_id
        require_other_hands(line.county_id, movement=Movement.STOCK, rial=value, by=by, earlier=[confirmer])
        lot = store_lot(
            item,
            warehouse,
            fund=line.fund_id,
            quantity=quantity,
            value_rial=value,
            expires_on=expires_on,
            kind=MovementKind.IN,
            source=("donationline", line.pk),
            by=by,
            on=on,
            donation_line=line,
        )
        _settle(line, warehouse, quantity, by=by)
        return lot

    with transaction.atomic():
        return once(donation_line.county_id, key=key, asked=asked, by=by, act=take_in)


@transaction.atomic
def reject_arrival(line: DonationLine, *, warehouse: Warehouse, reason: str, by: Actor) -> Arrival:
    """Goods of a gift are not taken in: spoilt, expired, not what was said. Nothing comes into stock.

    All that was still to come is turned away, and its value leaves the books into which the confirmation put it.
    """
    require(by, Permission.KEEP_STOCK, place=line.county_id)
    line = _lock(line)
    refuse_foreign(line.county_id, warehouse)
    if not reason.strip():
        raise Refusal(_("Say why the goods are not taken in."), code="no_reason", field="reason")
    left = _left(line)
    if left <= 0:
        raise Refusal(_("All of this gift has come in already."), code="nothing_to_come")
    arrival = _announced(line, warehouse) or Arrival(
        county_id=line.county_id, donation_line=line, warehouse=warehouse, announced=left
    )
    arrival.state, arrival.reason, arrival.rejected = ArrivalState.REJECTED, reason.strip()[:200], left
    arrival.received_by_id, arrival.at = by.user_id, clock.now()
    arrival.save()
    _write_out(line, arrival, by=by)
    return arrival


def _write_out(line: DonationLine, arrival: Arrival, *, by: Actor) -> None:
    """What was turned away is lost to its fund; no household has it."""
    value = line.amount - _value(line, (line.quantity or 0) - arrival.rejected)
    if value and line.fund_id is not None:
        post_entry(
            line.county_id,
            kind=EntryKind.IN_KIND_OUT,
            on=clock.today(),
            lines=goods_lost(line.fund_id, value),
            source=("arrival", arrival.pk),
            by=by,
            description=arrival.reason,
        )


def _left(line: DonationLine) -> int:
    """Units that are still to come: neither in a store nor turned away."""
    return (line.quantity or 0) - received_of(line.pk) - rejected_of(line.pk)


def _lock(line: DonationLine) -> DonationLine:
    """The line, locked: what is still to come of it does not change meanwhile. Of a confirmed gift of goods only."""
    locked = DonationLine.objects.select_for_update(of=("self",)).select_related("donation", "item").get(pk=line.pk)
    if locked.kind != GiftKind.GOODS:
        raise Refusal(_("This is not a gift of goods."), code="not_goods")
    if locked.donation.state != DonationState.CONFIRMED:
        raise Refusal(
            _("This gift is not confirmed. The accountant confirms it first; then it is taken into the store."),
            code="not_confirmed",
        )
    return locked


def _value(line: DonationLine, quantity: int) -> int:
    """The part of the gift's value that these units have, in rial."""
    return line.amount * quantity // (line.quantity or 1)


def _refuse_surplus(line: DonationLine, quantity: int) -> None:
    left = _left(line)
    if quantity > left:
        raise Refusal(
            _(
                "Of this gift %(left)s are still to come: that is %(more)s fewer than these."
                " Take those in, and have the others registered as a gift of their own."
            )
            % {"left": wording.number(left), "more": wording.number(quantity - left)},
            code="surplus",
            field="quantity",
        )


def _announced(line: DonationLine, warehouse: Warehouse) -> Arrival | None:
    return Arrival.objects.filter(donation_line=line, warehouse=warehouse, state=ArrivalState.ANNOUNCED).first()


def _settle(line: DonationLine, warehouse: Warehouse, quantity: int, *, by: Actor) -> None:
    """The announcement that waited for these goods is settled; without one, their arrival is written down now."""
    arrival = _announced(line, warehouse) or Arrival(
        county_id=line.county_id, donation_line=line, warehouse=warehouse, announced=quantity
    )
    whole = quantity >= arrival.announced and received_of(line.pk) == line.quantity
    arrival.received, arrival.state = quantity, ArrivalState.RECEIVED if whole else ArrivalState.INCOMPLETE
    arrival.received_by_id, arrival.at = by.user_id, clock.now()
    arrival.save()
