"""Targeted lists: who in this county needs what, those first who need it most.

One query serves page, export and command line. Filters on other tables are subqueries of their own inside the open
county (semi-joins, worked out once), never joins: a row cannot appear twice, and the order of the index is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Field, Q, QuerySet
from django.utils import timezone

from hamafza.core.scope import counties
from hamafza.needs.choices import HOUSEHOLD_DOMAINS
from hamafza.needs.models import Need
from hamafza.needs.priority import score_on
from hamafza.needs.queries.filters import NeedFilters
from hamafza.registry.models import HardshipCause, Person, TargetGroupMembership

COUNT_CAP = 10_000


@dataclass(frozen=True, slots=True)
class TopNeed:
    """One line of "who needs it most": ``person`` is the one who needs, or the head of a household that does."""

    person: UUID | None
    household: UUID
    domain: str
    severity: int
    waiting_days: int
    score: int


def needs_in(county: str, filters: NeedFilters, *, on: date | None = None) -> QuerySet[Need]:
    """Needs of a county (which must be open) that fit, in the order asked for, with what a row shows in the same query."""
    needs = Need.objects.filter(_conditions(filters, on or timezone.localdate()), county_id=county)
    return needs.select_related("person", "household__head", "district").only(*ROW_FIELDS).order_by(*filters.order)


def with_numbers(needs: QuerySet[Need]) -> QuerySet[Need]:
    """The same rows with the sealed numbers of whoever is shown, in the same query."""
    return needs.only(*ROW_FIELDS, *NUMBER_FIELDS)


def count_capped(needs: QuerySet[Any], cap: int = COUNT_CAP) -> tuple[int, bool]:
    """How many there are, and whether there are more than the cap."""
    found = needs.order_by()[: cap + 1].count()
    return min(found, cap), found > cap


def after(needs: QuerySet[Need], filters: NeedFilters, place: str) -> QuerySet[Need]:
    """The rows behind a place in the list (`place_of` the last row shown); a place nobody made gives the whole list."""
    values = _values(filters.order, place)
    return needs if values is None else needs.filter(_behind(filters.order, values))


def place_of(need: Need, filters: NeedFilters) -> str:
    """The place of a row in the list's order, as it stands in an address."""
    return "_".join(str(getattr(need, column.lstrip("-"))) for column in filters.order)


def top_needs(county: str, *, domain: str | None = None, limit: int | None = None) -> Iterator[TopNeed]:
    """Standing needs of a county, the most urgent first. Opens the county itself: for the command line."""
    on = timezone.localdate()
    with counties([county]):
        needs = needs_in(county, NeedFilters(domain=domain or ""), on=on)[:limit]
        lines = needs.values_list(
            "person_id", "household__head_id", "household_id", "domain", "severity", "since", "score_base"
        )
        for person, head, household, of, severity, since, base in lines.iterator(chunk_size=2000):
            yield TopNeed(person or head, household, of, severity, max(0, (on - since).days), score_on(base, since, on))


def total_needs(county: str, *, domain: str | None = None) -> int:
    """How many standing needs `top_needs` has in all."""
    with counties([county]):
        return needs_in(county, NeedFilters(domain=domain or "")).order_by().count()


#: What a row of a list or an export shows; nothing sealed among it.
ROW_FIELDS = (
    "county", "household", "person", "domain", "item", "unit", "required", "delivered", "severity", "since", "state",
    "source", "decile", "district__name_fa", "district__name_en", "score_base", "rank",
    "person__county", "person__first_name", "person__last_name", "person__father_name", "person__household",
    "household__county", "household__file_number", "household__head", "household__head__county",
    "household__head__first_name", "household__head__last_name", "household__head__father_name",
)  # fmt: skip


#: Sealed; read only for a list that somebody gave a reason for.
NUMBER_FIELDS = (
    "person__identity_number", "person__mobile", "household__head__identity_number", "household__head__mobile",
)  # fmt: skip


def _conditions(filters: NeedFilters, on: date) -> Q:
    condition = Q(state__in=sorted(filters.states)) if filters.states else Q()
    if filters.domain:
        condition &= Q(domain=filters.domain)
    if filters.severity:
        condition &= Q(severity__gte=filters.severity)
    if filters.severity_most:
        condition &= Q(severity__lte=filters.severity_most)
    if filters.decile:
        condition &= Q(decile__lte=filters.decile)
    if filters.district:
        condition &= Q(district_id=filters.district)
    if (latest := filters.latest_start(on)) is not None:
        condition &= Q(since__lte=latest)
    if filters.waiting_below:
        condition &= Q(since__gt=on - timedelta(days=filters.waiting_below))
    if filters.cause:
        condition &= Q(household__in=HardshipCause.objects.filter(cause=filters.cause).values("household"))
    if filters.group:
        condition &= _in_group(filters, on)
    return condition


def _in_group(filters: NeedFilters, on: date) -> Q:
    """Of a person's need: she belongs to the group; of a household's: somebody in it does."""
    members = TargetGroupMembership.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), group=filters.group)
    present = members.filter(person__left_on=None, person__merged_into=None)
    herself = Q(person__in=members.values("person"))
    somebody = Q(household__in=present.values("person__household"))
    if filters.domain:
        return somebody if filters.domain in HOUSEHOLD_DOMAINS else herself
    return (Q(person__isnull=False) & herself) | (Q(person__isnull=True) & somebody)


def _values(order: tuple[str, ...], place: str) -> list[Any] | None:
    texts = place.split("_")
    if len(texts) != len(order):
        return None
    try:
        return [_column(column).to_python(text) for column, text in zip(order, texts, strict=True)]
    except ValidationError:  # an address nobody made
        return None


def _column(name: str) -> Field[Any, Any]:
    field = Need._meta.get_field(name.lstrip("-"))
    assert isinstance(field, Field)  # noqa: S101 - lists are sorted by columns alone
    return field


def _behind(order: tuple[str, ...], values: list[Any]) -> Q:
    """Rows behind these values; the first comparison stands alone too, so an index can begin there."""
    condition, equal = Q(), Q()
    for column, value in zip(order, values, strict=True):
        name = column.lstrip("-")
        condition |= equal & Q(**{f"{name}__{'lt' if column.startswith('-') else 'gt'}": value})
        equal &= Q(**{name: value})
    first = order[0].lstrip("-")
    return Q(**{f"{first}__{'lte' if order[0].startswith('-') else 'gte'}": values[0]}) & condition


def owner_of(need: Need) -> Person | None:
    """Who is shown for a need: the person, or the head of the household."""
    return need.person or need.household.head
