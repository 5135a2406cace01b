"""Councils of a place, with what is worth knowing beside each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hamafza.accounts.choices import Role
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import duties_in_force
from hamafza.core import clock
from hamafza.councils.flow import BEFORE_SESSION, UNCLOSED
from hamafza.councils.models import AgendaItem, Council, Meeting, Resolution
from hamafza.councils.queries.resolutions import due_for_review

#: Beside the states: what a meeting looks back at.
UNCLOSED_ONES, FOR_REVIEW = "unclosed", "review"


@dataclass(frozen=True, slots=True)
class Filters:
    """Of a list of resolutions."""

    state: str = ""
    text: str = ""


def councils_of(place: str) -> QuerySet[Council]:
    """Of an open place, by name."""
    return Council.objects.filter(place_id=place).select_related("parent", "secretariat").order_by("name", "pk")


def councils_by(place: str, *, ended: bool) -> QuerySet[Council]:
    """Those that meet, or those that have ended."""
    return councils_of(place).filter(active=not ended)


def with_figures(councils: QuerySet[Council]) -> QuerySet[Council]:
    """How many seats stand, how many resolutions are not closed."""
    return councils.annotate(
        seats_count=Count("seats", filter=Q(seats__until__isnull=True), distinct=True),
        unclosed_count=Count(
            "resolutions",
            filter=Q(resolutions__state__in=sorted(UNCLOSED), resolutions__is_declaratory=False),
            distinct=True,
        ),
    )


def next_meetings(councils: list[Council]) -> dict[object, Meeting]:
    """The next one of each, in one query."""
    coming = Meeting.objects.filter(
        council__in=councils, state__in=sorted(BEFORE_SESSION), on__gte=timezone.localdate()
    )
    found: dict[object, Meeting] = {}
    for one in coming.order_by("-on", "-starts_at"):
        found[one.council_id] = one
    return found


def meetings_of(council: Council) -> QuerySet[Meeting]:
    """The latest first."""
    return council.meetings.order_by("-on", "-pk")


def backlog_of(council: Council) -> QuerySet[AgendaItem]:
    """Matters that wait for a meeting, the oldest first."""
    return council.items.filter(meeting__isnull=True).select_related("submitter").order_by("created_at", "pk")


def resolutions_by(council: Council, filters: Filters, *, closed: bool) -> QuerySet[Resolution]:
    """By filter; ``closed`` says whether closed ones may be shown."""
    found = council.resolutions.select_related("meeting")
    if filters.state == UNCLOSED_ONES:
        found = found.filter(state__in=sorted(UNCLOSED), is_declaratory=False)
    elif filters.state == FOR_REVIEW:
        today = clock.today()
        found = found.filter(due_for_review(today, reviewed_in=Meeting.objects.filter(on__lte=today)))
    elif filters.state:
        found = found.filter(state=filters.state)
    if filters.text:
        found = found.filter(Q(title__icontains=filters.text) | Q(text__icontains=filters.text))
    return found if closed else found.exclude(visibility="closed").exclude(item__visibility="closed")


def users_of(place: str) -> QuerySet[User]:
    """Who has a duty at a place or above, or governs a district of it, by name: they may sign in as who holds a seat."""
    duties = duties_in_force(timezone.localdate()).filter(
        Q(place_id=place) | Q(place__children=place) | Q(place__parent=place, role=Role.DISTRICT_GOVERNOR),
        user=OuterRef("pk"),
    )
    return User.objects.filter(Exists(duties), is_active=True).order_by("full_name", "pk")
