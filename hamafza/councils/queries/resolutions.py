"""Resolutions and how far they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from hamafza.commitments.choices import Source
from hamafza.commitments.models import Commitment
from hamafza.councils.choices import ItemKind, Visibility
from hamafza.councils.flow import OVER, STANDING, UNCLOSED
from hamafza.councils.implementation import Implementation, Share, implementation_of
from hamafza.councils.models import Council, Meeting, Resolution


def resolutions_of(council: Council) -> QuerySet[Resolution]:
    """The newest first."""
    return council.resolutions.select_related("meeting", "item").order_by("-jalali_year", "-number", "-id")


def unclosed_of(council: Council) -> QuerySet[Resolution]:
    """In force and not confirmed: what the next agenda opens with (C4), the oldest first."""
    found = council.resolutions.filter(state__in=sorted(UNCLOSED), is_declaratory=False)
    return found.select_related("meeting").order_by("jalali_year", "number", "id")


def standing_of(council: Council) -> QuerySet[Resolution]:
    """In force: what a new one may take the place of."""
    return council.resolutions.filter(state__in=sorted(STANDING - {"confirmed"})).order_by("-jalali_year", "-number")


def followed_up(meeting: Meeting) -> QuerySet[Resolution]:
    """What a meeting looks back at: resolutions of earlier ones that are not closed, or are due for review (`for_review`)."""
    earlier = meeting.council.meetings.filter(on__lte=meeting.on).exclude(pk=meeting.pk)
    for_review = due_for_review(meeting.on, reviewed_in=earlier)
    unclosed = Q(state__in=sorted(UNCLOSED), is_declaratory=False)
    found = meeting.council.resolutions.filter(unclosed | for_review, meeting__in=earlier)
    found = found.annotate(for_review=ExpressionWrapper(for_review, output_field=BooleanField()))
    return found.select_related("meeting").order_by("jalali_year", "number", "id")


def due_for_review(on: date, *, reviewed_in: QuerySet[Meeting]) -> Q:
    """In force, its day of review has come, and no meeting since has dealt with its follow-up."""
    dealt_with = reviewed_in.filter(
        council=OuterRef("council"), on__gte=OuterRef("review_on"), state__in=sorted(OVER),
        items__kind=ItemKind.FOLLOW_UP, items__is_done=True,
    )  # fmt: skip
    return Q(state__in=sorted(STANDING), review_on__lte=on) & ~Q(Exists(dealt_with.exclude(pk=OuterRef("meeting"))))


def told_outside(found: QuerySet[Resolution]) -> QuerySet[Resolution]:
    """Without the closed ones, which leave through no door (C6)."""
    return found.exclude(visibility=Visibility.CLOSED).exclude(item__visibility=Visibility.CLOSED)


def commitments_of(resolution: Resolution) -> QuerySet[Commitment]:
    """What is owed under it, by number."""
    found = Commitment.objects.filter(source_type=Source.RESOLUTION, source_id=resolution.pk)
    return found.select_related("owner", "issuer", "field").order_by("jalali_year", "number", "id")


def implementations(resolutions: Iterable[UUID]) -> dict[UUID, Implementation]:
    """How far each is, in one query."""
    shares: dict[UUID, list[Share]] = {pk: [] for pk in resolutions}
    rows = Commitment.objects.filter(source_type=Source.RESOLUTION, source_id__in=list(shares))
    for source, weight, percent, state in rows.values_list("source_id", "weight", "percent", "state"):
        if source is not None:
            shares[source].append(Share(weight, percent, state))
    return {pk: implementation_of(of) for pk, of in shares.items()}
