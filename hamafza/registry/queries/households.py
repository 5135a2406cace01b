"""The list of households, by filters and pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from hamafza.core.persian import key, latin_digits
from hamafza.registry.choices import HouseholdState, Relation
from hamafza.registry.models import Household, Person, TargetGroupMembership
from hamafza.registry.queries.keyset import SortValue, cursor_of, rows_after

PAGE = 50
COUNT_CAP = 10_000
DEFAULT_SORT = "-registered"
_AFTER_ALL_DECILES = 11

#: What a list may be sorted by: the name in the address and the field; keys sort by the time they were made.
SORTS = {"registered": "pk", "name": "head_name", "file": "file_key", "decile": "decile_or_last"}


@dataclass(frozen=True)
class HouseholdFilters:
    """Codes and texts as typed; empty means any. ``state`` empty leaves out closed files."""

    text: str = ""
    district: str = ""
    group: str = ""
    decile: int | None = None
    state: str = ""


@dataclass(frozen=True)
class HouseholdRow:
    """One line of the list. ``name`` is the head's, else the first member's; ``size`` counts who lives there."""

    id: UUID
    file_number: str
    name: str
    has_head: bool
    size: int
    district: str
    decile: int | None
    state: str
    state_label: str


@dataclass(frozen=True)
class HouseholdPage:
    """One page; ``after`` is the cursor of the next, empty on the last. ``count`` stops at ``COUNT_CAP``."""

    rows: Sequence[HouseholdRow]
    shown: Sequence[Household]
    after: str
    count: int
    capped: bool


def households(filters: HouseholdFilters, *, sort: str = DEFAULT_SORT, after: str = "") -> HouseholdPage:
    """Households of the open counties; three queries, whatever their number."""
    found = filtered(filters)
    count = found.order_by()[: COUNT_CAP + 1].values("pk").count()
    name = sort.removeprefix("-")
    field, falling = (SORTS[name], sort.startswith("-")) if name in SORTS else (SORTS["registered"], True)
    page = list(_page(found, field=field, falling=falling, after=after)[: PAGE + 1])
    shown = page[:PAGE]
    return HouseholdPage(
        rows=_rows(shown),
        shown=shown,
        after=cursor_of(_value(shown[-1], field), shown[-1].pk) if len(page) > PAGE else "",
        count=min(count, COUNT_CAP),
        capped=count > COUNT_CAP,
    )


def filtered(filters: HouseholdFilters) -> QuerySet[Household]:
    """Households that fit, unsorted."""
    states = Q(state=filters.state) if filters.state else ~Q(state=HouseholdState.LEFT)
    found = Household.objects.filter(states)
    if filters.district:
        found = found.filter(district_id=filters.district)
    if filters.decile:
        found = found.filter(decile=filters.decile)
    if filters.group:
        found = found.filter(Exists(_members_in(filters.group)))
    folded = key(latin_digits(filters.text))
    if folded:
        named = Person.objects.filter(household=OuterRef("pk"), name_key__contains=folded, merged_into__isnull=True)
        found = found.filter(Q(file_key__startswith=folded) | Exists(named))
    return found


def household_by_file_number(county: str, number: str) -> Household | None:
    """The household of this file number in a county, however it is spelt."""
    folded = key(number)
    return Household.objects.filter(county_id=county, file_key=folded).first() if folded else None


def _members_in(group: str) -> QuerySet[TargetGroupMembership]:
    today = timezone.localdate()
    return TargetGroupMembership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        person__household=OuterRef("pk"),
        person__left_on__isnull=True,
        person__merged_into__isnull=True,
        group=group,
        valid_from__lte=today,
    )


def _page(found: QuerySet[Household], *, field: str, falling: bool, after: str) -> QuerySet[Household]:
    annotated = found.select_related("district")
    if field == "head_name":
        annotated = annotated.annotate(head_name=Coalesce(F("head__name_sort"), Value("")))
    if field == "decile_or_last":
        annotated = annotated.annotate(decile_or_last=Coalesce(F("decile"), Value(_AFTER_ALL_DECILES)))
    return rows_after(annotated, field=field, falling=falling, cursor=after)


def _value(household: Household, field: str) -> SortValue:
    value = getattr(household, field)
    return value if isinstance(value, int) else str(value)


def _rows(page: Sequence[Household]) -> list[HouseholdRow]:
    members = _members(household.pk for household in page)
    return [_row(household, members[household.pk]) for household in page]


def _members(ids: Iterable[UUID]) -> dict[UUID, list[Person]]:
    persons = Person.objects.filter(household_id__in=list(ids), left_on__isnull=True, merged_into__isnull=True)
    found: dict[UUID, list[Person]] = defaultdict(list)
    for person in persons.only("household_id", "first_name", "last_name", "relation").order_by("pk"):
        found[person.household_id].append(person)
    return found


def _row(household: Household, members: Sequence[Person]) -> HouseholdRow:
    head = next((person for person in members if person.relation == Relation.HEAD), None)
    named = head or (members[0] if members else None)
    return HouseholdRow(
        id=household.pk,
        file_number=household.file_number,
        name=named.full_name if named else "",
        has_head=head is not None,
        size=len(members),
        district=household.district.name if household.district else "",
        decile=household.decile,
        state=household.state,
        state_label=household.get_state_display(),
    )
