"""Commitments by place and by body, those that wait and those that are late."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.commitments.choices import CommitmentState, Confidentiality
from hamafza.commitments.flow import OPEN_STATES, OWED_STATES
from hamafza.commitments.models import Commitment, DueDateChange, ProgressUpdate, Supporter, Verification
from hamafza.core.persian import latin_digits, normalize

OPEN, LATE, REVIEW, SETTLED = "open", "late", "review", "settled"
#: What a list may be sorted by: the columns of its order; the last one makes each place in it one of a kind.
SORTS: dict[str, tuple[str, str]] = {
    "due": ("due_on", "id"),
    "-due": ("-due_on", "-id"),
    "done": ("percent", "id"),
    "-done": ("-percent", "-id"),
}
DEFAULT_SORT = "due"
#: A number as it is spoken of: 1405/12, or 12.
NUMBER = re.compile(r"(?:(\d{4})/)?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Filters:
    """Of a list; ``state`` is a state, or `OPEN`, `LATE`, `REVIEW`, `SETTLED`."""

    state: str = ""
    owner: str = ""
    field: str = ""
    source: str = ""
    text: str = ""
    sort: str = ""

    @property
    def order(self) -> tuple[str, str]:
        return SORTS[self.sort or DEFAULT_SORT]


def commitments_in(place: str, filters: Filters, *, on: date, known_to: Actor) -> QuerySet[Commitment]:
    """Of an open place, what is due first at the top unless another order is asked for; `known` to the asker."""
    return _filtered(known(Commitment.objects.filter(place_id=place), place=place, to=known_to), filters, on=on)


def known(found: QuerySet[Commitment], *, place: str, to: Actor) -> QuerySet[Commitment]:
    """Without closed ones, but for who hands them out there and for bodies that take part; a district has none of them."""
    if to.may(Permission.ISSUE_COMMITMENTS, place):
        return found
    if to.districts_with(Permission.SEE_COMMITMENTS, place):
        return told_outside(found)
    return found.filter(~Q(confidentiality=Confidentiality.CLOSED) | takes_part(to.organization))


def takes_part(body: UUID | None) -> Q:
    """Owns it, asked for it, or helps."""
    if body is None:
        return Q(pk__isnull=True)
    helps = Exists(Supporter.objects.filter(commitment=OuterRef("pk"), organization=body))
    return Q(owner=body) | Q(issuer=body) | Q(helps)


def of_body(body: UUID) -> QuerySet[Commitment]:
    """What a body owes or helps with, in the open places; drafts are nobody's yet."""
    helps = Exists(Supporter.objects.filter(commitment=OuterRef("pk"), organization=body))
    found = Commitment.objects.filter(Q(owner=body) | helps).exclude(state=CommitmentState.DRAFT)
    return found.select_related("owner", "issuer", "field", "place")


def owed_by(body: UUID) -> QuerySet[Commitment]:
    """What a body itself still owes, the most urgent first."""
    return of_body(body).filter(owner=body, state__in=sorted(OPEN_STATES)).order_by(*SORTS[DEFAULT_SORT])


def helped_by(body: UUID) -> QuerySet[Commitment]:
    """What others still owe and it helps with, the most urgent first."""
    return of_body(body).exclude(owner=body).filter(state__in=sorted(OPEN_STATES)).order_by(*SORTS[DEFAULT_SORT])


def place_in_list(one: Commitment, order: tuple[str, str]) -> str:
    """Where it stands in a list of this order, as an address says it."""
    return "_".join(str(getattr(one, column.lstrip("-"))) for column in order)


def behind(found: QuerySet[Commitment], order: tuple[str, str], place: str) -> QuerySet[Commitment]:
    """The rows behind a place in the list (`place_in_list`); a place that nobody made gives the whole."""
    column, backwards = order[0].lstrip("-"), order[0].startswith("-")
    value, _sign, key = place.partition("_")
    try:
        last: tuple[date | int, UUID] = (date.fromisoformat(value) if column == "due_on" else int(value), UUID(key))
    except ValueError:
        return found
    way = "lt" if backwards else "gt"
    return found.filter(Q(**{f"{column}__{way}": last[0]}) | Q(**{column: last[0], f"id__{way}": last[1]}))


def late_in(place: str, *, on: date) -> QuerySet[Commitment]:
    """Owed and past its day."""
    late = Commitment.objects.filter(place_id=place, state__in=sorted(OWED_STATES), due_on__lt=on)
    return late.select_related("owner", "issuer", "field").order_by("due_on", "id")


def places_with_late(*, on: date) -> list[str]:
    """Of the open places, those where something is owed past its day."""
    late = Commitment.objects.filter(state__in=sorted(OWED_STATES), due_on__lt=on)
    return sorted(late.order_by().values_list("place_id", flat=True).distinct())


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


def reviews_untold(*, on: date) -> QuerySet[Commitment]:
    """Of the open places what was handed out and is to be looked at, and nobody was told so yet."""
    untold = Q(review_told_on__isnull=True) | ~Q(review_told_on=F("review_on"))
    return Commitment.objects.filter(_to_review(on), untold).exclude(state=CommitmentState.DRAFT)


def places_to_review(*, on: date) -> list[str]:
    """Of the open places, those where somebody is to be told so."""
    return sorted(reviews_untold(on=on).order_by().values_list("place_id", flat=True).distinct())


def _to_review(on: date) -> Q:
    """Still owed, and the day has come on which somebody wanted to look at it."""
    return Q(review_on__lte=on, state__in=sorted(OPEN_STATES))


def _filtered(found: QuerySet[Commitment], filters: Filters, *, on: date) -> QuerySet[Commitment]:
    if filters.state == OPEN:
        found = found.filter(state__in=sorted(OPEN_STATES))
    elif filters.state == LATE:
        found = found.filter(state__in=sorted(OWED_STATES), due_on__lt=on)
    elif filters.state == REVIEW:
        found = found.filter(_to_review(on))
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
        found = found.filter(_speaks_of(filters.text))
    return found.select_related("owner", "issuer", "field").order_by(*filters.order)


def _speaks_of(text: str) -> Q:
    """Its number, or words of its title."""
    plain = latin_digits(text).strip()
    words = Q(title__icontains=normalize(text))
    number = NUMBER.fullmatch(plain)
    if number is None:
        return words
    year, last = number.groups()
    return words | (Q(number=last, jalali_year=year) if year else Q(number=last))
