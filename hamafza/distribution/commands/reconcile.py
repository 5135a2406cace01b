"""The end of a round: what was packed has been delivered, was lost or came back (S4); then it is called back and reported."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock, wording
from hamafza.core.errors import Refusal
from hamafza.distribution.choices import EntryState, RoundState
from hamafza.distribution.commands import round_goods
from hamafza.distribution.commands.places_on_list import let_go
from hamafza.distribution.commands.rounds import lock_round
from hamafza.distribution.models import Delivery, DeliveryCode, Round
from hamafza.distribution.queries.round_figures import delivered_units
from hamafza.distribution.queries.round_hands import all_hands_of, value_of
from hamafza.distribution.queries.rounds import to_call_back
from hamafza.distribution.round_flow import AWAITED_STATES
from hamafza.ledger.choices import Movement
from hamafza.ledger.commands.hands import require_other_hands

_LOT = secrets.SystemRandom()


@transaction.atomic
def reconcile_round(out: Round, *, wasted: int, came_back: int, by: Actor) -> Round:
    """Close the round: units lost and units that came back, as counted; with what was delivered they are what was packed.

    By other hands than those that planned, approved, packed, sent out and delivered. Households that were not reached are let go, their needs and
    their period free; the goods that came back are free again, what is lost is written off. Some deliveries are drawn
    by lot, to be called back by another office (S9).
    """
    require(by, Permission.CONFIRM_COUNT, place=out.county_id)
    locked = lock_round(out, after=RoundState.RECONCILED)
    hands = all_hands_of(locked)
    require_other_hands(locked.county_id, movement=Movement.ROUND, rial=value_of(locked), by=by, earlier=hands)
    delivered = delivered_units(locked)
    if min(wasted, came_back) < 0 or delivered + wasted + came_back != locked.packed:
        raise Refusal(
            _(
                "%(packed)s were packed and %(delivered)s delivered, so %(left)s are left; lost and come back together "
                "must be as many. Count again."
            )
            % {
                "packed": wording.number(locked.packed),
                "delivered": wording.number(delivered),
                "left": wording.number(locked.packed - delivered),
            },
            code="does_not_add_up",
            field="came_back",
        )
    waiting = locked.entries.select_for_update(of=("self",)).select_related("need")
    for entry in waiting.filter(state__in=[*sorted(AWAITED_STATES), EntryState.STANDBY]):
        let_go(entry, reason="" if entry.state == EntryState.STANDBY else _("not reached in this round"))
    DeliveryCode.objects.filter(entry__round=locked).delete()
    round_goods.settle_goods(locked, wasted=wasted, by=by)
    locked.delivered, locked.wasted, locked.came_back = delivered, wasted, came_back
    locked.reconciled_by_id, locked.reconciled_at = by.user_id, clock.now()
    locked.state = RoundState.RECONCILED
    locked.save()
    _draw_audit(locked)
    return locked


@transaction.atomic
def report_round(reconciled: Round, *, by: Actor, reason: str = "") -> Round:
    """The head of the office signs the report, when every household drawn by lot has been asked, or says why not all."""
    require(by, Permission.APPROVE_ROUNDS, place=reconciled.county_id)
    locked = lock_round(reconciled, after=RoundState.REPORTED)
    left = to_call_back(locked.county_id).filter(entry__round=locked).count()
    if left and not reason.strip():
        raise Refusal(
            _("%(left)s households drawn by lot have not been called back yet. Have them called, or say why not.")
            % {"left": wording.number(left)},
            code="calls_open",
            field="reason",
        )
    locked.reason = reason.strip()[:200]
    locked.reported_by_id, locked.reported_at = by.user_id, clock.now()
    locked.state = RoundState.REPORTED
    locked.save()
    return locked


@transaction.atomic
def record_call_back(delivery: Delivery, *, said_yes: bool, by: Actor) -> Delivery:
    """A household was called by another office: whether it says that it has received its package. Said once."""
    require(by, Permission.AUDIT_DELIVERIES, place=delivery.county_id)
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if not locked.audit_drawn:
        raise Refusal(_("This delivery was not drawn to be called back."), code="not_drawn")
    if locked.audited_at is not None:
        raise Refusal(_("The answer of this household is on record already."), code="audited_already")
    if by.user_id is not None and by.user_id in {locked.by_id, *all_hands_of(locked.entry.round)}:
        raise Refusal(_("Whoever had a hand in this round does not call back. Somebody else must."), code="same_hands")
    locked.audited_by_id, locked.audited_at, locked.audit_said_yes = by.user_id, clock.now(), said_yes
    locked.save(update_fields=["audited_by", "audited_at", "audit_said_yes"])
    return locked


def _draw_audit(closed: Round) -> None:
    """A share of the deliveries by lot, at least one when any share is asked for; nobody chooses which."""
    kept = list(Delivery.objects.filter(entry__round=closed, returned_at=None).values_list("pk", flat=True))
    wanted = -(-len(kept) * closed.audit_percent // 100)
    Delivery.objects.filter(pk__in=_LOT.sample(kept, wanted)).update(audit_drawn=True)
