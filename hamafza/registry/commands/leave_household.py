"""A person dies or leaves, and may come back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.registry.choices import FileEventKind, PersonLeft, Relation
from hamafza.registry.commands.announce import announce
from hamafza.registry.commands.set_head import refuse_without_reason
from hamafza.registry.events import files_returned
from hamafza.registry.models import FileEvent, Household, Person


@transaction.atomic
def leave_household(person: Person, *, why: PersonLeft, on: date, reason: str, by: Actor) -> Person:
    """Count the person no longer from ``on``; her file stays, and so does her claim on her identity number."""
    require(by, Permission.EDIT_CLIENTS, place=person.county_id)
    household = Household.objects.select_for_update().get(pk=person.household_id)
    leaving = Person.objects.select_for_update().get(pk=person.pk)
    refuse_without_reason(reason)
    if leaving.left_on is not None:
        raise Refusal(_("This person has left already."), code="has_left")
    if on > timezone.localdate():
        raise Refusal(_("The day of leaving lies in the future."), code="future_date", field="on")
    leaving.left_on, leaving.left_reason = on, why
    leaving.save(update_fields=["left_on", "left_reason"])
    if household.head_id == leaving.pk:
        household.head = None
        household.save(update_fields=["head"])
    _record(leaving, kind=FileEventKind.LEFT, reason=reason, by=by)
    announce(leaving.county_id, [household.pk])
    return leaving


@transaction.atomic
def return_to_household(person: Person, *, reason: str, by: Actor) -> Person:
    """Count the person again; when another is head meanwhile, she comes back as "other relation"."""
    require(by, Permission.EDIT_CLIENTS, place=person.county_id)
    household = Household.objects.select_for_update().get(pk=person.household_id)
    returning = Person.objects.select_for_update().get(pk=person.pk)
    refuse_without_reason(reason)
    if returning.left_on is None:
        raise Refusal(_("This person is in the household."), code="has_not_left")
    returning.left_on, returning.left_reason = None, ""
    if returning.relation == Relation.HEAD and household.head_id is not None:
        returning.relation = Relation.OTHER
    returning.save(update_fields=["left_on", "left_reason", "relation"])
    if returning.relation == Relation.HEAD:
        household.head = returning
        household.save(update_fields=["head"])
    _record(returning, kind=FileEventKind.RETURNED, reason=reason, by=by)
    announce(returning.county_id, [household.pk])
    files_returned.send(sender=None, county=returning.county_id, household_ids=[household.pk])
    return returning


def _record(person: Person, *, kind: FileEventKind, reason: str, by: Actor) -> None:
    FileEvent.objects.create(
        county_id=person.county_id,
        household_id=person.household_id,
        person=person,
        kind=kind,
        reason=reason.strip(),
        by_id=by.user_id,
    )
