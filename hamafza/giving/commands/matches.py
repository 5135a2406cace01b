"""A capacity meets a need: proposed without a name, accepted by who knows the client, done with a record of aid."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.flow import require_step
from hamafza.core.persian import normalize
from hamafza.giving.choices import CapacityKind, CapacityState, MatchState
from hamafza.giving.models import Capacity, CapacityMatch
from hamafza.giving.queries.capacities import is_matchable
from hamafza.giving.queries.matches import need_of_code
from hamafza.giving.rules import MATCH_FLOW, MATCH_PROPOSERS, permission_among
from hamafza.needs.commands.aid import Aid, deliver_units, refuse_aid_again, release_units, reserve_units
from hamafza.needs.models import Need

SHORTEST_REASON = 3
#: States from which units of the need are promised to this match.
RESERVING = frozenset({MatchState.ACCEPTED, MatchState.UNDER_WAY})


@transaction.atomic
def propose_match(capacity: Capacity, *, code: str, by: Actor) -> CapacityMatch:
    """Propose a candidate, named by her code, for a capacity. Refuses ``no_candidate`` when she is not open any more."""
    require(by, permission_among(by, MATCH_PROPOSERS, county=capacity.county_id), place=capacity.county_id)
    kept = _locked_capacity(capacity)
    if not is_matchable(kept):
        raise Refusal(
            _("This offer cannot be matched now: it is not approved, occupied, withdrawn or over."),
            code="not_matchable",
        )
    need = need_of_code(kept, code)
    if need is None:
        raise Refusal(_("This candidate is not open any more. Choose another one."), code="no_candidate")
    return CapacityMatch.objects.create(county_id=kept.county_id, capacity=kept, need=need, by_id=by.user_id)


@transaction.atomic
def accept_match(match: CapacityMatch, *, units: int = 1, again_reason: str = "", by: Actor) -> CapacityMatch:
    """Both sides agree: so many units of the need are promised to it. A job offer whose places are all taken is occupied.

    ``again_reason``: why the household may get the same thing twice in a period (N7); asked again when it is done.
    """
    kept = _taken(match, by, after=MatchState.ACCEPTED)
    if not is_matchable(kept.capacity):
        raise Refusal(_("This offer is not available any more."), code="not_matchable")
    need = _need(kept)
    refuse_aid_again(need.household, _aid(kept, need, again_reason=again_reason), need=need)
    reserve_units(need, units)
    kept.units = units
    _save(kept, MatchState.ACCEPTED, by)
    _occupy_when_full(kept.capacity)
    return kept


@transaction.atomic
def begin_match(match: CapacityMatch, *, by: Actor) -> CapacityMatch:
    """It has begun: the first lesson, the first day of work."""
    return _save(_taken(match, by, after=MatchState.UNDER_WAY), MatchState.UNDER_WAY, by)


@transaction.atomic
def finish_match(match: CapacityMatch, *, again_reason: str = "", by: Actor) -> CapacityMatch:
    """It is done: the units reach the household, and the aid is on record.

    ``again_reason``: why the household may get the same thing twice in a period (N7).
    """
    kept = _taken(match, by, after=MatchState.DONE)
    need = _need(kept)
    deliver_units(need, kept.units, reserved=True, aid=_aid(kept, need, again_reason=again_reason), by=by)
    return _save(kept, MatchState.DONE, by)


@transaction.atomic
def decline_match(match: CapacityMatch, *, reason: str, by: Actor) -> CapacityMatch:
    """It comes to nothing, and why: what was promised of the need is free again, and so is the place of a job offer."""
    require(by, permission_among(by, MATCH_PROPOSERS, county=match.county_id), place=match.county_id)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(_("Say why it comes to nothing."), code="no_reason", field="reason")
    kept = _locked(match)
    before = kept.state
    require_step(MATCH_FLOW, before=before, after=MatchState.DECLINED)
    if before in RESERVING:
        release_units(_need(kept), kept.units)
    kept.reason = normalize(reason)[:200]
    _save(kept, MatchState.DECLINED, by)
    _free_when_not_full(kept.capacity)
    return kept


def _taken(match: CapacityMatch, by: Actor, *, after: str) -> CapacityMatch:
    """The match under lock, for a step that only somebody who knows the client may take."""
    require(by, Permission.EDIT_NEEDS, place=match.county_id)
    kept = _locked(match)
    require_step(MATCH_FLOW, before=kept.state, after=after)
    return kept


def _locked(match: CapacityMatch) -> CapacityMatch:
    """The capacity is locked first, so that two matches of one job offer are counted one after the other."""
    capacity = _locked_capacity(match.capacity)
    kept = CapacityMatch.objects.select_for_update().get(county_id=match.county_id, pk=match.pk)
    kept.capacity = capacity
    return kept


def _locked_capacity(capacity: Capacity) -> Capacity:
    return (
        Capacity.objects.select_for_update(of=("self",))
        .select_related("benefactor")
        .get(county_id=capacity.county_id, pk=capacity.pk)
    )


def _aid(match: CapacityMatch, need: Need, *, again_reason: str) -> Aid:
    return Aid(
        domain=need.domain,
        on=clock.today(),
        source=("capacitymatch", match.pk),
        item=(need.item or match.capacity.description)[:120],
        quantity=match.units,
        unit=need.unit,
        giver=match.capacity.benefactor.organization_id,
        again_reason=again_reason,
    )


def _need(match: CapacityMatch) -> Need:
    return Need.objects.select_related("household").get(county_id=match.county_id, pk=match.need_id)


def _save(match: CapacityMatch, state: str, by: Actor) -> CapacityMatch:
    match.state, match.by_id = state, by.user_id
    match.save()
    return match


def _is_full(capacity: Capacity) -> bool:
    taken = CapacityMatch.objects.filter(
        county_id=capacity.county_id, capacity=capacity, state__in=[*sorted(RESERVING), MatchState.DONE]
    )
    return taken.count() >= (capacity.quantity or 1)


def _occupy_when_full(capacity: Capacity) -> None:
    if capacity.kind == CapacityKind.JOB_OFFER and capacity.state == CapacityState.AVAILABLE and _is_full(capacity):
        capacity.state = CapacityState.OCCUPIED
        capacity.save()


def _free_when_not_full(capacity: Capacity) -> None:
    if capacity.kind == CapacityKind.JOB_OFFER and capacity.state == CapacityState.OCCUPIED and not _is_full(capacity):
        capacity.state = CapacityState.AVAILABLE
        capacity.save()
