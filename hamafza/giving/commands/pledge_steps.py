"""What becomes of a promise: it begins, rests, goes on, is completed, is cancelled or lapses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _, gettext_noop

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.flow import Flow, require_step
from hamafza.core.scope import counties
from hamafza.giving.choices import PledgeState
from hamafza.giving.commands.instalments import clear_plan, plan_instalments
from hamafza.giving.commands.pledge_checks import check_schedule
from hamafza.giving.commands.pledges import add_version, locked
from hamafza.giving.models import Pledge
from hamafza.giving.pledge_flow import LATEST, PAUSE_WITHIN, PLEDGE_FLOW
from hamafza.giving.queries.pledges import schedule_of

#: Kept in English, shown in the language of the page.
WAITED_TOO_LONG = gettext_noop("The condition did not come about in time.")


@transaction.atomic
def begin_pledge(pledge: Pledge, *, first_day: date, by: Actor) -> Pledge:
    """The condition of the vow has come about: from ``first_day`` on it is kept."""
    pledge = _taken(pledge, PledgeState.ACTIVE, by=by, before=PledgeState.DRAFT)
    if not clock.today() <= first_day <= clock.today() + LATEST:
        raise Refusal(_("It begins today or later."), code="past", field="since")
    version = pledge.versions.latest("number")
    if version.starts_on != first_day:
        schedule = replace(schedule_of(version), starts_on=first_day)
        check_schedule(schedule)
        add_version(pledge, schedule, quantity=version.quantity, effective_from=first_day, by=by)
    pledge.planned_until = first_day - timedelta(days=1)
    pledge.save()
    plan_instalments(pledge, on=clock.today())
    return pledge


@transaction.atomic
def pause_pledge(pledge: Pledge, *, since: date, reason: str, by: Actor) -> Pledge:
    """Nothing is expected from a day on. What would have been due meanwhile is left out, not made up for."""
    pledge = _taken(pledge, PledgeState.PAUSED, by=by)
    if not clock.today() <= since <= clock.today() + PAUSE_WITHIN:
        raise Refusal(_("A pause begins today or within a month."), code="bad_day", field="since")
    clear_plan(pledge, since=since)
    pledge.paused_from, pledge.state_reason = since, reason.strip()[:200]
    pledge.save()
    return pledge


@transaction.atomic
def resume_pledge(pledge: Pledge, *, since: date, by: Actor) -> Pledge:
    """It goes on from a day on, by the same rule."""
    pledge = _taken(pledge, PledgeState.ACTIVE, by=by, before=PledgeState.PAUSED)
    if not clock.today() <= since <= clock.today() + LATEST:
        raise Refusal(_("It goes on from today or later."), code="past", field="since")
    rested_until = since - timedelta(days=1)
    pledge.planned_until = max(rested_until, pledge.planned_until or rested_until)
    pledge.paused_from, pledge.state_reason = None, ""
    pledge.save()
    plan_instalments(pledge, on=clock.today())
    return pledge


@transaction.atomic
def cancel_pledge(pledge: Pledge, *, reason: str, by: Actor) -> Pledge:
    """The promise is taken back. Instalments from today on go, but those that a gift was entered for."""
    if not reason.strip():
        raise Refusal(_("Say why the promise is cancelled."), code="no_reason", field="reason")
    pledge = _taken(pledge, PledgeState.CANCELLED, by=by)
    clear_plan(pledge, since=clock.today())
    pledge.state_reason = reason.strip()[:200]
    pledge.save()
    return pledge


@transaction.atomic
def complete_pledge(pledge: Pledge, *, by: Actor) -> Pledge:
    """The giver has done what she wanted; nothing more is expected."""
    pledge = _taken(pledge, PledgeState.COMPLETED, by=by)
    clear_plan(pledge, since=clock.today())
    pledge.save()
    return pledge


def lapse_vows(county: str, *, on: date) -> int:
    """Vows whose condition did not come about until their last day lapse; gives how many."""
    with transaction.atomic(), counties([county]):
        waiting = Pledge.objects.select_for_update().filter(county_id=county, state=PledgeState.DRAFT, deadline__lt=on)
        for pledge in waiting:
            pledge.state, pledge.state_reason = PledgeState.LAPSED, WAITED_TOO_LONG
            pledge.save()
        return len(waiting)


def _taken(pledge: Pledge, after: PledgeState, *, by: Actor, before: PledgeState | None = None) -> Pledge:
    """The pledge, locked, in its new state; not saved yet."""
    require(by, Permission.KEEP_BENEFACTORS, place=pledge.county_id)
    pledge = locked(pledge)
    flow: Flow = PLEDGE_FLOW if before is None else {before.value: PLEDGE_FLOW[before]}
    pledge.state = require_step(flow, before=pledge.state, after=after).after
    return pledge
