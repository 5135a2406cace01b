"""The numbers of a county counted from the needs themselves: a few GROUP BYs, whatever the number of needs."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from hamafza.needs.choices import STANDING_STATES, Domain, NeedState
from hamafza.needs.models import AidRecord, Need
from hamafza.reports.choices import Dimension

#: Dimension, key, domain.
Place = tuple[str, str, str]
#: Standing and met, by place.
Numbers = dict[Place, tuple[int, int]]

A_YEAR = timedelta(days=365)
_STANDING = Q(state__in=sorted(STANDING_STATES))
_MET = Q(state=NeedState.MET)


def live_numbers(county: str, *, on: date) -> Numbers:
    """Everything the board shows of a county (which must be open) on a day; places where nothing is are absent."""
    standing: Counter[Place] = Counter()
    met: Counter[Place] = Counter()
    for dimension, key, domain, stand, done in (
        *_by_columns(county),
        *_since(county),
        *_groups(county, on),
        *_causes(county),
        *_households(county),
        *_helped(county, on),
    ):
        standing[dimension, key, domain] += stand
        met[dimension, key, domain] += done
    return {place: (standing[place], met[place]) for place in {*standing, *met} if standing[place] or met[place]}


Row = tuple[str, str, str, int, int]


def _needs(county: str) -> QuerySet[Need]:
    return Need.objects.filter(_STANDING | _MET, county_id=county)


def _counts(needs: QuerySet[Any], *columns: str) -> Any:
    counted = needs.order_by().values(*columns)
    return counted.annotate(
        standing=Count("pk", filter=_STANDING, distinct=True), done=Count("pk", filter=_MET, distinct=True)
    ).values_list(*columns, "standing", "done")


def _by_columns(county: str) -> list[Row]:
    rows: list[Row] = []
    for domain, severity, district, standing, met in _counts(_needs(county), "domain", "severity", "district_id"):
        for one in ("", domain):
            rows.append((Dimension.TOTAL, "", one, standing, met))
            rows.append((Dimension.SEVERITY, str(severity), one, standing, met))
            rows.append((Dimension.DISTRICT, district or "", one, standing, met))
    return rows


def _since(county: str) -> list[Row]:
    days = Need.objects.filter(_STANDING, county_id=county).order_by().values_list("since").annotate(count=Count("pk"))
    return [(Dimension.SINCE, day.isoformat(), "", count, 0) for day, count in days]


def _groups(county: str, on: date) -> list[Row]:
    """Of a person's need: her own groups; of a household's: those of everybody who lives in it."""
    own, home = "person__memberships__", "household__persons__memberships__"
    herself = _needs(county).filter(_in_force(own, on), person__isnull=False)
    somebody = _needs(county).filter(
        _in_force(home, on), person=None, household__persons__left_on=None, household__persons__merged_into=None
    )
    rows: list[Row] = []
    for needs, column in ((herself, f"{own}group"), (somebody, f"{home}group")):
        for domain, group, standing, met in _counts(needs, "domain", column):
            rows += [(Dimension.GROUP, group, one, standing, met) for one in ("", domain)]
    return rows


def _in_force(path: str, on: date) -> Q:
    return (Q(**{f"{path}valid_to": None}) | Q(**{f"{path}valid_to__gte": on})) & Q(**{f"{path}group__isnull": False})


def _causes(county: str) -> list[Row]:
    rows: list[Row] = []
    needs = _needs(county).filter(household__causes__cause__isnull=False)
    for domain, cause, standing, met in _counts(needs, "domain", "household__causes__cause"):
        rows += [(Dimension.CAUSE, cause, one, standing, met) for one in ("", domain)]
    return rows


def _households(county: str) -> list[Row]:
    numbers = _needs(county).aggregate(
        standing=Count("household", filter=_STANDING, distinct=True), met=Count("household", filter=_MET, distinct=True)
    )
    return [(Dimension.HOUSEHOLDS, "", "", numbers["standing"], numbers["met"])]


def _helped(county: str, on: date) -> list[Row]:
    """Families and times of the last year, along the index of the record of aid."""
    aid = AidRecord.objects.filter(
        county_id=county, domain__in=Domain.values, on__gt=on - A_YEAR, on__lte=on, taken_back_at__isnull=True
    ).order_by()
    total = aid.aggregate(families=Count("household", distinct=True), times=Count("pk"))
    domains = aid.values_list("domain").annotate(families=Count("household", distinct=True), times=Count("pk"))
    return [
        (Dimension.HELPED, "", "", total["families"], total["times"]),
        *((Dimension.HELPED, "", domain, families, times) for domain, families, times in domains),
    ]
