"""Who was helped by several bodies with the same thing, and who by nobody: from the one record of aid.

Everything is bounded by one county and one period of at most a year, and runs along the indexes of `AidRecord`
(county, domain, day) and (county, household, day); nothing is counted over the whole table when a page opens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Sum, Value, When

from hamafza.accounts.models import Organization
from hamafza.core.persian import key as folded
from hamafza.needs.choices import STANDING_STATES, Domain, Severity
from hamafza.needs.models import AidRecord, Need
from hamafza.needs.queries.filters import NeedFilters
from hamafza.needs.queries.lists import needs_in
from hamafza.registry.models import Household

#: Periods on offer, in days.
PERIODS = (30, 90, 180, 365)
#: The office's own aid has no giver in the record.
OFFICE = "office"
MOST_BODIES = 200


@dataclass(frozen=True, slots=True)
class AidFilters:
    """``body`` is an organisation's id, or `OFFICE`; ``by_domain``: the same kind of need counts as the same thing."""

    days: int = 90
    domain: str = ""
    body: str = ""
    by_domain: bool = False

    def since(self, on: date) -> date:
        return on - timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Helped:
    """What one body gave of it: how often, when last."""

    body: str
    times: int
    last: date


@dataclass(slots=True)
class OverlapRow:
    """A family helped by several bodies with the same thing. ``item`` empty: the same kind of need."""

    household: UUID
    file_number: str
    name: str
    domain: str
    item: str
    bodies: int
    times: int
    value_rial: int
    by: list[Helped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BodyLine:
    """What one body did in a period: families, times, value; and how many of its families others helped too."""

    body: str
    name: str
    kind: str
    families: int
    times: int
    value_rial: int
    shared: int


@dataclass(frozen=True, slots=True)
class AidSummary:
    """Families helped, families helped by several bodies with the same thing, families in severe need without help."""

    helped: int
    overlapping: int
    unhelped: int


def overlaps(county: str, filters: AidFilters, *, on: date, offset: int = 0, limit: int = 50) -> list[OverlapRow]:
    """The most bodies first. Three queries for a page; the county must be open."""
    groups = _groups(county, filters, on).order_by("-bodies", "-times", "household", "domain", *_thing(filters))
    found = list(groups[offset : offset + limit])
    if not found:
        return []
    homes = _homes({one["household"] for one in found})
    rows = [_row(one, homes, filters) for one in found]
    _add_bodies(rows, county, filters, on)
    return rows


def unhelped(county: str, filters: AidFilters, *, on: date) -> QuerySet[Need]:
    """The most urgent severe need of each family that received nothing in the period, in the order of `needs_in`.

    With a domain: severe needs of that kind, of families that received nothing of that kind.
    """
    aid = _aid(county, filters, on).filter(household=OuterRef("household"))
    worse = Need.objects.filter(
        Q(rank__gt=OuterRef("rank")) | Q(rank=OuterRef("rank"), id__lt=OuterRef("id")),
        household=OuterRef("household"),
        severity__gte=Severity.SEVERE,
        state__in=sorted(STANDING_STATES),
    )
    if filters.domain:
        worse = worse.filter(domain=filters.domain)
    asked = NeedFilters(domain=filters.domain, severity=Severity.SEVERE)
    return needs_in(county, asked, on=on).filter(~Exists(aid), ~Exists(worse))


def summary(county: str, filters: AidFilters, *, on: date) -> AidSummary:
    """Three counts."""
    helped = _aid(county, filters, on).order_by().values("household").distinct().count()
    overlapping = _groups(county, filters, on).order_by().values("household")
    return AidSummary(
        helped=helped,
        overlapping=Household.objects.filter(pk__in=overlapping).count(),
        unhelped=unhelped(county, filters, on=on).order_by().count(),
    )


def by_body(county: str, filters: AidFilters, *, on: date) -> list[BodyLine]:
    """Agencies, charities and the office itself, who helped the most families first. Three queries."""
    aid = _aid(county, filters, on).order_by()
    sums = aid.values("giver").annotate(
        families=Count("household", distinct=True), times=Count("pk"), value=Sum("value_rial")
    )
    both = _groups(county, filters, on).order_by().values("household")
    shared = dict(
        aid.filter(household__in=both)
        .values("giver")
        .annotate(families=Count("household", distinct=True))
        .values_list("giver", "families")
    )
    found = list(sums[:MOST_BODIES])
    bodies = Organization.objects.in_bulk([one["giver"] for one in found if one["giver"]])
    lines = [_line(one, bodies.get(one["giver"]), shared.get(one["giver"], 0)) for one in found]
    return sorted(lines, key=lambda line: (-line.families, line.name))


def bodies_that_helped(county: str, *, on: date) -> list[Organization]:
    """Bodies with aid on record in the last year, by name: for the filter."""
    givers = _aid(county, AidFilters(days=PERIODS[-1]), on).exclude(giver=None).order_by().values("giver").distinct()
    return sorted(Organization.objects.filter(pk__in=givers)[:MOST_BODIES], key=lambda one: one.name_fa)


def _aid(county: str, filters: AidFilters, on: date) -> QuerySet[AidRecord]:
    domains = [filters.domain] if filters.domain else Domain.values
    return AidRecord.objects.filter(
        county_id=county, domain__in=domains, on__gte=filters.since(on), on__lte=on, taken_back_at__isnull=True
    )


def _thing(filters: AidFilters) -> tuple[str, ...]:
    return () if filters.by_domain else ("item_key",)


def _groups(county: str, filters: AidFilters, on: date) -> Any:
    """Families by what they received, where more than one body gave it. The office counts as a body."""
    office = Max(Case(When(giver__isnull=True, then=Value(1)), default=Value(0), output_field=IntegerField()))
    groups = (
        _aid(county, filters, on)
        .order_by()
        .values("household", "domain", *_thing(filters))
        .annotate(
            bodies=Count("giver", distinct=True) + office,
            times=Count("pk"),
            value=Sum("value_rial"),
            what=Max("item"),
        )
        .filter(bodies__gte=2)
    )
    if filters.body:
        own = Q(giver__isnull=True) if filters.body == OFFICE else Q(giver_id=filters.body)
        groups = groups.annotate(
            mine=Max(Case(When(own, then=Value(1)), default=Value(0), output_field=IntegerField()))
        ).filter(mine=1)
    return groups


def _homes(households: set[UUID]) -> dict[UUID, Household]:
    return {home.pk: home for home in Household.objects.filter(pk__in=households).select_related("head")}


def _row(group: dict[str, Any], homes: dict[UUID, Household], filters: AidFilters) -> OverlapRow:
    home = homes[group["household"]]
    return OverlapRow(
        household=home.pk,
        file_number=home.file_number,
        name=home.head.full_name if home.head else "",
        domain=group["domain"],
        item="" if filters.by_domain else group["what"],
        bodies=group["bodies"],
        times=group["times"],
        value_rial=group["value"] or 0,
    )


def _add_bodies(rows: Iterable[OverlapRow], county: str, filters: AidFilters, on: date) -> None:
    """Who gave how often, for the families of one page."""
    rows = list(rows)
    aid = _aid(county, filters, on).filter(household__in={row.household for row in rows}).order_by()
    found = aid.values("household", "domain", "item", "giver__name_fa").annotate(
        times=Count("pk"), last=Max("on"), key=F("item_key")
    )
    merged: dict[tuple[Any, ...], dict[str, tuple[int, date]]] = defaultdict(dict)
    for one in found:
        thing = (one["household"], one["domain"], "" if filters.by_domain else one["key"])
        name = one["giver__name_fa"] or ""
        times, last = merged[thing].get(name, (0, one["last"]))
        merged[thing][name] = (times + one["times"], max(last, one["last"]))
    for row in rows:
        thing = (row.household, row.domain, "" if filters.by_domain else folded(row.item)[:120])
        row.by = [Helped(name, times, last) for name, (times, last) in sorted(merged[thing].items())]


def _line(group: Mapping[str, Any], body: Organization | None, shared: int) -> BodyLine:
    return BodyLine(
        body=str(group["giver"]) if group["giver"] else OFFICE,
        name=str(body) if body else "",
        kind=body.kind if body else "",
        families=group["families"],
        times=group["times"],
        value_rial=group["value"] or 0,
        shared=shared,
    )
