"""Another person becomes head of her household."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.registry.choices import FileEventKind, Relation
from hamafza.registry.commands.announce import announce
from hamafza.registry.models import FileEvent, Household, Person


@transaction.atomic
def set_head(person: Person, *, reason: str, by: Actor) -> Household:
    """Make ``person`` the head; the head before her becomes "other relation", to be set right on his page."""
    require(by, Permission.EDIT_CLIENTS, place=person.county_id)
    household = Household.objects.select_for_update().get(pk=person.household_id)
    new_head = Person.objects.select_for_update().get(pk=person.pk)
    refuse_without_reason(reason)
    if new_head.left_on is not None:
        raise Refusal(_("A person who has left the household cannot be its head."), code="has_left")
    if household.head_id == new_head.pk:
        return household
    for old_head in Person.objects.filter(household=household, relation=Relation.HEAD, left_on__isnull=True):
        old_head.relation = Relation.OTHER
        old_head.save(update_fields=["relation"])
    new_head.relation = Relation.HEAD
    new_head.save(update_fields=["relation"])
    household.head = new_head
    household.save(update_fields=["head"])
    FileEvent.objects.create(
        county_id=household.county_id,
        household=household,
        person=new_head,
        kind=FileEventKind.HEAD,
        reason=reason.strip(),
        by_id=by.user_id,
    )
    announce(household.county_id, [household.pk])
    return household


def refuse_without_reason(reason: str) -> None:
    """Every change of state has its reason on file."""
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the file."), code="no_reason", field="reason")
