"""The county's board, the counties of a province side by side, and the way from the root to one's first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, admit
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name, named_counties
from hamafza.needs.views.rows import need_row
from hamafza.reports.charts.frame import Frame
from hamafza.reports.charts.giving import giving_chart, giving_facts
from hamafza.reports.charts.needs import board_charts, long_waiting, severe
from hamafza.reports.commands.refresh import refresh_if_stale
from hamafza.reports.queries.giving import giving_figures
from hamafza.reports.queries.summaries import CountySummary, county_lines, county_summary
from hamafza.reports.queries.work import newest_urgent, work_for
from hamafza.reports.rules import needs_small_cells_hidden

#: Where somebody begins, by what she may do; the first that fits.
FIRST_PAGES: tuple[tuple[Permission, str], ...] = (
    (Permission.SEE_BOARD, "reports:board"),
    (Permission.SEE_DESK, "desk:board"),
    (Permission.MANAGE_USERS, "accounts:user-list"),
    (Permission.SEE_AUDIT, "audit:trail"),
    (Permission.GIVE, "portal:mine"),
)


@dataclass(frozen=True)
class Headline:
    """A number that answers "so what", and the list behind it."""

    value: str
    label: str
    text: str
    url: str
    icon: str
    tone: str


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("accounts:sign-in")
    actor = actor_of(request)
    first = next((page for permission, page in FIRST_PAGES if actor.may(permission)), None)
    return redirect(first) if first else render(request, "reports/no_duty.html")


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.SEE_BOARD)
    refresh_if_stale(county)
    on = timezone.localdate()
    anonymous = needs_small_cells_hidden(actor, county)
    frame = Frame(county, county_summary(county), on, anonymous)
    counties = actor.counties_with(Permission.SEE_BOARD)
    context = {
        "county": county,
        "county_name": county_name(county),
        "counties": named_counties(counties) if len(counties) > 1 else [],
        "headlines": _headlines(frame),
        "work": [] if anonymous else work_for(actor, county, on=on),
        "urgent": [] if anonymous else [need_row(need, on=on) for need in newest_urgent(county)],
        "urgent_url": frame.list_url(severity=4),
        "anonymous": anonymous,
        "charts": board_charts(frame),
        **_giving(frame),
        "is_empty": not frame.summary.standing() and not frame.summary.met(),
        "may_import": actor.may(Permission.IMPORT_CLIENTS, county),
    }
    return render(request, "reports/board.html", context)


@require_safe
def counties(request: HttpRequest) -> HttpResponse:
    actor = admit(request, Permission.SEE_BOARD)
    named = named_counties(actor.counties_with(Permission.SEE_BOARD))
    hidden = any(needs_small_cells_hidden(actor, code) for code, _name in named)
    frame = Frame("", CountySummary(), timezone.localdate(), hidden)
    rows = [
        {
            "code": line.code,
            "name": line.name,
            **{name: frame.number(getattr(line, name)) for name in ("standing", "severe", "households", "met")},
        }
        for line in county_lines(named)
    ]
    context = {"rows": rows, "count": len(rows)}
    return render(request, "reports/counties.html", context)


def _giving(frame: Frame) -> dict[str, Any]:
    """Nothing while the books are empty."""
    people, state = giving_figures(frame.county)
    if people.is_empty and state.is_empty:
        return {}
    return {"giving": giving_chart(people, state, frame), "giving_facts": giving_facts(people, state, frame)}


def _headlines(frame: Frame) -> list[Headline]:
    numbers = frame.summary
    standing, met = numbers.standing(), numbers.met()
    grave, late = severe(frame), long_waiting(frame)
    return [
        Headline(
            frame.number(standing),
            _("needs still to be met"),
            _("in %(count)s households") % {"count": frame.number(numbers.standing("households"))},
            frame.list_url(),
            "target-arrow",
            "blue",
        ),
        Headline(
            frame.number(grave), _("severe or critical"), _say(_("%(share)s of them; they come first"), frame.share(grave, standing)), frame.list_url(severity=4), "alert-triangle", "red",
        ),
        Headline(
            frame.number(late), _("have waited for a year or longer"), _say(_("%(share)s of them"), frame.share(late, standing)), frame.list_url(waiting=365), "hourglass", "orange",
        ),
        Headline(
            frame.number(met), _("needs met"), _say(_("%(share)s of all needs on file"), frame.share(met, met + standing)), frame.list_url(state="met"), "circle-check", "green",
        ),
    ]  # fmt: skip


def _say(sentence: str, share: str) -> str:
    return sentence % {"share": share} if share else ""
