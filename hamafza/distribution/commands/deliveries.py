"""What happens at the door: delivered with a proof, absent, refused, taken back, given to the next family.

A delivery is one transaction: goods leave the stock and the books, the need is met, the aid is on record, or none of it.
"""

from __future__ import annotations

import io
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.distribution.choices import EntryState, Proof, RoundState
from hamafza.distribution.commands import round_goods
from hamafza.distribution.commands.delivery_code import send_code, try_code
from hamafza.distribution.commands.places_on_list import free_need, require_next, take_entry_step
from hamafza.distribution.models import Delivery, DeliveryCode, Round, RoundEntry
from hamafza.distribution.proofs import ProofGiven, refuse_weak
from hamafza.distribution.queries.round_hands import hands_of, value_of
from hamafza.distribution.queries.stock import DELIVERY
from hamafza.distribution.round_flow import AWAITED_STATES, REPLACEABLE_STATES
from hamafza.documents.commands.attach import attach_file
from hamafza.documents.owners import Record
from hamafza.ledger.choices import Movement
from hamafza.ledger.commands.hands import require_other_hands
from hamafza.ledger.commands.once import once
from hamafza.needs.commands.aid import Aid, deliver_units, take_back_units

__all__ = ["deliver", "mark_absent", "mark_refused", "replace", "send_code", "take_back"]


def deliver(entry: RoundEntry, *, proof: ProofGiven, by: Actor, key: UUID) -> Delivery:
    """The package has reached the household. Sent twice with the same ``key``, it is one delivery."""
    require(by, Permission.DELIVER, place=entry.county_id)
    refuse_weak(proof)
    if proof.kind == Proof.CODE and not Delivery.objects.filter(entry=entry).exists():
        try_code(entry, proof.code)
    asked = {"entry": entry.pk, "proof": proof.kind, "witnesses": proof.witnesses, "recipient": proof.recipient}
    with transaction.atomic():
        return once(entry.county_id, key=key, asked=asked, by=by, act=lambda: _hand_over(entry.pk, proof=proof, by=by))


def _hand_over(pk: UUID, *, proof: ProofGiven, by: Actor) -> Delivery:
    entry, going = _locked(pk)
    if entry.state == EntryState.DELIVERED:
        raise Refusal(_("This household has received its package already."), code="delivered_already")
    if entry.state not in AWAITED_STATES:
        raise Refusal(_("This household is not on the list any more."), code="not_awaited")
    lot = round_goods.lot_to_hand_out(going)
    value = lot.unit_value_rial * going.per_household
    require_other_hands(going.county_id, movement=Movement.ROUND, rial=value_of(going), by=by, earlier=hands_of(going))
    delivery = Delivery.objects.create(
        county_id=entry.county_id,
        entry=entry,
        lot=lot,
        quantity=going.per_household,
        on=clock.today(),
        at=clock.now(),
        proof=proof.kind,
        proof_text=proof.described(),
        by_id=by.user_id,
    )
    round_goods.hand_out(delivery, going, by=by)
    aid = Aid(
        domain=entry.need.domain,
        on=delivery.on,
        source=(DELIVERY, delivery.pk),
        item=going.item.name,
        quantity=delivery.quantity,
        unit=going.item.unit,
        value_rial=value,
        again_reason=entry.again_reason,
    )
    deliver_units(entry.need, entry.units, reserved=True, aid=aid, by=by)
    DeliveryCode.objects.filter(entry=entry).delete()
    take_entry_step(entry, after=EntryState.DELIVERED)
    _keep_picture(delivery, proof, by=by)
    return delivery


@transaction.atomic
def mark_absent(entry: RoundEntry, *, by: Actor, reason: str = "") -> RoundEntry:
    """Nobody was there: the package is kept for another try or for the next family."""
    require(by, Permission.DELIVER, place=entry.county_id)
    locked, _going = _locked(entry.pk)
    return take_entry_step(locked, after=EntryState.ABSENT, reason=reason)


@transaction.atomic
def mark_refused(entry: RoundEntry, *, by: Actor, reason: str = "") -> RoundEntry:
    """The household does not want it: its need and its period are free again."""
    require(by, Permission.DELIVER, place=entry.county_id)
    locked, _going = _locked(entry.pk)
    free_need(locked)
    return take_entry_step(locked, after=EntryState.REFUSED, reason=reason)


@transaction.atomic
def take_back(entry: RoundEntry, *, by: Actor, reason: str) -> RoundEntry:
    """A delivered package came back: stock, books, need and record of aid go back with it; the delivery stays on file."""
    require(by, Permission.DELIVER, place=entry.county_id)
    if not reason.strip():
        raise Refusal(_("Say why the package came back."), code="no_reason", field="reason")
    locked, going = _locked(entry.pk)
    take_entry_step(locked, after=EntryState.RETURNED, reason=reason.strip())
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("lot").get(entry=locked)
    delivery.returned_at, delivery.returned_by_id = clock.now(), by.user_id
    delivery.save(update_fields=["returned_at", "returned_by"])
    round_goods.bring_back(delivery, going, reason=reason, by=by)
    take_back_units(locked.need, locked.units, source=(DELIVERY, delivery.pk), by=by, reason=reason)
    locked.units = 0
    locked.save()
    return locked


@transaction.atomic
def replace(entry: RoundEntry, *, by: Actor, reason: str = "") -> RoundEntry:
    """The package of a household that is absent, does not want it or gave it back goes to the next in rank, with a reason.

    Answers the place of the family that comes next; it says whose package it is (``replaces``).
    """
    require(by, Permission.DELIVER, place=entry.county_id)
    locked, going = _locked(entry.pk)
    if locked.state == EntryState.LISTED:
        raise Refusal(_("Nobody has been at this door yet. Go there first."), code="not_visited")
    if locked.state not in REPLACEABLE_STATES or RoundEntry.objects.filter(replaces=locked).exists():
        raise Refusal(_("This place has been given to another family already."), code="replaced_already")
    reason = reason.strip() or locked.reason
    if not reason:
        raise Refusal(_("Say why the package goes to another family."), code="no_reason", field="reason")
    if locked.state in AWAITED_STATES:
        free_need(locked)
        take_entry_step(locked, after=EntryState.REPLACED, reason=reason)
    elif reason != locked.reason:
        locked.reason = reason[:200]
        locked.save()
    return require_next(going, instead_of=locked)


def _locked(pk: UUID) -> tuple[RoundEntry, Round]:
    """The entry and its round, locked in this order; refused when the round is not out."""
    entry = RoundEntry.objects.select_related("round").get(pk=pk)
    going = Round.objects.select_for_update(of=("self",)).select_related("item").get(pk=entry.round_id)
    if going.state != RoundState.OUT:
        raise Refusal(_("This round is not out for delivery."), code="round_not_out")
    found = RoundEntry.objects.select_for_update(of=("self",)).select_related("need", "household")
    return found.get(pk=pk), going


def _keep_picture(delivery: Delivery, proof: ProofGiven, *, by: Actor) -> None:
    """The last thing of all: a file is written only when everything else has been."""
    if proof.kind not in (Proof.SIGNATURE, Proof.PHOTO):
        return
    attach_file(
        Record(county=delivery.county_id, title="", url=""),
        io.BytesIO(proof.file),
        name="signature.png" if proof.kind == Proof.SIGNATURE else proof.file_name,
        title=str(Proof(proof.kind).label),
        source_type=DELIVERY,
        source_id=delivery.pk,
        by=by,
    )
