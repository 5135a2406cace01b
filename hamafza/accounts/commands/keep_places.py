"""The right to keep places, asked before `places` writes (it lies below and knows no actor)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.accounts.queries.people import duties_held_in
from hamafza.core.errors import Refusal
from hamafza.places.commands import keep_places
from hamafza.places.commands.keep_places import NewPlace
from hamafza.places.models import Place


def add_place(new: NewPlace, *, by: Actor) -> Place:
    """Add a place under its parent."""
    require(by, Permission.MANAGE_PLACES, place=None)
    return keep_places.add_place(new)


def rename_place(code: str, *, name_fa: str, name_en: str, valid_from: date, by: Actor) -> Place:
    """Give a place its new name from a day on."""
    require(by, Permission.MANAGE_PLACES, place=None)
    return keep_places.rename_place(code, name_fa=name_fa, name_en=name_en, valid_from=valid_from)


def end_place(code: str, *, last_day: date, by: Actor) -> Place:
    """Let a place end after its last day; refused while somebody holds a duty there, who would lose it unasked."""
    require(by, Permission.MANAGE_PLACES, place=None)
    if duties_held_in(code).exists():
        raise Refusal(
            _("Duties are held at this place or inside it. End them first, or give them at another place."),
            code="duties",
        )
    return keep_places.end_place(code, last_day=last_day)
