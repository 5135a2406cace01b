"""Who hears of a published programme."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import duties_in_force
from hamafza.accounts.rules import PERMISSIONS
from hamafza.commitments.models import Programme

_TOLD = sorted(
    role
    for role in Role
    if PERMISSIONS[role] & {Permission.ANSWER_COMMITMENTS, Permission.ISSUE_COMMITMENTS}
)  # fmt: skip


def who_is_told(programme: Programme) -> QuerySet[User]:
    """Officers of the other bodies at its place, and the secretary there; her own colleagues know."""
    held = duties_in_force(timezone.localdate()).filter(role__in=_TOLD, place_id=programme.place_id)
    others = User.objects.filter(is_active=True, duties__in=held).exclude(organization=programme.organization_id)
    return others.distinct().order_by("pk")
