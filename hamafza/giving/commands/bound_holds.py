"""A giver's hold whose money is decided on: bound to its allocation until the household has what it stands for.

Its units are the allocation's from then on; the hold itself waits, and ends as the allocation does.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.flow import require_step
from hamafza.giving.choices import AllocationState, ReservationState
from hamafza.giving.direct import RESERVATION_FLOW
from hamafza.giving.models import Allocation, Reservation
from hamafza.giving.queries.allocations import open_units

R = ReservationState


def bind_hold(allocation: Allocation) -> None:
    """At the approval: the hold must still stand."""
    held = _locked(allocation)
    if held is not None and held.state != R.ACCEPTED:
        raise Refusal(_("The giver's hold on this need is over. Propose the allocation anew."), code="hold_over")


def confirm_hold(allocation: Allocation, *, by: Actor) -> None:
    """The household has confirmed a payment: when nothing of it is still to be paid, the giver's promise is kept."""
    held = _locked(allocation)
    waits = allocation.state == AllocationState.APPROVED and open_units(allocation)
    if held is None or held.state != R.ACCEPTED or waits:
        return
    held.state = require_step(RESERVATION_FLOW, before=held.state, after=R.CONFIRMED).after
    held.confirmed_by_id, held.confirmed_at = by.user_id, clock.now()
    held.save()


def open_hold_again(allocation: Allocation) -> None:
    """The payment came back after all."""
    held = _locked(allocation)
    if held is not None and held.state == R.CONFIRMED:
        held.state, held.confirmed_by, held.confirmed_at = R.ACCEPTED, None, None
        held.save()


def end_hold(allocation: Allocation, *, reason: str) -> None:
    """The money went back to its fund before anything of the need was met; the units are the allocation's to free."""
    held = _locked(allocation)
    if held is None or held.state != R.ACCEPTED or open_units(allocation) < allocation.units:
        return
    held.state = require_step(RESERVATION_FLOW, before=held.state, after=R.RELEASED).after
    held.ended_at, held.ended_reason = clock.now(), reason[:200]
    held.save()


def _locked(allocation: Allocation) -> Reservation | None:
    if allocation.reservation_id is None:
        return None
    return Reservation.objects.select_for_update().get(pk=allocation.reservation_id)
