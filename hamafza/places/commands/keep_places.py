"""New places, new names, and places that are no more. Pages and rights: `accounts`, which lies above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.persian import key, latin_digits, normalize
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place, PlaceName
from hamafza.places.rules import CODE_LENGTH, KIND_WORDS, PARENT_KIND, is_official_code


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place to be added below ``parent`` (a code)."""

    kind: str
    parent: str
    code: str
    name_fa: str
    name_en: str = ""
    valid_from: date | None = None


def add_place(new: NewPlace) -> Place:
    """Add a place under its parent, with an official code that fits both."""
    with transaction.atomic():
        parent = Place.objects.select_for_update().filter(code=new.parent).first()
        if parent is None or parent.kind != PARENT_KIND.get(new.kind) or parent.valid_to is not None:
            raise Refusal(_("A place of this kind cannot stand there. Choose the place above it again."), field="kind")
        code, name = latin_digits(new.code.strip()), _name(new.name_fa, kind=new.kind)
        _check_code(code, kind=new.kind, parent=parent.code)
        _check_name(name, kind=new.kind, parent=parent.code)
        place = Place(
            code=code,
            kind=new.kind,
            parent=parent,
            name_fa=name,
            name_en=normalize(new.name_en),
            valid_from=new.valid_from,
        )
        place.save(force_insert=True)
    return place


def rename_place(code: str, *, name_fa: str, name_en: str, valid_from: date) -> Place:
    """Give a place its new name from a day on; the old one is kept with its dates."""
    with transaction.atomic():
        place = _open_place(code)
        name = _name(name_fa, kind=place.kind)
        if (name, normalize(name_en)) == (place.name_fa, place.name_en):
            raise Refusal(_("This is the name the place already has."), code="same_name", field="name_fa")
        if name != place.name_fa:
            _check_name(name, kind=place.kind, parent=str(place.parent_id), but=place.code)
            _keep_old_name(place, until=valid_from)
        place.name_fa, place.name_en = name, normalize(name_en)
        place.save(update_fields=["name_fa", "name_en"])
    return place


def end_place(code: str, *, last_day: date) -> Place:
    """Let a place end after ``last_day``, with the places inside it. What is recorded for it stays."""
    with transaction.atomic():
        place = _open_place(code)
        if place.kind == PlaceKind.COUNTRY:
            raise Refusal(_("The country cannot be ended."), code="country")
        ends = last_day + timedelta(days=1)
        _check_last_day(place, ends=ends)
        inside = Q(parent=place) | Q(parent__parent=place) | Q(parent__parent__parent=place)
        Place.objects.filter(inside, valid_to__isnull=True).update(valid_to=ends)
        place.valid_to = ends
        place.save(update_fields=["valid_to"])
    return place


def _open_place(code: str) -> Place:
    place = Place.objects.select_for_update().get(code=code)
    if place.valid_to is not None:
        raise Refusal(_("This place has ended; it can no longer be changed."), code="ended")
    return place


def _keep_old_name(place: Place, *, until: date) -> None:
    if until > timezone.localdate():
        raise Refusal(_("A new name is entered on the day it comes into force, not before."), field="valid_from")
    last = PlaceName.objects.filter(place=place).order_by("-valid_to").first()
    since = last.valid_to if last else place.valid_from
    if since is not None and until <= since:
        raise Refusal(
            _("The present name came into force later than this day. Choose a later day."), field="valid_from"
        )
    PlaceName.objects.create(
        place=place, name_fa=place.name_fa, name_en=place.name_en, valid_from=since, valid_to=until
    )


def _check_last_day(place: Place, *, ends: date) -> None:
    if ends > timezone.localdate() + timedelta(days=1):
        raise Refusal(_("A place is ended on its last day or later, not before."), code="future", field="last_day")
    renamed = PlaceName.objects.filter(place=place).order_by("-valid_to").first()
    if renamed and ends <= renamed.valid_to:
        raise Refusal(_("The place got its present name after this day."), code="renamed", field="last_day")
    if place.valid_from and ends <= place.valid_from:
        raise Refusal(_("The last day lies before the first one."), code="order", field="last_day")


def _name(text: str, *, kind: str) -> str:
    """The bare name: «بخش مرکزی» and «مرکزی» are one, since the kind is written before it wherever it is shown."""
    name = normalize(text)
    bare = name.removeprefix(f"{KIND_WORDS[kind]} ") if kind in KIND_WORDS else name
    if not bare:
        raise Refusal(_("Write the name."), code="no_name", field="name_fa")
    return bare


def _check_code(code: str, *, kind: str, parent: str) -> None:
    if not is_official_code(code, kind=kind, parent=parent):
        raise Refusal(
            _("The official code of this kind has %(digits)s digits and begins with the code of the place above it.")
            % {"digits": wording.number(CODE_LENGTH[kind])},
            code="bad_code",
            field="code",
        )
    if Place.objects.filter(code=code).exists():
        raise Refusal(_("Another place has this code."), code="code_taken", field="code")


def _check_name(name: str, *, kind: str, parent: str, but: str = "") -> None:
    same = Place.objects.filter(kind=kind, parent_id=parent, name_key=key(name), valid_to__isnull=True)
    if same.exclude(code=but).exists():
        raise Refusal(_("There is already a place of this name there."), code="name_taken", field="name_fa")
