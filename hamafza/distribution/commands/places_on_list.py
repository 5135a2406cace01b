"""Places on the list of a round: who keeps hers, who gives it up, who comes next. Called by commands that hold the round."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils.translation import gettext as _

from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.flow import require_step
from hamafza.distribution.choices import EntryState
from hamafza.distribution.models import Round, RoundEntry
from hamafza.distribution.queries.eligible import is_given, is_helped, is_served
from hamafza.distribution.round_flow import ENTRY_FLOW
from hamafza.documents.models import NumberSeries
from hamafza.needs.choices import STANDING_STATES
from hamafza.needs.commands.aid import lock_need, release_units, reserve_units
from hamafza.registry.choices import HouseholdState


def take_entry_step(entry: RoundEntry, *, after: str, reason: str = "") -> RoundEntry:
    """Set the state of a locked entry by the flow; the audit trail keeps who and when."""
    entry.state = require_step(ENTRY_FLOW, before=entry.state, after=after).after
    entry.reason = reason[:200]
    entry.save()
    return entry


def lock_rounds(county: str) -> None:
    """One at a time in a county draws up a list or puts a household on one: the lock `plan_round` takes with its number."""
    list(NumberSeries.objects.select_for_update().filter(county_id=county, series="round").order_by("pk"))


def served_meanwhile() -> Refusal:
    """What the loser of two hears whose lists name one household."""
    return Refusal(
        _("Another round has just listed one of these households for the same period. Try again."),
        code="served_meanwhile",
    )


def may_stay(entry: RoundEntry, of: Round, *, again_reason: str = "") -> bool:
    """Whether a household on the list may still be served: active, in need, and nobody else gave it the same meanwhile.

    What another source gave it within the period of its kind is no obstacle when a reason is given; it is kept then.
    """
    if is_helped(entry, item=of.item, on=max(clock.today(), of.starts_on)):
        entry.again_reason = again_reason.strip()[:200] or entry.again_reason
        if not entry.again_reason:
            return False
    return (
        entry.household.state == HouseholdState.ACTIVE
        and entry.need.state in STANDING_STATES
        and not is_given(entry.household_id, county=of.county_id, item=of.item, period=of.period)
    )


def hold_need(entry: RoundEntry, of: Round) -> bool:
    """Promise the units of the need that this round meets; False when somebody else has taken them all."""
    need = lock_need(entry.need_id)
    units = min(of.per_household, need.required - need.reserved - need.delivered)
    if units < 1 or need.state not in STANDING_STATES:
        return False
    reserve_units(need, units)
    entry.units = units
    entry.save()
    return True


def free_need(entry: RoundEntry) -> None:
    """Give the promised units of the need back; the caller saves the entry with its next step."""
    if entry.units:
        release_units(entry.need, entry.units)
        entry.units = 0


def let_go(entry: RoundEntry, *, reason: str) -> RoundEntry:
    """The household leaves the list with nothing: its need and its period are free again."""
    free_need(entry)
    return take_entry_step(entry, after=EntryState.RELEASED, reason=reason)


def list_next(of: Round, *, instead_of: RoundEntry, again_reason: str = "") -> RoundEntry | None:
    """The next in rank who may be served takes the place; None when nobody is left. Those who may not are let go."""
    lock_rounds(of.county_id)
    standing_by = of.entries.select_for_update(of=("self",)).filter(state=EntryState.STANDBY)
    for entry in standing_by.select_related("need", "household").order_by("rank"):
        free = not is_served(entry.household_id, county=of.county_id, item=of.item, period=of.period)
        if free and may_stay(entry, of, again_reason=again_reason) and hold_need(entry, of):
            entry.replaces = instead_of
            try:
                return take_entry_step(entry, after=EntryState.LISTED)
            except IntegrityError as fault:
                raise served_meanwhile() from fault
        let_go(entry, reason=_("served or left since the list was drawn up"))
    return None


def require_next(of: Round, *, instead_of: RoundEntry) -> RoundEntry:
    """As `list_next`; refused when nobody is left."""
    following = list_next(of, instead_of=instead_of)
    if following is None:
        raise Refusal(
            _("Nobody is left in rank behind this list. Take the package back to the store."), code="nobody_next"
        )
    return following
