"""How many a rule really brings in a month and in a year, reckoned from its days and never multiplied by four."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _, ngettext

from hamafza.core import clock, wording
from hamafza.core.jalali import MONTHS_EN, MONTHS_FA, to_jalali
from hamafza.giving.choices import PledgeState
from hamafza.giving.models import Pledge, PledgeVersion
from hamafza.giving.pledge_words import Thing, quantity_in_words, thing_of
from hamafza.giving.queries.pledges import days_planned
from hamafza.giving.schedule import month_span, year_span


@dataclass(frozen=True, slots=True)
class Figure:
    """What a time really brings: ``times`` instalments, ``total`` in what the thing is counted in."""

    label: str
    times: int
    total: int
    thing: Thing

    @property
    def text(self) -> str:
        """164 packages."""
        return quantity_in_words(self.thing, self.total)

    @property
    def times_text(self) -> str:
        """4 times."""
        return ngettext("%(count)s time", "%(count)s times", self.times) % {"count": wording.number(self.times)}


def figures_of(days: Iterable[date], *, thing: Thing, quantity: int, is_whole: bool) -> list[Figure]:
    """The real figures of a rule: of its first two months, of its first whole year, and in all when it ends.

    ``days`` reach to the end of that year, or are all of them when ``is_whole``. Months without any are left out.
    """
    due = list(days)
    if not due:
        return []
    figures = []
    if not (is_whole and len(due) == 1):
        months = [figure_within(due, span, thing=thing, quantity=quantity) for span in _months_from(due[0])]
        figures += [figure for figure in months if figure.times]
    year = first_whole_year(due[0])
    in_year = figure_within(due, year_span(year), thing=thing, quantity=quantity)
    if in_year.times and not (is_whole and due[-1] < year_span(year)[1]):
        label = _("in the year %(year)s") % {"year": wording.digits(str(year))}
        figures.append(Figure(label, in_year.times, in_year.total, thing))
    if is_whole:
        figures.append(Figure(_("in all"), len(due), len(due) * quantity, thing))
    return figures


def figure_within(days: Iterable[date], span: tuple[date, date], *, thing: Thing, quantity: int) -> Figure:
    """How many times and how much within a month."""
    first, last = span
    times = sum(first <= day <= last for day in days)
    return Figure(_("in %(month)s") % {"month": month_name(first)}, times, times * quantity, thing)


def planned_figures(pledge: Pledge, versions: Sequence[PledgeVersion]) -> list[Figure]:
    """What this month and the next one really bring, each day under the version it falls under; of an active pledge."""
    if pledge.state != PledgeState.ACTIVE:
        return []
    thing, shown = thing_of(pledge), []
    planned = days_planned(versions, until=months_now()[-1][1])
    for span in months_now():
        within = [version.quantity for day, version in planned.items() if span[0] <= day <= span[1]]
        shown.append(Figure(_("in %(month)s") % {"month": month_name(span[0])}, len(within), sum(within), thing))
    return shown


def months_now() -> list[tuple[date, date]]:
    """The present Jalali month and the next one."""
    return _months_from(clock.today())


def first_whole_year(day: date) -> int:
    """The first Jalali year that lies wholly after a day, or begins with it."""
    jalali = to_jalali(day)
    return int(jalali.year) + (0 if (jalali.month, jalali.day) == (1, 1) else 1)


def month_name(day: date) -> str:
    """Azar 1405."""
    jalali = to_jalali(day)
    names = MONTHS_FA if wording.is_persian() else MONTHS_EN
    return f"{names[jalali.month - 1]} {wording.digits(str(jalali.year))}"


def _months_from(day: date) -> list[tuple[date, date]]:
    now = month_span(day)
    return [now, month_span(now[1] + timedelta(days=1))]
