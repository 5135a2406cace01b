"""From a signed-in user to an actor with the duties of today."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from hamafza.accounts.actor import Actor, HeldDuty
from hamafza.accounts.choices import Role
from hamafza.accounts.models import Duty, User
from hamafza.places.queries.places import counties_under


def duties_in_force(on: date) -> QuerySet[Duty]:
    """Duties valid on a day and not ended."""
    return Duty.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on, ended_at__isnull=True)


def actor_for(user: User | AnonymousUser) -> Actor:
    """Read anew for each request: a duty that ends, ends at once (S-A6)."""
    duties = duties_in_force(timezone.localdate()).filter(user_id=user.pk).select_related("place")
    held = tuple(HeldDuty(role=Role(duty.role), place=duty.place_id, counties=counties_under(duty.place)) for duty in duties)
    return Actor(name=str(user), user_id=user.pk, duties=held)
