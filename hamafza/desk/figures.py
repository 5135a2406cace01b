"""The desk's figures: what bodies promised, did and owe in a period, and why not. Plain values, kept as JSON. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from statistics import median
from typing import Any, Self

from hamafza.desk.periods import Period


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment as it stood on the evening of a day.

    ``reported_on``: the owner said that it is done, and that stands; ``verified_on``: somebody else found it so;
    ``dropped_on``: cancelled. ``obstacle``: what the owner last named.
    """

    owner: str
    place: str
    given_on: date
    due_on: date
    original_due_on: date
    reported_on: date | None = None
    verified_on: date | None = None
    dropped_on: date | None = None
    obstacle: str = ""
    was_reopened: bool = False

    @property
    def is_owed(self) -> bool:
        """Neither reported nor dropped."""
        return self.reported_on is None and self.verified_on is None and self.dropped_on is None

    def is_of(self, period: Period) -> bool:
        """Owed at some time in the period: handed out by its end, and neither verified nor dropped before it began."""
        ended = self.verified_on or self.dropped_on
        return self.given_on <= period.last and (ended is None or ended >= period.first)


@dataclass(slots=True)
class Account:
    """What somebody promised and did in a period: its social responsibility in figures."""

    promised: int = 0
    given: int = 0
    done: int = 0
    on_time: int = 0
    on_first_date: int = 0
    late: int = 0
    missed_first: int = 0
    open: int = 0
    waiting: int = 0
    dropped: int = 0
    reopened: int = 0
    days: list[int] = field(default_factory=list)
    obstacles: Counter[str] = field(default_factory=Counter)

    def add(self, one: Promise, period: Period, *, until: date) -> None:
        """Count a commitment of the period; what was due before ``until`` and is not reported is late."""
        self.promised += 1
        self.given += one.given_on >= period.first
        self.reopened += one.was_reopened
        if one.dropped_on is not None:
            self.dropped += 1
        elif one.verified_on is not None:
            reported = one.reported_on or one.verified_on
            self.done += 1
            self.on_time += reported <= one.due_on
            self.on_first_date += reported <= one.original_due_on
            self.days.append((reported - one.given_on).days)
        else:
            self.open += 1
            self.waiting += one.reported_on is not None
            self.late += one.is_owed and one.due_on < until
            self.missed_first += one.is_owed and one.original_due_on < until
            if one.obstacle:
                self.obstacles[one.obstacle] += 1


@dataclass(frozen=True, slots=True)
class Line:
    """An account with its name: of a body, of a county, of all. ``obstacles``: kind and number, the most frequent first."""

    code: str = ""
    name: str = ""
    kind: str = ""
    promised: int = 0
    given: int = 0
    done: int = 0
    on_time: int = 0
    on_first_date: int = 0
    late: int = 0
    missed_first: int = 0
    open: int = 0
    waiting: int = 0
    dropped: int = 0
    reopened: int = 0
    median_days: int | None = None
    obstacles: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, account: Account, *, code: str = "", name: str = "", kind: str = "") -> Self:
        counts = {one: getattr(account, one) for one in COUNTS}
        days = round(median(account.days)) if account.days else None
        obstacles = tuple(sorted(account.obstacles.items(), key=lambda pair: (-pair[1], pair[0])))
        return cls(code=code, name=name, kind=kind, median_days=days, obstacles=obstacles, **counts)

    @classmethod
    def summed(cls, kind: str, counts: Counter[str]) -> Self:
        """Of all bodies of a kind: numbers alone."""
        said: dict[str, Any] = dict(counts)
        return cls(code=kind, kind=kind, **said)

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        return cls(**{**said, "obstacles": _counted(said["obstacles"])})

    @property
    def due(self) -> int:
        """What is done, or has missed its first date: nothing is said of what is not due yet."""
        return self.done + self.missed_first

    @property
    def kept(self) -> float | None:
        """The share of what was due that was done by its first date."""
        return self.on_first_date / self.due if self.due else None

    @property
    def done_late(self) -> int:
        return self.done - self.on_first_date


COUNTS = (
    "promised", "given", "done", "on_time", "on_first_date", "late", "missed_first", "open", "waiting", "dropped", "reopened",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A strength or an obstacle in words. ``by``: the council or body; ``on``: the day, as ISO text."""

    kind: str
    text: str
    by: str
    on: str
    obstacle: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Climbed:
    """What had climbed to this desk and was still owed; ``since`` is the day on which it did, both days as ISO texts."""

    key: str
    number: str
    title: str
    owner: str
    place: str
    due_on: str
    since: str


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a desk says of a period; ``on`` is the day whose evening it tells of (ISO text).

    ``runs``: the period was not over, and ``before`` tells of the one before it up to the same day.
    ``climbed_count``: of all, those that are not in ``climbed`` too. ``unsaid``: of each kind, words beside those in ``said``.
    """

    place: str
    place_name: str
    place_kind: str
    period: str
    on: str
    total: Line
    before: Line
    bodies: tuple[Line, ...] = ()
    counties: tuple[Line, ...] = ()
    said: tuple[Said, ...] = ()
    climbed: tuple[Climbed, ...] = ()
    #: Words that were left out because a client could be known by them.
    left_out: int = 0
    runs: bool = False
    climbed_count: int = 0
    unsaid: tuple[tuple[str, int], ...] = ()

    @property
    def more_climbed(self) -> int:
        return self.climbed_count - len(self.climbed)

    def said_of(self, kind: str, *, most: int) -> tuple[tuple[Said, ...], int]:
        """The newest words of a kind, and how many more there are."""
        found = tuple(one for one in self.said if one.kind == kind)
        return found[:most], len(found[most:]) + dict(self.unsaid).get(kind, 0)

    def as_json(self) -> dict[str, Any]:
        """Only what JSON holds."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Reads what `as_json` wrote."""
        return cls(
            **{name: kept[name] for name in ("place", "place_name", "place_kind", "period", "on")},
            total=Line.from_json(kept["total"]),
            before=Line.from_json(kept["before"]),
            bodies=tuple(Line.from_json(one) for one in kept["bodies"]),
            counties=tuple(Line.from_json(one) for one in kept["counties"]),
            said=tuple(Said(**one) for one in kept["said"]),
            climbed=tuple(Climbed(**one) for one in kept["climbed"]),
            left_out=kept["left_out"],
            runs=kept.get("runs", False),
            climbed_count=kept.get("climbed_count", len(kept["climbed"])),
            unsaid=_counted(kept.get("unsaid", ())),
        )


def _counted(pairs: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((str(kind), int(count)) for kind, count in pairs)


def account_of(promises: Iterable[Promise], period: Period, *, until: date) -> Account:
    """Of all commitments of the period together."""
    account = Account()
    for one in promises:
        if one.is_of(period):
            account.add(one, period, until=until)
    return account


def accounts_by(
    of: Callable[[Promise], str], promises: Iterable[Promise], period: Period, *, until: date
) -> dict[str, Account]:
    """One account for each owner, or each place."""
    found: dict[str, Account] = {}
    for one in promises:
        if one.is_of(period):
            found.setdefault(of(one), Account()).add(one, period, until=until)
    return found


def by_kind(bodies: Iterable[Line]) -> list[Line]:
    """The same for all bodies of a kind, such as charities; without medians, which cannot be added up."""
    sums: dict[str, Counter[str]] = {}
    for line in bodies:
        sums.setdefault(line.kind, Counter()).update({name: getattr(line, name) for name in COUNTS})
    lines = [Line.summed(kind, total) for kind, total in sums.items()]
    return sorted(lines, key=lambda line: (-line.promised, line.kind))
