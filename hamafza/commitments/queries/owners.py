"""The bodies that owe, their places, and who answers for them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.models import Organization, User
from hamafza.accounts.queries.actors import duties_in_force
from hamafza.accounts.rules import PERMISSIONS

_ANSWERING = sorted(role for role in Role if Permission.ANSWER_COMMITMENTS in PERMISSIONS[role])


def body(pk: UUID) -> Organization:
    """One body."""
    return Organization.objects.get(pk=pk)


def officers_of(organization: UUID) -> QuerySet[User]:
    """Who may sign in and answer for a body today."""
    answering = duties_in_force(timezone.localdate()).filter(role__in=_ANSWERING)
    return User.objects.filter(organization=organization, is_active=True, duties__in=answering).distinct()


def holders_of(roles: Iterable[str], place: str) -> QuerySet[User]:
    """Who holds one of these roles at exactly this place today."""
    held = duties_in_force(timezone.localdate()).filter(role__in=list(roles), place_id=place)
    return User.objects.filter(is_active=True, duties__in=held).distinct()
