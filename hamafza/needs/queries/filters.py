"""What a targeted list is filtered and sorted by; the form, the command line and a saved list make the same value."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any, Self

from hamafza.needs.choices import STANDING_STATES, NeedState

#: Pseudo-states of the filter.
STANDING, ALL = "standing", "all"
#: Ways to sort, each with the columns that make its order total.
SORTS: dict[str, tuple[str, ...]] = {
    "-priority": ("-rank", "id"),
    "priority": ("rank", "id"),
    "-waiting": ("since", "-rank", "id"),
    "waiting": ("-since", "-rank", "id"),
    "-severity": ("-severity", "-rank", "id"),
    "severity": ("severity", "-rank", "id"),
}
DEFAULT_SORT = "-priority"


@dataclass(frozen=True, slots=True)
class NeedFilters:
    """Empty values filter nothing; ``state`` empty or `STANDING`: open and partly met."""

    domain: str = ""
    severity: int | None = None
    group: str = ""
    cause: str = ""
    district: str = ""
    decile: int | None = None
    waiting: int | None = None
    #: Upper ends, for the bars of a chart: at most so severe, waiting for fewer days.
    severity_most: int | None = None
    waiting_below: int | None = None
    state: str = ""
    sort: str = ""

    @property
    def states(self) -> frozenset[str]:
        """The states asked for; empty: all of them."""
        if self.state == ALL:
            return frozenset()
        if self.state in NeedState.values:
            return frozenset({self.state})
        return frozenset(STANDING_STATES)

    @property
    def order(self) -> tuple[str, ...]:
        """Columns of the order; `DEFAULT_SORT` when none or an unknown one is asked for."""
        return SORTS.get(self.sort, SORTS[DEFAULT_SORT])

    def latest_start(self, on: date) -> date | None:
        """The day a need must have begun by, to have waited long enough on a day."""
        return None if self.waiting is None else on - timedelta(days=self.waiting)

    def as_json(self) -> dict[str, Any]:
        """Only what is set; the form in which a list is saved and put into an address."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "")}

    @classmethod
    def from_json(cls, saved: dict[str, Any]) -> Self:
        """Reads what `as_json` wrote; names that are not known any more are left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in saved.items() if name in known})
