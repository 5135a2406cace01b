"""For which bodies somebody may write programmes."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.models import Organization, User
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.commitments.queries.owners import answering_at


def bodies_without_users(place: str) -> QuerySet[Organization]:
    """Bodies of a place for which nobody can sign in and answer here today; the secretary writes for them."""
    officers = User.objects.filter(organization=OuterRef("pk"), is_active=True, duties__in=answering_at(place))
    return bodies_of(place).exclude(Exists(officers))


def bodies_written_for(actor: Actor, place: str) -> QuerySet[Organization]:
    """Her own body, when she answers for it here; and for the secretary those without users."""
    own = Q(pk__in=[])
    if actor.organization is not None and actor.may(Permission.ANSWER_COMMITMENTS, place):
        own = Q(pk=actor.organization)
    if actor.may(Permission.ISSUE_COMMITMENTS, place):
        own |= Q(pk__in=bodies_without_users(place).order_by().values("pk"))
    return bodies_of(place).filter(own)
