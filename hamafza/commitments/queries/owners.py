"""The bodies that owe, their places, and who answers for them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.models import Duty, Organization, User
from hamafza.accounts.queries.actors import duties_in_force
from hamafza.accounts.rules import PERMISSIONS
from hamafza.places.choices import PlaceKind
from hamafza.places.models import Place

_ANSWERING = sorted(role for role in Role if Permission.ANSWER_COMMITMENTS in PERMISSIONS[role])


def body(pk: UUID) -> Organization:
    """One body."""
    return Organization.objects.get(pk=pk)


def officers_of(organization: UUID, place: str) -> QuerySet[User]:
    """Who may sign in and answer today for what a body owes at a place: exactly those for whom `rules.answers_at` holds.

    That is by a duty which covers the place, or by one at a place within it: what is owed above is open to her too.
    """
    within = Q(place__parent=place) | Q(place__parent__parent=place)
    return _officers(organization, _answering().filter(_covering(place) | within))


def officers_at(organization: UUID, place: str) -> QuerySet[User]:
    """Those of them whose duty covers the place itself: they plan there."""
    return _officers(organization, answering_at(place))


def answering_at(place: str) -> QuerySet[Duty]:
    """Duties of today that let answer for a body and cover the place, as `HeldDuty.covers` says."""
    return _answering().filter(_covering(place))


def holders_of(roles: Iterable[str], place: str) -> QuerySet[User]:
    """Who holds one of these roles at exactly this place today."""
    held = duties_in_force(timezone.localdate()).filter(role__in=list(roles), place_id=place)
    return User.objects.filter(is_active=True, duties__in=held).distinct()


def _answering() -> QuerySet[Duty]:
    return duties_in_force(timezone.localdate()).filter(role__in=_ANSWERING)


def _covering(place: str) -> Q:
    """A duty at the place; of a county also one at its province or the country."""
    county = Place.objects.filter(code=place, kind=PlaceKind.COUNTY)
    return Q(place=place) | Q(place__in=county.values("parent")) | Q(place__in=county.values("parent__parent"))


def _officers(organization: UUID, duties: QuerySet[Duty]) -> QuerySet[User]:
    return User.objects.filter(organization=organization, is_active=True, duties__in=duties).distinct()
