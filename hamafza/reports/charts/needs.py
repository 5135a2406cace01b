"""The charts of a county board. Each title says what is found."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hamafza.core.parts import Chart, ChartRow
from hamafza.needs.choices import Domain, Severity
from hamafza.places.queries.places import districts_of
from hamafza.registry.choices import SPECIAL_GROUPS, Cause, TargetGroup
from hamafza.reports.charts.frame import Frame, most
from hamafza.reports.choices import Dimension

#: Days at which the bars of waiting time begin.
WAITING_STARTS = (0, 30, 90, 180, 365, 730)
A_YEAR = 365


def board_charts(frame: Frame) -> list[Chart]:
    """All charts, in the order of the board."""
    return [
        by_domain(frame),
        by_waiting(frame),
        by_severity(frame),
        by_district(frame),
        by_group(frame),
        by_cause(frame),
    ]


def by_domain(frame: Frame) -> Chart:
    numbers = frame.summary
    rows = _sorted(
        ChartRow(
            domain.label,
            [numbers.standing(domain=domain), numbers.met(domain=domain)],
            frame.row_url(domain=domain.value),
        )
        for domain in Domain
    )
    series = [_("Still to be met"), _("Met")]
    return frame.chart("domains", _domain_title(frame, rows), category=_("Need"), series=series, rows=rows)


def by_severity(frame: Frame) -> Chart:
    rows = [
        ChartRow(
            one.label,
            [frame.summary.standing(Dimension.SEVERITY, str(int(one)))],
            frame.row_url(severity=int(one), severity_most=int(one)),
        )
        for one in sorted(Severity, reverse=True)
    ]
    share = frame.share(severe(frame), frame.summary.standing())
    title = _("%(share)s of the needs are severe or critical") % {"share": share} if share else _("Needs by severity")
    return _one_series(frame, "severities", title, _("Severity"), rows)


def by_district(frame: Frame) -> Chart:
    names = {place.code: place.name for place in districts_of(frame.county)}
    unknown = _("District not known")
    rows = _sorted(
        ChartRow(
            names.get(key, unknown),
            [frame.summary.standing(Dimension.DISTRICT, key)],
            frame.row_url(district=key) if key else "",
        )
        for key in frame.summary.keys(Dimension.DISTRICT)
    )
    top = most(frame.without_small(rows))
    if not top or len(rows) < 2:
        title = _("Needs by district")
    elif top.label == unknown:
        title = _("The district of most needs is not on file")
    else:
        title = _("Most needs are in %(district)s") % {"district": top.label}
    return _one_series(frame, "districts", title, _("District"), rows)


def by_group(frame: Frame) -> Chart:
    """Those who may not learn of the special class see its groups as one."""
    shown = [group for group in TargetGroup if not (frame.anonymous and group in SPECIAL_GROUPS)]
    rows = [
        ChartRow(group.label, [frame.summary.standing(Dimension.GROUP, group.value)], frame.row_url(group=group.value))
        for group in shown
    ]
    rows = _sorted(row for row in rows if row.values[0])
    top = most(frame.without_small(rows))
    title = (
        _("%(group)s: the target group with the most needs") % {"group": top.label}
        if top
        else _("Needs by target group")
    )
    return _one_series(frame, "groups", title, _("Target group"), rows)


def by_cause(frame: Frame) -> Chart:
    rows = _sorted(
        ChartRow(cause.label, [frame.summary.standing(Dimension.CAUSE, cause.value)], frame.row_url(cause=cause.value))
        for cause in Cause
    )
    rows = [row for row in rows if row.values[0]]
    top = most(frame.without_small(rows))
    title = (
        _("%(cause)s causes stand behind most needs") % {"cause": top.label} if top else _("Needs by cause of hardship")
    )
    return _one_series(frame, "causes", title, _("Cause of hardship"), rows)


def by_waiting(frame: Frame) -> Chart:
    """Counted from the days on which needs began, so it is right on the day it is shown."""
    names = [
        _("less than a month"),
        _("1 to 3 months"),
        _("3 to 6 months"),
        _("6 months to a year"),
        _("1 to 2 years"),
        _("more than 2 years"),
    ]
    ends = [*WAITING_STARTS[1:], None]
    rows = [
        ChartRow(
            name,
            [frame.summary.waiting_between(frame.on, low, high)],
            frame.row_url(waiting=low or None, waiting_below=high),
        )
        for name, low, high in zip(names, WAITING_STARTS, ends, strict=True)
    ]
    share = frame.share(long_waiting(frame), frame.summary.standing())
    title = _("%(share)s have waited for a year or longer") % {"share": share} if share else _("Needs by waiting time")
    return _one_series(frame, "waiting", title, _("Waiting time"), rows, kind="columns")


def severe(frame: Frame) -> int:
    """Standing needs that are severe or critical."""
    return frame.summary.standing(Dimension.SEVERITY, "4") + frame.summary.standing(Dimension.SEVERITY, "5")


def long_waiting(frame: Frame) -> int:
    """Standing needs that have waited for a year or longer."""
    return frame.summary.waiting_between(frame.on, A_YEAR, None)


def _one_series(
    frame: Frame, name: str, title: str, category: str, rows: list[ChartRow], *, kind: str = "bars"
) -> Chart:
    rows = rows if any(row.values[0] for row in rows) else []
    return frame.chart(name, title, category=category, series=[_("Still to be met")], rows=rows, kind=kind)


def _sorted(rows: Iterable[ChartRow]) -> list[ChartRow]:
    return sorted(rows, key=lambda row: -row.values[0])


def _domain_title(frame: Frame, rows: list[ChartRow]) -> str:
    top = most(frame.without_small(rows))
    share = frame.share(int(top.values[0]), frame.summary.standing()) if top else ""
    if top is None or not share:
        return _("Needs by kind")
    return _("%(domain)s is needed most: %(share)s of all") % {"domain": top.label, "share": share}
