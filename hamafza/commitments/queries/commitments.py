"""Commitments by place and by body, those that wait and those that are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hamafza.commitments.choices import CommitmentState, Confidentiality
from hamafza.commitments.flow import OPEN_STATES, OWED_STATES
from hamafza.commitments.models import Commitment, DueDateChange, ProgressUpdate, Supporter, Verification

OPEN, LATE, SETTLED = "open", "late", "settled"


@dataclass(frozen=True, slots=True)
class Filters:
    """Of a list; ``state`` is a state, or `OPEN`, `LATE`, `SETTLED`."""

    state: str = ""
    owner: str = ""
    field: str = ""
    source: str = ""
    text: str = ""


def commitments_in(place: str, filters: Filters, *, on: date) -> QuerySet[Commitment]:
    """Of an open place, what is due first at the top."""
    return _filtered(Commitment.objects.filter(place_id=place), filters, on=on)


def of_body(body: UUID) -> QuerySet[Commitment]:
    """What a body owes or helps with, in the open places; drafts are nobody's yet."""
    helps = Exists(Supporter.objects.filter(commitment=OuterRef("pk"), organization=body))
    found = Commitment.objects.filter(Q(owner=body) | helps).exclude(state=CommitmentState.DRAFT)
    return found.select_related("owner", "issuer", "field", "place")


def owed_by(body: UUID) -> QuerySet[Commitment]:
    """What a body itself still owes, the most urgent first."""
    return of_body(body).filter(owner=body, state__in=sorted(OPEN_STATES)).order_by("due_on", "id")


def late_in(place: str, *, on: date) -> QuerySet[Commitment]:
    """Owed and past its day."""
    late = Commitment.objects.filter(place_id=place, state__in=sorted(OWED_STATES), due_on__lt=on)
    return late.select_related("owner", "issuer", "field").order_by("due_on", "id")


def told_outside(found: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Without the closed ones, which leave through no door (C6)."""
    return found.exclude(confidentiality=Confidentiality.CLOSED)


def updates_of(commitment: Commitment) -> QuerySet[ProgressUpdate]:
    """The newest first."""
    return commitment.updates.select_related("by", "verification__by").order_by("-at", "-id")


def date_changes_of(commitment: Commitment) -> QuerySet[DueDateChange]:
    """The newest first."""
    return commitment.date_changes.select_related("asked_by", "decided_by").order_by("-asked_at", "-id")


def verifications_of(commitment: Commitment) -> QuerySet[Verification]:
    """The newest first."""
    return commitment.verifications.select_related("by").order_by("-at", "-id")


def _filtered(found: QuerySet[Commitment], filters: Filters, *, on: date) -> QuerySet[Commitment]:
    if filters.state == OPEN:
        found = found.filter(state__in=sorted(OPEN_STATES))
    elif filters.state == LATE:
        found = found.filter(state__in=sorted(OWED_STATES), due_on__lt=on)
    elif filters.state == SETTLED:
        found = found.exclude(state__in=sorted(OPEN_STATES))
    elif filters.state:
        found = found.filter(state=filters.state)
    for name in ("owner", "field"):
        if value := getattr(filters, name):
            found = found.filter(**{name: value})
    if filters.source:
        found = found.filter(source_type=filters.source)
    if filters.text:
        found = found.filter(title__icontains=filters.text)
    return found.select_related("owner", "issuer", "field").order_by("due_on", "id")
