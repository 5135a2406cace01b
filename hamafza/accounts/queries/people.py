"""Users, duties, organisations and sessions for the administrator's pages."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from hamafza.accounts.models import Duty, Organization, SignIn, User
from hamafza.accounts.queries.actors import duties_in_force
from hamafza.core.persian import key, latin_digits

Named = TypeVar("Named", User, Organization)


class After(NamedTuple):
    """Where a page of a list went on from: the sort key and the id of its last row."""

    sort_key: str
    id: UUID


def users(*, text: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Users by name in Persian order, with the duties in force today as ``duties_today``."""
    today = timezone.localdate()
    in_force = duties_in_force(today).select_related("place")
    found = User.objects.select_related("organization").prefetch_related(
        Prefetch("duties", queryset=in_force, to_attr="duties_today")
    )
    if text:
        found = found.filter(Q(search_key__contains=key(text)) | Q(username__contains=latin_digits(text).casefold()))
    if role:
        found = found.filter(pk__in=duties_in_force(today).filter(role=role).values("user_id"))
    if state:
        found = found.filter(is_active=state == "on")
    return found


def organizations(*, text: str = "", kind: str = "") -> QuerySet[Organization]:
    """Organisations by name in Persian order, with their places."""
    found = Organization.objects.select_related("place")
    if text:
        found = found.filter(name_key__contains=key(text))
    return found.filter(kind=kind) if kind else found


def active_organizations() -> QuerySet[Organization]:
    """Organisations a user may belong to."""
    return Organization.objects.filter(active=True).select_related("place")


def duties_of(user: User) -> QuerySet[Duty]:
    """All duties of a user, those in force first, then the latest."""
    return Duty.objects.filter(user=user).select_related("place", "given_by").order_by("ended_at", "-valid_from")


def duties_held_in(place: str) -> QuerySet[Duty]:
    """Duties at a place (its code) or one inside it, that have not ended and are not over."""
    inside = Q(place=place) | Q(place__parent=place) | Q(place__parent__parent=place)
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())
    return Duty.objects.filter(inside, still, ended_at__isnull=True)


def sign_ins_of(user: User) -> QuerySet[SignIn]:
    """The user's living sessions, the one seen last first."""
    oldest = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return SignIn.objects.filter(user=user, seen_at__gte=oldest)


def page_after(rows: QuerySet[Named], after: After | None) -> QuerySet[Named]:
    """The rows that follow ``after`` in the order of names."""
    if after is None:
        return rows
    return rows.filter(Q(sort_key__gt=after.sort_key) | Q(sort_key=after.sort_key, id__gt=after.id))
