"""The figures of a desk as parts of a page: the same for the running period and for a report that was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from hamafza.core import wording
from hamafza.core.parts import Chart, ChartRow
from hamafza.councils.choices import NoteKind
from hamafza.desk.figures import Climbed, Figures, Line, Said, by_kind
from hamafza.desk.words import (
    change_words,
    day,
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
    """A number that answers "so what", and the list behind it."""

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


def panels_of(figures: Figures, *, live: bool, is_governors: bool = True) -> dict[str, Any]:
    """For ``desk/_figures.html``. ``live``: numbers lead to the lists behind them; a kept report leads nowhere.

    ``is_governors``: the desk to which commitments climb; a district governor only looks on.
    """
    links = Links(figures) if live else None
    is_county = figures.place_kind == PlaceKind.COUNTY
    return {
        "figures": figures,
        "is_county": is_county,
        "place_name": title_of(figures),
        "period_name": period_words(figures),
        "on": day(figures.on),
        "is_governors": is_governors,
        "headlines": _headlines(figures, is_governors=is_governors),
        "charts": [_bodies_chart(figures), _trend_chart(figures)] if figures.total.promised else [],
        "bodies": [_row(one, url=links.owner(one) if links else "", kind=kind_of_body(one)) for one in figures.bodies],
        "kinds": [_row(one, name=kind_of_body(one)) for one in by_kind(figures.bodies)],
        "counties": [_row(one, url=links.county(one) if links else "") for one in figures.counties],
        "climbed": [_climbed(one, figures, live=live) for one in figures.climbed],
        "counted_obstacles": [(obstacle_words(kind), count) for kind, count in figures.total.obstacles],
        "obstacles": _said(figures.said, NoteKind.OBSTACLE),
        "strengths": _said(figures.said, NoteKind.STRENGTH),
    }


class Links:
    """Lists behind the numbers of a desk."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    def owner(self, line: Line) -> str:
        """What a body owes at a county; a province has a list for each county."""
        if self.figures.place_kind != PlaceKind.COUNTY:
            return ""
        return self.commitments(owner=line.code)

    def county(self, line: Line) -> str:
        if line.code == self.figures.place:
            return self.commitments()
        return f"{reverse('desk:board')}?{urlencode({'place': line.code, 'period': self.figures.period})}"

    def commitments(self, **filters: str) -> str:
        return f"{reverse('commitments:commitment-list')}?{urlencode({'place': self.figures.place, **filters})}"


def _headlines(figures: Figures, *, is_governors: bool) -> list[Headline]:
    total, earlier, number = figures.total, figures.before, wording.number
    county = figures.place_kind == PlaceKind.COUNTY
    links = Links(figures)

    def url(**filters: str) -> str:
        return links.commitments(**filters) if county else "#counties"

    by_both = _("%(first)s of %(due)s; by the present date %(present)s") % {
        "first": number(total.on_first_date), "due": number(total.due), "present": number(total.on_time),
    }  # fmt: skip
    return [
        Headline(
            number(total.promised), _("commitments were owed"), change_words(total.promised, earlier.promised), url(),
            "list-check", "blue",
        ),
        Headline(
            kept_words(total), _("of what was due was done by its first date"), by_both, url(state="settled"),
            "circle-check", "green",
        ),
        Headline(
            number(total.late), _("are late"), change_words(total.late, earlier.late), url(state="late"), "alarm", "red"
        ),
        Headline(
            number(len(figures.climbed)),
            _("have climbed to this desk") if is_governors else _("have climbed to the governor"),
            _("the governor's word is needed") if is_governors else _("waiting for the governor's word"),
            "#climbed", "alert-triangle", "orange",
        ),
    ]  # fmt: skip


def _bodies_chart(figures: Figures) -> Chart:
    shown = sorted(figures.bodies, key=lambda line: (-line.promised, line.name))[:DRAWN]
    latest = max(shown, key=lambda line: line.late)
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
    title = _("As much was done as in the period before")
    if now.done != then.done:
        title = (
            _("More was done than in the period before")
            if now.done > then.done
            else _("Less was done than in the period before")
        )
    labels = [
        (_("Owed"), "promised"),
        (_("Done"), "done"),
        (_("Done by first date"), "on_first_date"),
        (_("Late"), "late"),
    ]
    rows = [ChartRow(label, [getattr(now, name), getattr(then, name)]) for label, name in labels]
    series = [_("This period"), _("The period before")]
    source = _("From the commitments on record")
    return Chart("trend-chart", title, _("Commitments"), series, rows, source, day(figures.on))


def _row(line: Line, *, name: str = "", url: str = "", kind: str = "") -> TableRow:
    return TableRow(name or line.name, url, kind, line, kept_words(line), main_obstacle(line))


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


def _said(said: Sequence[Said], kind: NoteKind) -> list[SaidRow]:
    return [
        SaidRow(one.text, one.by, day(one.on), obstacle_words(one.obstacle), one.remedy)
        for one in said
        if one.kind == kind
    ][:SAID]
