"""Gifts of the people beside the government's share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.core.parts import Chart, ChartRow, Fact
from hamafza.reports.charts.frame import Frame
from hamafza.reports.choices import Dimension
from hamafza.reports.queries.giving import GivingFigures

MILLION = 1_000_000


def giving_chart(people: GivingFigures, state: GivingFigures, frame: Frame) -> Chart:
    """In million rials; amounts of money tell of nobody and are not hidden."""
    rows = [
        ChartRow(label, [round(of.received / MILLION), round(of.delivered / MILLION)])
        for label, of in ((_("Gifts of the people"), people), (_("The government's share"), state))
    ]
    total = people.received + state.received
    title = _("Gifts and the government's share")
    if total:
        title = _("The government's share is %(share)s of what came in") % {
            "share": wording.percent(state.received / total)
        }
    series = [_("Received"), _("Delivered")]
    return Chart("giving", title, _("Million rials"), series, rows, _("From the books of the county"), frame.on)


def giving_facts(people: GivingFigures, state: GivingFigures, frame: Frame) -> list[Fact]:
    """What stands beside the chart."""
    return [
        Fact(_("Gifts of the people received"), _rial(people.received)),
        Fact(_("The government's share received"), _rial(state.received)),
        Fact(_("Allocated, not yet paid"), _rial(people.allocated + state.allocated)),
        Fact(_("In stock, at value"), _rial(people.stored + state.stored)),
        Fact(_("Delivered to families"), _rial(people.delivered + state.delivered)),
        Fact(_("Families helped in the last year"), frame.number(frame.summary.standing(Dimension.HELPED))),
    ]


def _rial(amount: int) -> str:
    return _("%(amount)s rials") % {"amount": wording.number(amount)}
