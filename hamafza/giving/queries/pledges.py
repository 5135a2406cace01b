"""Pledges of a county, and the schedule in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hamafza.core.persian import key
from hamafza.giving.models import Benefactor, Instalment, Pledge, PledgeVersion
from hamafza.giving.pledge_flow import LIVE_STATES
from hamafza.giving.queries.instalments import with_states
from hamafza.giving.schedule import Schedule, dates_of
from hamafza.places.queries.occasions import occasion_starts

#: Choice of the filter: active and paused.
LIVE, ALL = "live", "all"


@dataclass(frozen=True, slots=True)
class PledgeFilters:
    """Empty values filter nothing; ``state`` empty or `LIVE`: active and paused."""

    text: str = ""
    state: str = ""
    kind: str = ""
    purpose: str = ""
    intention: str = ""

    @property
    def states(self) -> Collection[str]:
        """The states asked for; empty: all of them."""
        if self.state == ALL:
            return ()
        return sorted(LIVE_STATES) if self.state in {"", LIVE} else (self.state,)


def pledges_in(county: str, filters: PledgeFilters, *, on: date) -> QuerySet[Pledge]:
    """Pledges of a county (which must be open), the latest first, with what a row shows."""
    found = Pledge.objects.filter(county_id=county)
    if filters.states:
        found = found.filter(state__in=filters.states)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.purpose:
        found = found.filter(purpose=filters.purpose)
    if filters.intention:
        found = found.filter(intention=filters.intention)
    if filters.text:
        found = found.filter(benefactor__name_key__contains=key(filters.text))
    return with_outlook(found, on=on).order_by("-id")


def pledges_of(benefactor: Benefactor, *, on: date) -> QuerySet[Pledge]:
    """All pledges of one benefactor, the latest first."""
    return with_outlook(Pledge.objects.filter(benefactor=benefactor), on=on).order_by("-id")


def with_outlook(pledges: QuerySet[Pledge], *, on: date) -> QuerySet[Pledge]:
    """Each with ``next_on`` (the next day something is due), ``late_count`` and its latest version's number, in one query."""
    states = with_states(Instalment.objects.filter(pledge=OuterRef("pk")), on=on).order_by()
    ahead = states.filter(due_on__gte=on, waived_at=None, fulfilled__lt=F("expected"))
    late = states.filter(due_on__lt=on, waived_at=None, fulfilled__lt=F("expected"))
    last = PledgeVersion.objects.filter(pledge=OuterRef("pk")).order_by("-number")
    return pledges.select_related("benefactor", "item").annotate(
        next_on=Subquery(ahead.values("pledge").annotate(first=Min("due_on")).values("first")),
        late_count=Coalesce(Subquery(late.values("pledge").annotate(count=Count("pk")).values("count")), 0),
        version_in_force=Subquery(last.filter(effective_from__lte=on).values("pk")[:1]),
        version_latest=Subquery(last.values("pk")[:1]),
    )


def versions_in_force(pledges: Iterable[Any]) -> dict[Any, PledgeVersion]:
    """By pledge: the version in force (or the one to come), for pledges of `with_outlook`; one query."""
    wanted = {pledge.pk: pledge.version_in_force or pledge.version_latest for pledge in pledges}
    found = PledgeVersion.objects.filter(pk__in=wanted.values()).select_related("occasion")
    by_pk = {version.pk: version for version in found}
    return {pledge: by_pk[version] for pledge, version in wanted.items() if version in by_pk}


def versions_of(pledge: Pledge) -> QuerySet[PledgeVersion]:
    """All versions, the first one first."""
    return pledge.versions.select_related("occasion", "created_by").order_by("number")


def version_on(versions: Iterable[PledgeVersion], day: date) -> PledgeVersion | None:
    """The version a day falls under: the last one in force by then."""
    return max((one for one in versions if one.effective_from <= day), key=lambda one: one.number, default=None)


def schedule_of(version: PledgeVersion) -> Schedule:
    """A version's schedule as a value."""
    return Schedule(
        frequency=version.frequency,
        starts_on=version.starts_on,
        interval=version.interval,
        weekdays=tuple(version.weekdays),
        month_day=version.month_day,
        month=version.month,
        calendar=version.calendar,
        occasion=version.occasion_id or "",
        ends_on=version.ends_on,
        count=version.count,
    )


def days_of(schedule: Schedule, *, until: date) -> list[date]:
    """The days of a schedule, with those of its occasion looked up."""
    starts = (
        occasion_starts(schedule.occasion, first=schedule.starts_on, last=until)
        if schedule.occasion and schedule.starts_on <= until
        else []
    )
    return dates_of(schedule, until=until, occasions=starts)


def days_planned(
    versions: Sequence[PledgeVersion], *, until: date, after: date | None = None
) -> dict[date, PledgeVersion]:
    """Days behind ``after`` up to ``until`` in order, each with the version it falls under."""
    found: dict[date, PledgeVersion] = {}
    for version in versions:
        for day in days_of(schedule_of(version), until=until):
            if (after is None or day > after) and version_on(versions, day) == version:
                found[day] = version
    return dict(sorted(found.items()))


def pledges_to_plan(county: str, *, before: date) -> QuerySet[Pledge]:
    """Active pledges of a county (which must be open) whose instalments are not made as far as ``before``."""
    short = Q(planned_until=None) | Q(planned_until__lt=before)
    return Pledge.objects.filter(short, county_id=county, state="active").order_by("id")
