"""Divide the work: say which part a body has in a field of support at a place, and take it back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.models import Organization
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.commitments.choices import Part
from hamafza.commitments.models import FieldPart, SupportField
from hamafza.core.errors import Refusal


@transaction.atomic
def set_part(place: str, *, field: SupportField, organization: Organization, part: Part, by: Actor) -> FieldPart:
    """One part for each body in each field. A second owner is written down too, and shown as such until one is left."""
    require(by, Permission.ISSUE_COMMITMENTS, place=place)
    # Two clicks at once wait here for each other, whatever cell they are for.
    SupportField.objects.select_for_update().get(pk=field.pk)
    if not field.active:
        raise Refusal(_("This field is not in use any more."), code="not_active")
    if not bodies_of(place).filter(pk=organization.pk).exists():
        raise Refusal(_("This body does not work here. Choose another one."), code="not_here", field="organization")
    found, _made = FieldPart.objects.get_or_create(
        place_id=place, field=field, organization=organization, defaults={"part": part}
    )
    if found.part != part:
        found.part = part
        found.save(update_fields=["part"])
    return found


@transaction.atomic
def clear_part(place: str, *, field: SupportField, organization: Organization, by: Actor) -> bool:
    """The body has no part in it any more; whether it had one."""
    require(by, Permission.ISSUE_COMMITMENTS, place=place)
    removed, _rows = FieldPart.objects.filter(place_id=place, field=field, organization=organization).delete()
    return bool(removed)
