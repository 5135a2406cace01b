"""The desk of the governor in figures: what bodies promised, did, and owe, and why not; plain values for a period. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from hamafza.commitments.choices import CommitmentState as S
from hamafza.commitments.flow import OPEN_STATES, OWED_STATES


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment as the desk counts it. ``done_on``: the day of the verified report; ``given_on``: handed out."""

    owner: str
    state: str
    given_on: date
    due_on: date
    original_due_on: date
    done_on: date | None = None
    obstacle: str = ""
    was_reopened: bool = False


@dataclass(slots=True)
class Account:
    """What one body promised and did: its social responsibility in figures."""

    owner: str
    promised: int = 0
    done: int = 0
    on_time: int = 0
    on_first_date: int = 0
    late: int = 0
    open: int = 0
    dropped: int = 0
    reopened: int = 0
    days: list[int] = field(default_factory=list)
    obstacles: Counter[str] = field(default_factory=Counter)

    @property
    def median_days(self) -> int | None:
        """From handing out to done; nothing when nothing is done."""
        return round(median(self.days)) if self.days else None

    def share(self, part: int) -> float | None:
        """Of what is done or late: nothing is said of what is not due yet."""
        due = self.done + self.late
        return part / due if due else None


def accounts_of(promises: Iterable[Promise], *, on: date) -> list[Account]:
    """Of each body, those with most that is late first."""
    found: dict[str, Account] = {}
    for one in promises:
        _count(found.setdefault(one.owner, Account(one.owner)), one, on)
    return sorted(found.values(), key=lambda account: (-account.late, -account.promised, account.owner))


def obstacles_of(accounts: Iterable[Account]) -> list[tuple[str, int]]:
    """What is in the way, the most frequent first."""
    total: Counter[str] = Counter()
    for account in accounts:
        total += account.obstacles
    return sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))


def _count(account: Account, one: Promise, on: date) -> None:
    account.promised += 1
    account.reopened += one.was_reopened
    if one.state == S.CANCELLED:
        account.dropped += 1
        return
    if one.done_on is not None and one.state in {S.VERIFIED, S.CLOSED}:
        account.done += 1
        account.on_time += one.done_on <= one.due_on
        account.on_first_date += one.done_on <= one.original_due_on
        account.days.append((one.done_on - one.given_on).days)
        return
    account.open += one.state in OPEN_STATES
    account.late += one.state in OWED_STATES and one.due_on < on
    if one.obstacle and one.state in OPEN_STATES:
        account.obstacles[one.obstacle] += 1
