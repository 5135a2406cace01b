"""A person goes from one household to another of the same county; her file and history go with her."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.registry.choices import FileEventKind, HouseholdState, Relation
from hamafza.registry.commands.announce import announce
from hamafza.registry.commands.fields import HouseholdFields
from hamafza.registry.commands.register_household import register_household
from hamafza.registry.commands.register_person import refuse_second_head
from hamafza.registry.commands.set_head import refuse_without_reason
from hamafza.registry.events import person_moved
from hamafza.registry.models import FileEvent, HardshipCause, Household, Person


@transaction.atomic
def move_person(
    person: Person, *, to: Household, relation: Relation = Relation.OTHER, reason: str, by: Actor
) -> Person:
    """Put ``person`` into the household ``to``; the one she leaves loses its head when she was it."""
    require(by, Permission.EDIT_CLIENTS, place=person.county_id)
    ids = sorted({person.household_id, to.pk})
    households = {row.pk: row for row in Household.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    moving = Person.objects.select_for_update().get(pk=person.pk)
    refuse_without_reason(reason)
    target = _refuse_target(moving, households.get(to.pk))
    left = households[moving.household_id]
    moving.household, moving.relation = target, relation
    refuse_second_head(target, moving)
    _leave_head(left, moving)
    moving.save(update_fields=["household", "relation"])
    if relation == Relation.HEAD:
        target.head = moving
        target.save(update_fields=["head"])
    # A cause of hers that the household has anyway stays hers; it only changes the file it is listed under.
    HardshipCause.objects.filter(person=moving).update(household=target)
    FileEvent.objects.create(
        county_id=moving.county_id,
        household=target,
        from_household=left,
        person=moving,
        kind=FileEventKind.MOVED,
        reason=reason.strip(),
        by_id=by.user_id,
    )
    person_moved.send(
        sender=None,
        county=moving.county_id,
        person_id=moving.pk,
        from_household_id=left.pk,
        to_household_id=target.pk,
    )
    announce(moving.county_id, [left.pk, target.pk])
    return moving


@transaction.atomic
def move_person_to_new_household(person: Person, *, fields: HouseholdFields, reason: str, by: Actor) -> Person:
    """Open a file for ``person`` alone, with her as its head."""
    household = register_household(person.county, fields=fields, by=by)
    return move_person(person, to=household, relation=Relation.HEAD, reason=reason, by=by)


def _refuse_target(person: Person, target: Household | None) -> Household:
    if target is None or target.county_id != person.county_id:
        raise Refusal(_("There is no such household in this county."), code="no_household", field="household")
    if target.pk == person.household_id:
        raise Refusal(_("The person is already in this household."), code="same_household", field="household")
    if target.state == HouseholdState.LEFT:
        raise Refusal(
            _("The file of this household is closed. Return it to the file first."), code="closed", field="household"
        )
    if person.left_on is not None:
        raise Refusal(_("This person has left. Return her to the file first."), code="has_left")
    return target


def _leave_head(household: Household, person: Person) -> None:
    if household.head_id == person.pk:
        household.head = None
        household.save(update_fields=["head"])
