"""State, change, approve and close needs. Each command asks for permission, locks, checks, writes and records."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.versioned import refuse_stale
from hamafza.needs.choices import HOUSEHOLD_DOMAINS, STANDING_STATES, NeedState
from hamafza.needs.commands.aid import Aid, deliver_units, lock_household
from hamafza.needs.commands.details import NeedDetails, check_details, put_details, rescore
from hamafza.needs.commands.steps import take_step
from hamafza.needs.events import needs_changed
from hamafza.needs.flow import APPROVAL_STATES, NEED_FLOW, VALID_DAYS
from hamafza.needs.models import AidRecord, Need
from hamafza.needs.queries.needs import standing_twin
from hamafza.registry.choices import HouseholdState
from hamafza.registry.models import Household, Person

MAY_EDIT = frozenset({NeedState.DRAFT, NeedState.ASSESSED, NeedState.APPROVED, *STANDING_STATES})


@transaction.atomic
def state_need(
    household: Household, *, domain: str, person: Person | None, details: NeedDetails, by: Actor, open_now: bool = False
) -> Need:
    """A new need. It is a draft that waits for approval; ``open_now`` opens it, for those who may approve.

    In a domain of the household ``person`` is taken out; in a personal domain it must be one who lives there.
    """
    require(by, Permission.EDIT_NEEDS, place=household.county_id)
    check_details(details)
    _check_owner(household, domain, person)
    need = Need(
        county_id=household.county_id,
        household=household,
        person=None if domain in HOUSEHOLD_DOMAINS else person,
        domain=domain,
        created_by_id=by.user_id,
    )
    put_details(need, details)
    need.save(force_insert=True)
    if open_now:
        _open(need, by=by)
    _tell(need)
    return need


@transaction.atomic
def edit_need(need: Need, *, details: NeedDetails, by: Actor, version: int) -> Need:
    """Change what is said of a need; ``version`` is the one the form was opened with (else `StaleVersion`)."""
    require(by, Permission.EDIT_NEEDS, place=need.county_id)
    check_details(details)
    need = _locked(need.pk)
    refuse_stale(need, version=version)
    if need.state not in MAY_EDIT:
        raise Refusal(_("A need that is met, closed or expired is not changed any more."), code="need_is_over")
    if details.required < need.reserved + need.delivered:
        raise Refusal(
            _("More than that has been promised or delivered already."), code="less_than_promised", field="required"
        )
    put_details(need, details)
    _refuse_twin(need)
    need.save()
    _tell(need)
    return need


@transaction.atomic
def approve_need(need: Need, *, by: Actor) -> Need:
    """Approve a need and open it."""
    require(by, Permission.APPROVE_NEEDS, place=need.county_id)
    need = _locked(need.pk)
    _open(need, by=by)
    _tell(need)
    return need


@transaction.atomic
def approve_needs(county: str, ids: Collection[UUID], *, by: Actor) -> tuple[int, int]:
    """Approve and open many; gives how many were opened, and how many left as they were because one of the same kind stands."""
    require(by, Permission.APPROVE_NEEDS, place=county)
    waiting = Need.objects.select_for_update().filter(county_id=county, pk__in=ids, state__in=sorted(APPROVAL_STATES))
    needs = list(waiting.order_by("-rank", "id"))
    left = 0
    for need in needs:
        if standing_twin(need):
            left += 1
        else:
            _open(need, by=by)
    if needs:
        needs_changed.send(sender=None, county=county)
    return len(needs) - left, left


@transaction.atomic
def close_need(need: Need, *, reason: str, by: Actor) -> Need:
    """Close a need that is not to be met, and say why."""
    require(by, Permission.EDIT_NEEDS, place=need.county_id)
    if not reason.strip():
        raise Refusal(_("Say why the need is closed."), code="no_reason", field="reason")
    need = _locked(need.pk)
    if need.reserved:
        raise Refusal(_("Something is promised for this need. Release the promise first."), code="promised")
    take_step(need, after=NeedState.CLOSED, by=by, reason=reason.strip()[:200])
    need.save()
    _tell(need)
    return need


@transaction.atomic
def record_delivery(need: Need, *, quantity: int, by: Actor, key: UUID | None = None, again_reason: str = "") -> Need:
    """So many units more have been delivered: the need is then met, or partly, and the aid is on record.

    ``key`` goes with the form: sent again, it has no second effect. ``again_reason``: why the household may get the
    same thing twice in a period (N7).
    """
    require(by, Permission.EDIT_NEEDS, place=need.county_id)
    lock_household(need.household_id)
    need = _locked(need.pk)
    source = ("need", key or uuid7())
    if AidRecord.objects.filter(need=need, source_type=source[0], source_id=source[1]).exists():
        return need
    aid = Aid(
        domain=need.domain,
        on=clock.today(),
        source=source,
        item=need.item,
        quantity=quantity,
        unit=need.unit,
        again_reason=again_reason,
    )
    return deliver_units(need, quantity, reserved=False, aid=aid, by=by).need or need


def may_step(need: Need, after: str) -> bool:
    """Whether the flow allows it from the present state."""
    return after in NEED_FLOW.get(need.state, frozenset())


def valid_until(domain: str, *, on: date) -> date:
    """The last day of a need that opens on a day."""
    return on + timedelta(days=VALID_DAYS[domain])


def _open(need: Need, *, by: Actor) -> None:
    require(by, Permission.APPROVE_NEEDS, place=need.county_id)
    _refuse_twin(need, as_standing=True)
    if need.state != NeedState.APPROVED:
        take_step(need, after=NeedState.APPROVED, by=by)
    take_step(need, after=NeedState.OPEN, by=by)
    need.valid_to = need.valid_to or valid_until(need.domain, on=timezone.localdate())
    rescore(need)
    need.save()


def _locked(pk: UUID) -> Need:
    return Need.objects.select_for_update().get(pk=pk)


def _check_owner(household: Household, domain: str, person: Person | None) -> None:
    if household.state == HouseholdState.LEFT:
        raise Refusal(_("This household has left; register it again first."), code="household_left")
    if domain in HOUSEHOLD_DOMAINS:
        return
    if person is None:
        raise Refusal(_("Say which person of the household needs it."), code="no_person", field="person")
    if person.household_id != household.pk or person.left_on or person.merged_into_id:
        raise Refusal(_("This person does not live in the household."), code="other_household", field="person")


def _refuse_twin(need: Need, *, as_standing: bool = False) -> None:
    if (as_standing or need.state in STANDING_STATES) and standing_twin(need):
        raise Refusal(_("The same need already stands. Change that one instead."), code="stands_already", field="item")


def _tell(need: Need) -> None:
    needs_changed.send(sender=None, county=need.county_id)
