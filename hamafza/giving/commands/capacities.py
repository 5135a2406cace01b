"""What benefactors can do: offered by the office or by themselves, read by the office, withdrawn."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.flow import Flow, require_step
from hamafza.core.persian import normalize
from hamafza.core.versioned import refuse_stale
from hamafza.giving.choices import CapacityKind, CapacityState, Moderation
from hamafza.giving.models import Benefactor, Capacity
from hamafza.giving.queries.matches import standing_matches
from hamafza.ledger.commands.once import once
from hamafza.needs.choices import Domain

MODERATION_FLOW: Flow = {
    Moderation.NEW: frozenset({Moderation.APPROVED, Moderation.BLOCKED}),
    Moderation.APPROVED: frozenset({Moderation.BLOCKED}),
    Moderation.BLOCKED: frozenset({Moderation.APPROVED}),
}
STATE_FLOW: Flow = {
    CapacityState.AVAILABLE: frozenset({CapacityState.OCCUPIED, CapacityState.WITHDRAWN}),
    CapacityState.OCCUPIED: frozenset({CapacityState.AVAILABLE, CapacityState.WITHDRAWN}),
    CapacityState.WITHDRAWN: frozenset({CapacityState.AVAILABLE}),
}
SHORTEST_REASON = 3


@dataclass(frozen=True, slots=True)
class CapacityDetails:
    """What is offered. ``quantity`` counts places for a job offer, hours for time, seats for transport; None: not said."""

    kind: str
    description: str
    domain: str = ""
    quantity: int | None = None
    unit: str = ""
    when: str = ""
    valid_to: date | None = None


@transaction.atomic
def offer_capacity(benefactor: Benefactor, *, details: CapacityDetails, by: Actor, key: UUID | None = None) -> Capacity:
    """A new capacity. What the office writes stands at once; what the benefactor herself writes is read by the office first.

    ``key`` goes with a form: sent again, it makes no second offer.
    """
    own = _require_keeper_or_herself(benefactor, by)
    if key is None:
        return _write(benefactor, details, own=own, by=by)
    asked = {"benefactor": benefactor.pk, "capacity": asdict(details)}
    return once(
        benefactor.county_id, key=key, asked=asked, by=by, act=lambda: _write(benefactor, details, own=own, by=by)
    )


def _write(benefactor: Benefactor, details: CapacityDetails, *, own: bool, by: Actor) -> Capacity:
    if not benefactor.active:
        raise Refusal(_("This benefactor is inactive. Set her active first."), code="off")
    capacity = Capacity(
        county_id=benefactor.county_id,
        benefactor=benefactor,
        own_entry=own,
        created_by_id=by.user_id,
        moderation=Moderation.NEW if own else Moderation.APPROVED,
    )
    _put(capacity, details)
    capacity.save(force_insert=True)
    return capacity


@transaction.atomic
def edit_capacity(capacity: Capacity, *, details: CapacityDetails, by: Actor, version: int) -> Capacity:
    """Correct what is offered; what the benefactor herself changes is read again. ``version`` as in the form (`StaleVersion`)."""
    own = _require_keeper_or_herself(capacity.benefactor, by)
    kept = _locked(capacity)
    refuse_stale(kept, version=version)
    if details.kind != kept.kind and standing_matches(kept).exists():
        raise Refusal(
            _("Somebody is matched with this offer. Finish or decline that first."), code="matched", field="kind"
        )
    _put(kept, details)
    if own:
        kept.moderation, kept.moderation_reason = Moderation.NEW, ""
    kept.save()
    return kept


@transaction.atomic
def approve_capacity(capacity: Capacity, *, by: Actor) -> Capacity:
    """The office has read it: it may be matched."""
    return _moderate(capacity, Moderation.APPROVED, reason="", by=by)


@transaction.atomic
def block_capacity(capacity: Capacity, *, reason: str, by: Actor) -> Capacity:
    """It is not to be used; the benefactor reads why."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(_("Say why it is blocked; the benefactor reads it."), code="no_reason", field="reason")
    return _moderate(capacity, Moderation.BLOCKED, reason=normalize(reason)[:200], by=by)


@transaction.atomic
def set_capacity_state(capacity: Capacity, *, state: str, by: Actor) -> Capacity:
    """Occupied, available again, or withdrawn; by the office or the benefactor herself. Withdrawn only when nobody is matched."""
    _require_keeper_or_herself(capacity.benefactor, by)
    kept = _locked(capacity)
    require_step(STATE_FLOW, before=kept.state, after=state)
    if state == CapacityState.WITHDRAWN and standing_matches(kept).exists():
        raise Refusal(_("Somebody is matched with this offer. Finish or decline that first."), code="matched")
    kept.state = state
    kept.save()
    return kept


def _moderate(capacity: Capacity, after: str, *, reason: str, by: Actor) -> Capacity:
    require(by, Permission.KEEP_BENEFACTORS, place=capacity.county_id)
    kept = _locked(capacity)
    if by.user_id is not None and kept.benefactor.user_id == by.user_id:
        raise Refusal(_("Nobody approves her own offer. Ask a colleague."), code="own_offer")
    require_step(MODERATION_FLOW, before=kept.moderation, after=after)
    kept.moderation, kept.moderation_reason = after, reason
    kept.save()
    return kept


def _require_keeper_or_herself(benefactor: Benefactor, by: Actor) -> bool:
    """Whether it is the benefactor herself who acts; refuses anybody who is neither she nor keeps benefactors."""
    own = by.user_id is not None and benefactor.user_id == by.user_id
    require(by, Permission.GIVE if own else Permission.KEEP_BENEFACTORS, place=benefactor.county_id)
    return own


def _locked(capacity: Capacity) -> Capacity:
    return (
        Capacity.objects.select_for_update(of=("self",))
        .select_related("benefactor")
        .get(county_id=capacity.county_id, pk=capacity.pk)
    )


def _put(capacity: Capacity, details: CapacityDetails) -> None:
    capacity.kind, capacity.domain = details.kind, details.domain
    capacity.description, capacity.when = normalize(details.description), normalize(details.when)
    capacity.quantity, capacity.unit = details.quantity, normalize(details.unit)
    if details.valid_to != capacity.valid_to and details.valid_to is not None and details.valid_to < clock.today():
        raise Refusal(_("The last day is already over."), code="past", field="valid_to")
    capacity.valid_to = details.valid_to
    _check(capacity)


def _check(capacity: Capacity) -> None:
    if capacity.kind not in CapacityKind.values:
        raise Refusal(_("Choose what is offered."), code="no_kind", field="kind")
    if not capacity.description:
        raise Refusal(_("Write in a few words what is offered."), code="no_description", field="description")
    if capacity.domain and capacity.domain not in Domain.values:
        raise Refusal(_("Choose a field of help from the list."), code="no_domain", field="domain")
    if capacity.quantity is not None and capacity.quantity < 1:
        raise Refusal(_("Write a number of one or more."), code="no_quantity", field="quantity")
