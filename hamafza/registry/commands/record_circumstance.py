"""Target groups, disability and causes of hardship of a person or a household."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.registry.choices import Cause, DisabilitySeverity, DisabilityType, TargetGroup
from hamafza.registry.commands.announce import announce
from hamafza.registry.models import Disability, HardshipCause, Household, Person, TargetGroupMembership


@transaction.atomic
def join_group(
    person: Person, *, group: TargetGroup, valid_from: date, basis: str = "", by: Actor
) -> TargetGroupMembership:
    """The person belongs to ``group`` from a day on."""
    require(by, Permission.EDIT_CLIENTS, place=person.county_id)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if TargetGroupMembership.objects.filter(person=locked, group=group, valid_to__isnull=True).exists():
        raise Refusal(_("The person is in this group already."), code="in_group", field="group")
    membership = TargetGroupMembership.objects.create(
        county_id=locked.county_id, person=locked, group=group, valid_from=valid_from, basis=basis.strip()
    )
    announce(locked.county_id, [locked.household_id])
    return membership


@transaction.atomic
def leave_group(membership: TargetGroupMembership, *, valid_to: date, by: Actor) -> TargetGroupMembership:
    """The last day of a membership; the membership itself stays on file."""
    require(by, Permission.EDIT_CLIENTS, place=membership.county_id)
    locked = TargetGroupMembership.objects.select_for_update().select_related("person").get(pk=membership.pk)
    if locked.valid_to is not None:
        raise Refusal(_("This membership has ended already."), code="ended")
    if valid_to < locked.valid_from:
        raise Refusal(_("It cannot end before it began."), code="dates_in_order", field="valid_to")
    locked.valid_to = valid_to
    locked.save()
    announce(locked.county_id, [locked.person.household_id])
    return locked


@transaction.atomic
def record_disability(
    person: Person,
    *,
    type: DisabilityType,  # noqa: A002 - the field's name
    severity: DisabilitySeverity | None = None,
    decision_number: str = "",
    decided_on: date | None = None,
    review_on: date | None = None,
    note: str = "",
    by: Actor,
) -> Disability:
    """Put a disability on file, or set right the one of that type that is there. An empty ``note`` keeps the old one."""
    require(by, Permission.EDIT_CLIENTS, place=person.county_id)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    disability = Disability.objects.filter(person=locked, type=type).first() or Disability(
        county_id=locked.county_id, person=locked, type=type
    )
    if decided_on and review_on and review_on < decided_on:
        raise Refusal(_("The review cannot lie before the decision."), code="dates_in_order", field="review_on")
    disability.severity = severity or ""
    disability.decision_number = decision_number.strip()
    disability.decided_on, disability.review_on = decided_on, review_on
    disability.note = note or disability.note
    disability.save()
    announce(locked.county_id, [locked.household_id])
    return disability


@transaction.atomic
def record_cause(
    household: Household, *, cause: Cause, person: Person | None = None, note: str = "", by: Actor
) -> HardshipCause:
    """Put a cause of hardship on file, of the household or of one person in it."""
    require(by, Permission.EDIT_CLIENTS, place=household.county_id)
    locked = Household.objects.select_for_update().get(pk=household.pk)
    if HardshipCause.objects.filter(household=locked, person=person, cause=cause).exists():
        raise Refusal(_("This cause is on file already."), code="cause_on_file", field="cause")
    recorded = HardshipCause(county_id=locked.county_id, household=locked, person=person, cause=cause, note=note)
    recorded.save()
    announce(locked.county_id, [locked.pk])
    return recorded


@transaction.atomic
def withdraw_cause(cause: HardshipCause, *, by: Actor) -> None:
    """Take a cause off the file; the audit trail keeps what stood there."""
    require(by, Permission.EDIT_CLIENTS, place=cause.county_id)
    locked = HardshipCause.objects.select_for_update().get(pk=cause.pk)
    household_id = locked.household_id
    locked.delete()
    announce(cause.county_id, [household_id])
