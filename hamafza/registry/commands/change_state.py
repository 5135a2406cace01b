"""A household's file is suspended, put on the waiting list, closed, or taken up again; each with its reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.core.flow import require_step
from hamafza.registry.choices import FileEventKind, HouseholdLeft, HouseholdState
from hamafza.registry.commands.announce import announce
from hamafza.registry.commands.set_head import refuse_without_reason
from hamafza.registry.events import files_returned
from hamafza.registry.models import FileEvent, Household
from hamafza.registry.rules import HOUSEHOLD_FLOW

_EVENTS = {
    HouseholdState.ACTIVE: FileEventKind.RETURNED,
    HouseholdState.WAITING: FileEventKind.WAITING,
    HouseholdState.SUSPENDED: FileEventKind.SUSPENDED,
    HouseholdState.LEFT: FileEventKind.LEFT,
}


def suspend_household(household: Household, *, reason: str, by: Actor) -> Household:
    """Help rests for a while."""
    return _change(household, state=HouseholdState.SUSPENDED, reason=reason, by=by)


def put_on_waiting_list(household: Household, *, reason: str, by: Actor) -> Household:
    return _change(household, state=HouseholdState.WAITING, reason=reason, by=by)


def leave_file(
    household: Household, *, why: HouseholdLeft, reason: str, on: date | None = None, by: Actor
) -> Household:
    """Close the file: ``why`` is counted, ``reason`` is read. Nothing is deleted."""
    if on is not None and on > timezone.localdate():
        raise Refusal(_("The day of leaving lies in the future."), code="future_date", field="on")
    return _change(household, state=HouseholdState.LEFT, reason=reason, why=why, on=on, by=by)


def return_to_file(household: Household, *, reason: str, by: Actor) -> Household:
    """Take a suspended, waiting or closed file up again."""
    return _change(household, state=HouseholdState.ACTIVE, reason=reason, by=by)


@transaction.atomic
def _change(
    household: Household,
    *,
    state: HouseholdState,
    reason: str,
    why: HouseholdLeft | None = None,
    on: date | None = None,
    by: Actor,
) -> Household:
    require(by, Permission.EDIT_CLIENTS, place=household.county_id)
    locked = Household.objects.select_for_update().get(pk=household.pk)
    returns = locked.state == HouseholdState.LEFT
    require_step(HOUSEHOLD_FLOW, before=locked.state, after=state)
    refuse_without_reason(reason)
    locked.state = state
    locked.left_reason = why or ""
    locked.left_on = (on or timezone.localdate()) if state == HouseholdState.LEFT else None
    locked.save(update_fields=["state", "left_reason", "left_on"])
    FileEvent.objects.create(
        county_id=locked.county_id, household=locked, kind=_EVENTS[state], reason=reason.strip(), by_id=by.user_id
    )
    announce(locked.county_id, [locked.pk])
    if returns:
        files_returned.send(sender=None, county=locked.county_id, household_ids=[locked.pk])
    return locked
