"""What every chart of the board is made with: the county's numbers, links to the lists behind them, and what is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.core import wording
from hamafza.core.parts import Chart, ChartRow
from hamafza.reports.queries.summaries import CountySummary
from hamafza.reports.rules import SMALLEST_CELL, hidden_places


@dataclass(frozen=True)
class Frame:
    """``anonymous``: small cells are hidden, and lists are those without names."""

    county: str
    summary: CountySummary
    on: date
    anonymous: bool

    def list_url(self, **filters: object) -> str:
        """The list with the same filter; without names only the kind of need may be asked for."""
        name = "needs:need-list-anonymous" if self.anonymous else "needs:need-list"
        asked = {
            key: value
            for key, value in filters.items()
            if value not in (None, "") and (not self.anonymous or key == "domain")
        }
        return f"{reverse(name)}?{urlencode({'county': self.county, **asked})}"

    def row_url(self, **filters: object) -> str:
        """The list behind a bar; none when the list without names cannot be filtered so."""
        return "" if self.anonymous and set(filters) != {"domain"} else self.list_url(**filters)

    def chart(
        self,
        name: str,
        title: str,
        *,
        category: str,
        series: Sequence[str],
        rows: Sequence[ChartRow],
        kind: str = "bars",
    ) -> Chart:
        """A chart with its source and day; rows with small numbers are left out when they must be."""
        shown = self.without_small(rows)
        source = _("From the needs on file")
        if len(shown) < len(rows):
            source = _("From the needs on file; groups with fewer than %(count)s are not shown") % {
                "count": wording.number(SMALLEST_CELL)
            }
        at = self.summary.computed_at
        return Chart(name, title, category, series, shown, source, timezone.localdate(at) if at else self.on, kind)  # type: ignore[arg-type]  # a kind

    def without_small(self, rows: Sequence[ChartRow]) -> list[ChartRow]:
        """Rows none of whose numbers is small."""
        if not self.anonymous:
            return list(rows)
        hidden: set[int] = set()
        for values in zip(*(row.values for row in rows), strict=True):
            hidden |= hidden_places([int(value) for value in values])
        return [row for place, row in enumerate(rows) if place not in hidden]

    def number(self, value: int) -> str:
        """A number in words of the page; a small one is said to be small."""
        if self.anonymous and 0 < value < SMALLEST_CELL:
            return _("fewer than %(count)s") % {"count": wording.number(SMALLEST_CELL)}
        return wording.number(value)

    def share(self, part: int, whole: int) -> str:
        """A share in words; empty when it would tell a small number."""
        if not whole or (self.anonymous and (0 < part < SMALLEST_CELL or 0 < whole - part < SMALLEST_CELL)):
            return ""
        return wording.percent(part / whole)


def most(rows: Sequence[ChartRow]) -> ChartRow | None:
    """The row with the greatest first number, if anything is in it."""
    return max((row for row in rows if row.values[0]), key=lambda row: row.values[0], default=None)
