"""What is due by day: late, today, this week, this month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from hamafza.giving.models import Instalment
from hamafza.giving.queries.instalments import open_instalments
from hamafza.giving.schedule import month_span

#: The choices of the filter. The week of an office begins on Saturday.
WHEN: dict[str, str | LazyText] = {
    "late": _("Late"),
    "today": _("Today"),
    "week": _("This week"),
    "month": _("This month"),
    "ahead": _("All that are planned"),
}
_SATURDAY, _WEEK = 5, 7


@dataclass(frozen=True, slots=True)
class DueFilters:
    """``when`` is a key of `WHEN`; empty: late, and due within a week."""

    when: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DueCounts:
    """Instalments of which something is still expected."""

    today: int
    week: int
    month: int
    late: int


def due_in(county: str, filters: DueFilters, *, on: date) -> QuerySet[Instalment]:
    """Instalments of a county (which must be open) of which something is expected, by their day."""
    found = open_instalments(county, on=on).filter(_when(filters.when, on))
    return found.filter(pledge__kind=filters.kind) if filters.kind else found


def due_counts(county: str, *, on: date) -> DueCounts:
    """How many are due today, this week, this month, and how many are late; one query."""
    found = open_instalments(county, on=on).filter(due_on__lte=month_span(on)[1] + timedelta(days=_WEEK)).order_by()
    counts = found.aggregate(
        **{name: Count("pk", filter=_when(name, on)) for name in ("today", "week", "month", "late")}
    )
    return DueCounts(**counts)


def week_span(day: date) -> tuple[date, date]:
    """Saturday and Friday of the week that holds a day."""
    first = day - timedelta(days=(day.weekday() - _SATURDAY) % _WEEK)
    return first, first + timedelta(days=_WEEK - 1)


def _when(when: str, on: date) -> Q:
    match when:
        case "late":
            return Q(due_on__lt=on)
        case "today":
            return Q(due_on=on)
        case "week":
            return Q(due_on__range=(on, week_span(on)[1]))
        case "month":
            return Q(due_on__range=(on, month_span(on)[1]))
        case "ahead":
            return Q(due_on__gte=on)
        case _:
            return Q(due_on__lte=on + timedelta(days=_WEEK))
