"""A benefactor takes up a need by its card: held, accepted, delivered, confirmed; or free again (N2, N3, N6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.core.flow import require_step
from hamafza.giving.choices import CardState, GivingMode, ReservationState
from hamafza.giving.commands.direct import record_direct_gift
from hamafza.giving.direct import ACCEPTED_HOLD, HOLD, MOST_HOLDS, RESERVATION_FLOW
from hamafza.giving.models import Benefactor, NeedCard, Reservation, ReservedUnits
from hamafza.giving.queries.cards import members_of, modes_of
from hamafza.giving.queries.reservations import UNBOUND, is_bound
from hamafza.giving.worth import worth_of_hold
from hamafza.ledger.choices import Movement
from hamafza.ledger.commands.hands import require_other_hands
from hamafza.ledger.commands.once import once
from hamafza.needs.choices import STANDING_STATES
from hamafza.needs.commands.aid import Aid, deliver_units, release_units, reserve_units
from hamafza.registry.choices import ConsentPurpose
from hamafza.registry.queries.consents import households_that_withdrew


def reserve_card(
    card: NeedCard, *, benefactor: Benefactor, units: int | None, mode: GivingMode, by: Actor, key: UUID
) -> Reservation:
    """Hold units of the need behind a card for a benefactor; ``units`` empty: all that are still free.

    Of many who ask for the last unit at once one succeeds, the others read that somebody else has just taken it up
    (``need_taken``). The same ``key`` again gives the same reservation.
    """
    _require_giver(benefactor, by)
    asked = {"card": card.pk, "benefactor": benefactor.pk, "units": units, "mode": str(mode)}
    return once(
        card.county_id,
        key=key,
        asked=asked,
        by=by,
        act=lambda: _reserve(card, benefactor=benefactor, units=units, mode=mode),
    )


@transaction.atomic
def accept(reservation: Reservation, *, by: Actor) -> Reservation:
    """The social worker has spoken with the giver and says yes; the hold lasts longer now."""
    require(by, Permission.CONFIRM_DIRECT, place=reservation.county_id)
    held = _locked(reservation)
    if held.state == ReservationState.HELD and held.held_until < clock.now():
        raise Refusal(_("The hold has expired. The giver may take the card up anew."), code="hold_expired")
    _step(held, ReservationState.ACCEPTED)
    held.accepted_by_id, held.accepted_at = by.user_id, clock.now()
    held.held_until = clock.now() + ACCEPTED_HOLD
    held.save()
    return held


@transaction.atomic
def deliver(reservation: Reservation, *, by: Actor) -> Reservation:
    """It is handed over: so says the giver herself, or whoever took it to the household."""
    _require_deliverer(reservation, by)
    held = _locked(reservation)
    if held.mode == GivingMode.THROUGH_FUND:
        raise Refusal(
            _("This goes through the county's fund: receive the money, then allocate it to the need."),
            code="through_fund",
        )
    _step(held, ReservationState.DELIVERED)
    held.delivered_by_id, held.delivered_at = by.user_id, clock.now()
    held.save()
    return held


@transaction.atomic
def confirm(reservation: Reservation, *, value_rial: int, again_reason: str = "", by: Actor) -> Reservation:
    """The social worker has seen that the household has it: the need is met, the aid and the gift are on record (N6).

    ``value_rial`` is what it was worth in all. ``again_reason``: why the household may get the same thing twice in a
    period (N7).
    """
    require(by, Permission.CONFIRM_DIRECT, place=reservation.county_id)
    held = _locked(reservation)
    if held.state != ReservationState.DELIVERED:
        raise Refusal(_("Nobody has said yet that it is handed over."), code="not_delivered")
    if value_rial < 0:
        raise Refusal(_("A value cannot be negative."), code="negative", field="value_rial")
    worth = worth_of_hold(held, said=value_rial)
    require_other_hands(held.county_id, movement=Movement.STOCK, rial=worth, by=by, earlier=[held.delivered_by_id])
    _step(held, ReservationState.CONFIRMED)
    parts = list(held.parts.select_related("need").order_by("need"))
    same_act = tuple(part.pk for part in parts)
    shares = _shares(value_rial, [part.units for part in parts])
    for part, share in zip(parts, shares, strict=True):
        aid = replace(_aid_of(held, part, value_rial=share, again_reason=again_reason), same_act=same_act)
        deliver_units(part.need, part.units, reserved=True, aid=aid, by=by)
    held.donation = record_direct_gift(held, needs=[part.need for part in parts], value_rial=value_rial, by=by)
    held.confirmed_by_id, held.confirmed_at = by.user_id, clock.now()
    held.save()
    return held


@transaction.atomic
def release(reservation: Reservation, *, reason: str, by: Actor) -> Reservation:
    """Give it up: by the giver, or by the office with the reason. The units are free again."""
    if not _is_own(reservation.benefactor, by):
        require(by, Permission.CONFIRM_DIRECT, place=reservation.county_id)
        if not reason.strip():
            raise Refusal(_("Say why it is given up."), code="no_reason", field="reason")
    held = _locked(reservation)
    if is_bound(held):
        raise Refusal(
            _("The money for this is received and decided on. The office gives the allocation back first."),
            code="bound",
        )
    return _end(held, ReservationState.RELEASED, reason=reason.strip())


def expire_holds(county: str, *, now: datetime) -> int:
    """Free what was held too long (N2). For the housekeeping: how many. Done again, it does nothing."""
    waiting = (ReservationState.HELD, ReservationState.ACCEPTED)
    over = Reservation.objects.filter(UNBOUND, county_id=county, state__in=waiting, held_until__lt=now)
    return sum(_expire(pk, now) for pk in over.values_list("pk", flat=True))


@transaction.atomic
def _expire(pk: UUID, now: datetime) -> int:
    """One hold in a transaction of its own; 0 when somebody has taken a step meanwhile."""
    held = Reservation.objects.select_for_update().get(pk=pk)
    if held.state not in {ReservationState.HELD, ReservationState.ACCEPTED} or held.held_until >= now:
        return 0
    if is_bound(held):
        return 0
    _end(held, ReservationState.EXPIRED, reason="")
    return 1


def _reserve(card: NeedCard, *, benefactor: Benefactor, units: int | None, mode: GivingMode) -> Reservation:
    # Locked: whoever withdraws it at this moment waits, or was first and is seen.
    card = NeedCard.objects.select_for_update(no_key=True).get(pk=card.pk)
    is_over = card.expires_on is not None and card.expires_on < clock.today()
    if card.state != CardState.PUBLISHED or is_over:
        raise Refusal(_("This card does not stand any more. Choose another need."), code="card_gone")
    if mode not in modes_of(card):
        raise Refusal(_("This way of giving is not possible here. Choose another one."), code="mode", field="mode")
    if benefactor.county_id != card.county_id:
        raise Refusal(_("This benefactor is on file in another county."), code="foreign", field="benefactor")
    _refuse_hoarding(benefactor)
    parts = _take(card, units)
    reservation = Reservation.objects.create(
        county_id=card.county_id,
        card=card,
        benefactor=benefactor,
        units=sum(parts.values()),
        mode=mode,
        held_until=clock.now() + HOLD[mode],
    )
    for need, count in parts.items():
        ReservedUnits.objects.create(county_id=card.county_id, reservation=reservation, need_id=need, units=count)
    return reservation


def _refuse_hoarding(benefactor: Benefactor) -> None:
    Benefactor.objects.select_for_update(no_key=True).only("pk").get(pk=benefactor.pk)
    held = Reservation.objects.filter(benefactor=benefactor, state=ReservationState.HELD, held_until__gte=clock.now())
    if held.count() >= MOST_HOLDS:
        raise Refusal(
            _("You hold %(count)s needs already that wait for the social worker. Finish or give up one of them first.")
            % {"count": wording.number(MOST_HOLDS)},
            code="too_many_holds",
        )


def _take(card: NeedCard, units: int | None) -> dict[UUID, int]:
    """Reserve units of the needs behind a card, the most urgent first; all that was asked for, or a refusal."""
    parts: dict[UUID, int] = {}
    left = units
    hidden = households_that_withdrew(card.county_id, purpose=ConsentPurpose.SHOW_CARD)
    members = members_of(card).filter(state__in=sorted(STANDING_STATES)).exclude(household__in=hidden)
    for need in members:
        free = need.required - need.reserved - need.delivered
        if left == 0:
            break
        if free <= 0:
            continue
        count = free if left is None else min(free, left)
        reserve_units(need, count)
        parts[need.pk] = count
        left = left if left is None else left - count
    if not parts or left:
        raise Refusal(_("Somebody else has just taken this up. Choose another need."), code="need_taken", field="units")
    return parts


def _end(held: Reservation, after: ReservationState, *, reason: str) -> Reservation:
    _step(held, after)
    for part in held.parts.select_related("need").order_by("need"):
        release_units(part.need, part.units)
    held.ended_at, held.ended_reason = clock.now(), reason[:200]
    held.save()
    return held


def _aid_of(held: Reservation, part: ReservedUnits, *, value_rial: int, again_reason: str) -> Aid:
    need = part.need
    return Aid(
        domain=need.domain,
        on=clock.today(),
        source=("reservedunits", part.pk),
        item=need.item,
        quantity=part.units,
        unit=need.unit,
        value_rial=value_rial,
        giver=held.benefactor.organization_id,
        again_reason=again_reason,
    )


def _shares(value: int, weights: list[int]) -> list[int]:
    """Whole rials by weight; what does not divide goes to the first ones. They sum to the value."""
    total, given, shares = sum(weights), 0, []
    for place in range(len(weights)):
        upto = value * sum(weights[: place + 1]) // total
        shares.append(upto - given)
        given = upto
    return shares


def _step(held: Reservation, after: ReservationState) -> None:
    held.state = require_step(RESERVATION_FLOW, before=held.state, after=after).after


def _locked(reservation: Reservation) -> Reservation:
    return Reservation.objects.select_for_update().get(pk=reservation.pk)


def _is_own(benefactor: Benefactor, by: Actor) -> bool:
    return by.user_id is not None and benefactor.user_id == by.user_id


def _require_giver(benefactor: Benefactor, by: Actor) -> None:
    permission = Permission.GIVE if _is_own(benefactor, by) else Permission.KEEP_BENEFACTORS
    require(by, permission, place=benefactor.county_id)


def _require_deliverer(reservation: Reservation, by: Actor) -> None:
    if _is_own(reservation.benefactor, by):
        require(by, Permission.GIVE, place=reservation.county_id)
        return
    permission = Permission.DELIVER if by.may(Permission.DELIVER, reservation.county_id) else Permission.CONFIRM_DIRECT
    require(by, permission, place=reservation.county_id)
