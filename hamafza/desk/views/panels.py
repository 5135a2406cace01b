"""The figures of a desk as parts of a page: the same for the running period and for a report that was kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from hamafza.commitments.queries.commitments import LATE
from hamafza.core import wording
from hamafza.core.parts import Chart, ChartRow
from hamafza.core.persian import sort_key
from hamafza.councils.choices import NoteKind
from hamafza.desk.figures import Climbed, Figures, Line, by_kind
from hamafza.desk.words import (
    change_words,
    day,
    done_words,
    kept_words,
    kind_of_body,
    main_obstacle,
    obstacle_words,
    period_words,
    title_of,
)
from hamafza.places.choices import PlaceKind

#: Bodies in the picture; all of them are in the table.
DRAWN = 8
SAID = 6


@dataclass(frozen=True)
class Headline:
    """A number that answers "so what", and where it is made up of its parts."""

    value: str
    label: str
    text: str
    url: str
    icon: str
    tone: str


@dataclass(frozen=True)
class TableRow:
    """A line of a table in words."""

    name: str
    url: str
    kind: str
    line: Line
    kept: str
    obstacle: str
    late_url: str = ""


@dataclass(frozen=True)
class SaidRow:
    text: str
    by: str
    on: object
    obstacle: str
    remedy: str


@dataclass(frozen=True)
class ClimbedRow:
    """``days``: past its due date, on the day of the figures."""

    url: str
    number: str
    title: str
    owner: str
    place: str
    days: int
    since: object


def panels_of(figures: Figures, *, live: bool, is_governors: bool) -> dict[str, Any]:
    """For ``desk/_figures.html``. ``live``: what is late leads to its list while the period runs; a kept report leads nowhere.

    ``is_governors``: its reader is the governor's office, to which commitments climb; others only look on.
    """
    links = Links(figures) if live else None
    obstacles, strengths = _said(figures, NoteKind.OBSTACLE), _said(figures, NoteKind.STRENGTH)
    is_county = figures.place_kind == PlaceKind.COUNTY
    return {
        "figures": figures,
        "is_county": is_county,
        "place_name": title_of(figures),
        "period_name": period_words(figures),
        "on": day(figures.on),
        "is_governors": is_governors,
        "headlines": _headlines(figures, links, is_governors=is_governors),
        "charts": [_bodies_chart(figures), _trend_chart(figures)] if figures.total.promised else [],
        "bodies": [
            _row(one, late_url=links.late(owner=one.code) if links else "", kind=kind_of_body(one))
            for one in figures.bodies
        ],
        "kinds": [_row(one, name=kind_of_body(one)) for one in by_kind(figures.bodies)],
        "counties": [_row(one, url=links.county(one) if links else "") for one in figures.counties],
        "climbed": [_climbed(one, figures, live=live) for one in figures.climbed],
        "counted_obstacles": [(obstacle_words(kind), count) for kind, count in figures.total.obstacles],
        "obstacles": obstacles[0],
        "more_obstacles": obstacles[1],
        "strengths": strengths[0],
        "more_strengths": strengths[1],
    }


class Links:
    """What holds exactly what a number of a desk says."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    def late(self, **filters: str) -> str:
        """What is late at a county, while the period runs: lists tell of today, and a province has one for each county."""
        if not self.figures.runs or self.figures.place_kind != PlaceKind.COUNTY:
            return ""
        asked = urlencode({"place": self.figures.place, "state": LATE, **filters})
        return f"{reverse('commitments:commitment-list')}?{asked}"

    def county(self, line: Line) -> str:
        """The desk of a county; nothing for the province's own line."""
        if line.code == self.figures.place:
            return ""
        return f"{reverse('desk:board')}?{urlencode({'place': line.code, 'period': self.figures.period})}"


def _headlines(figures: Figures, links: Links | None, *, is_governors: bool) -> list[Headline]:
    total, earlier, number, runs = figures.total, figures.before, wording.number, figures.runs
    table = "#bodies" if figures.place_kind == PlaceKind.COUNTY else "#counties"
    late_url = links.late() if links else ""
    by_both = _("%(first)s of %(due)s; by the present date %(present)s") % {
        "first": number(total.on_first_date), "due": number(total.due), "present": number(total.on_time),
    }  # fmt: skip
    return [
        Headline(
            number(total.promised), _("commitments were owed"), change_words(total.promised, earlier.promised, runs=runs),
            table, "list-check", "blue",
        ),
        Headline(
            kept_words(total), _("of what was due was done by its first date"), by_both, table,
            "circle-check", "green",
        ),
        Headline(
            number(total.late), _("are late"), change_words(total.late, earlier.late, runs=runs), late_url or table,
            "alarm", "red",
        ),
        Headline(
            number(figures.climbed_count),
            _("have climbed to this desk") if is_governors else _("have climbed to the governor"),
            _("the governor's word is needed") if is_governors else _("waiting for the governor's word"),
            "#climbed", "alert-triangle", "orange",
        ),
    ]  # fmt: skip


def _bodies_chart(figures: Figures) -> Chart:
    """Who promised most; first whoever has most that is late."""
    latest = max(figures.bodies, key=lambda line: line.late)
    shown = sorted(
        figures.bodies,
        key=lambda line: (not (latest.late and line == latest), -line.promised, sort_key(line.name)),
    )[:DRAWN]
    title = _("Nothing is late at any body")
    if latest.late:
        title = _("%(body)s has the most that is late") % {"body": latest.name}
    series = [_("By first date"), _("Later"), _("Late")]
    rows = [ChartRow(one.name, [one.on_first_date, one.done_late, one.late]) for one in shown]
    return Chart(
        "bodies-chart",
        title,
        pgettext("commitment", "Body"),
        series,
        rows,
        _("From the commitments on record"),
        day(figures.on),
    )


def _trend_chart(figures: Figures) -> Chart:
    now, then = figures.total, figures.before
    title = done_words(now.done, then.done, runs=figures.runs)
    labels = [
        (_("Owed"), "promised"),
        (_("Done"), "done"),
        (_("Done by first date"), "on_first_date"),
        (_("Late"), "late"),
    ]
    rows = [ChartRow(label, [getattr(now, name), getattr(then, name)]) for label, name in labels]
    past = _("The period before up to this same day") if figures.runs else _("The period before")
    series = [_("This period"), past]
    source = _("From the commitments on record")
    return Chart("trend-chart", title, _("Commitments"), series, rows, source, day(figures.on))


def _row(line: Line, *, name: str = "", url: str = "", late_url: str = "", kind: str = "") -> TableRow:
    return TableRow(name or line.name, url, kind, line, kept_words(line), main_obstacle(line), late_url)


def _climbed(one: Climbed, figures: Figures, *, live: bool) -> ClimbedRow:
    return ClimbedRow(
        url=reverse("commitments:commitment-record", args=[one.key]) if live else "",
        number=one.number,
        title=one.title,
        owner=one.owner,
        place="" if figures.place_kind == PlaceKind.COUNTY else one.place,
        days=(day(figures.on) - day(one.due_on)).days,
        since=day(one.since),
    )


def _said(figures: Figures, kind: NoteKind) -> tuple[list[SaidRow], int]:
    """The newest, and how many more there are."""
    said, more = figures.said_of(kind, most=SAID)
    rows = [SaidRow(one.text, one.by, day(one.on), obstacle_words(one.obstacle), one.remedy) for one in said]
    return rows, more
