"""Fields of support: the usual ones are loaded at set-up; an administrator adds, renames and retires them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.commitments.division_usual import USUAL
from hamafza.commitments.models import SupportField
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.core.persian import key, normalize

BETWEEN = 10
LAST_POSITION = 9_999


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """What is said of a field; an empty ``position`` puts a new one last."""

    name_fa: str
    name_en: str = ""
    position: int | None = None
    active: bool = True


def load_fields() -> int:
    """Add the usual fields that are not on file; answers how many. Those on file stay as administrators left them."""
    known = set(SupportField.objects.values_list("code", flat=True))
    missing = [
        SupportField(code=usual.code, name_fa=usual.name_fa, name_en=usual.name_en, position=number * BETWEEN)
        for number, usual in enumerate(USUAL, 1)
        if usual.code not in known
    ]
    insert_all(missing)
    return len(missing)


@transaction.atomic
def add_field(code: str, facts: FieldFacts, *, by: Actor) -> SupportField:
    """Add a field; ``code`` is kept for ever, for papers and files."""
    require(by, Permission.MANAGE_ORGANIZATIONS, place=None)
    if SupportField.objects.filter(code=code).exists():
        raise Refusal(_("There is a field with this code already. Choose another code."), code="taken", field="code")
    return _write(SupportField(code=code), facts)


@transaction.atomic
def edit_field(field: SupportField, facts: FieldFacts, *, by: Actor) -> SupportField:
    """Rename, move or retire a field. One that is retired stays with what was written in it, and is offered no more."""
    require(by, Permission.MANAGE_ORGANIZATIONS, place=None)
    return _write(SupportField.objects.select_for_update().get(pk=field.pk), facts)


def _write(field: SupportField, facts: FieldFacts) -> SupportField:
    name = normalize(facts.name_fa)
    if not name:
        raise Refusal(_("Write the name."), code="no_name", field="name_fa")
    others = list(SupportField.objects.exclude(pk=field.pk))
    if key(name) in {key(other.name_fa) for other in others}:
        raise Refusal(_("There is a field of this name already."), code="name_taken", field="name_fa")
    last = max((other.position for other in others), default=0)
    field.name_fa, field.name_en, field.active = name, normalize(facts.name_en), facts.active
    field.position = min(last + BETWEEN, LAST_POSITION) if facts.position is None else facts.position
    field.save()
    return field
