"""Duties: given and ended by somebody else than the one who holds them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.events import duty_ended, duty_given
from hamafza.accounts.guard import require
from hamafza.accounts.models import Duty, User
from hamafza.accounts.rules import PLACES_OF_ROLE, is_place_of_role
from hamafza.core.errors import Refusal
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place

ANY_LATER = date(9999, 1, 1)


def give_duty(user: User, *, role: str, place: str, valid_from: date, valid_to: date | None = None, by: Actor) -> Duty:
    """Give a user a role at a place (its code) from a day on, until a last day or further notice."""
    require(by, Permission.MANAGE_USERS, place=None)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.pk == by.user_id:
            raise Refusal(_("Nobody gives a duty to herself. Ask another administrator."), code="self")
        _check(locked, role=role, place=place, valid_from=valid_from, valid_to=valid_to)
        duty = Duty.objects.create(
            user=locked, role=role, place_id=place, valid_from=valid_from, valid_to=valid_to, given_by_id=by.user_id
        )
        duty_given.send(sender=Duty, duty=duty)
    return duty


def end_duty(duty: Duty, *, by: Actor) -> Duty:
    """End a duty at once: the next request of its holder is without it."""
    require(by, Permission.MANAGE_USERS, place=None)
    with transaction.atomic():
        locked = Duty.objects.select_for_update().get(pk=duty.pk)
        if locked.user_id == by.user_id:
            raise Refusal(_("Nobody ends her own duty. Ask another administrator."), code="self")
        if locked.ended_at is not None:
            raise Refusal(_("This duty has already ended."), code="ended")
        locked.ended_at = timezone.now()
        locked.save(update_fields=["ended_at"])
        duty_ended.send(sender=Duty, duty=locked)
    return locked


def _kinds(role: str) -> str:
    """At which kinds of place a role is held, in words."""
    kinds = PLACES_OF_ROLE[Role(role)] if role in Role.values else frozenset(PlaceKind)
    return " / ".join(str(kind.label) for kind in PlaceKind if kind in kinds)


def _check(user: User, *, role: str, place: str, valid_from: date, valid_to: date | None) -> None:
    where = Place.objects.filter(pk=place, valid_to__isnull=True).first()
    if where is None or not is_place_of_role(role, where.kind):
        raise Refusal(
            _("This role is not held at such a place. Choose one of this kind: %(kinds)s.") % {"kinds": _kinds(role)},
            code="wrong_place",
            field="place",
        )
    if valid_to is not None and valid_to < valid_from:
        raise Refusal(_("The last day lies before the first one."), code="order", field="valid_to")
    if valid_to is not None and valid_to < timezone.localdate():
        raise Refusal(_("The last day is already over."), code="past", field="valid_to")
    overlapping = Duty.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from),
        user=user,
        role=role,
        place_id=place,
        ended_at__isnull=True,
        valid_from__lte=valid_to or ANY_LATER,
    )
    if overlapping.exists():
        raise Refusal(_("The user already has this duty in that time."), code="held")
