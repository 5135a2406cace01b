"""Figures of a county that works for a season, beside a plain reckoning from the list of what happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import make_worker
from hamafza.commitments.choices import CommitmentState as S, Confidentiality, Obstacle
from hamafza.commitments.commands import answer, decide, give
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Report
from hamafza.commitments.tests.conftest import MoveTo
from hamafza.commitments.tests.factories import Table
from hamafza.core import clock
from hamafza.desk.figures import COUNTS
from hamafza.desk.periods import Period, period_of
from hamafza.desk.queries.figures import figures_of
from hamafza.places.models import Place

START = date(2026, 9, 23)
DAYS = 54


@dataclass
class Story:
    """What happened to one commitment: day, deed, and what it was about."""

    first_due: date
    deeds: list[tuple[date, str, object]] = field(default_factory=list)


@dataclass
class Season:
    """Random work of a county through the commands; what happened is written down beside."""

    table: Table
    chance: Random
    may_go_back: bool
    stories: dict[Commitment, Story] = field(default_factory=dict)
    officers: dict[UUID, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Somebody answers for each of the bodies."""
        for body in (self.table.agency, self.table.silent, self.table.secretariat):
            worker = make_worker(Role.AGENCY_OFFICER, self.table.county, organization=body)
            self.officers[body.pk] = actor_for(worker)

    def day(self) -> None:
        if self.chance.random() < 0.35:
            self._give()
        for held in list(self.stories):
            if self.chance.random() < 0.3:
                held.refresh_from_db()
                self._act(held)

    def _tell(self, held: Commitment, deed: str, of: object = None) -> None:
        self.stories[held].deeds.append((clock.today(), deed, of))

    def _give(self) -> None:
        owner = self.chance.choice([self.table.agency, self.table.silent, self.table.secretariat])
        held = self.table.given(owner=owner, due_on=clock.today() + timedelta(days=self.chance.randrange(2, 40)))
        self.stories[held] = Story(held.due_on)
        self._tell(held, "given", owner.pk)

    def _act(self, held: Commitment) -> None:
        owner, office, other = self.officers[held.owner_id], self.table.secretary, self.table.governor
        deed = self.chance.choice(_DEEDS[held.state])
        if not self.may_go_back and deed in {"reopen", "reject"}:
            return
        if deed == "accept":
            answer.accept(held, by=owner)
        elif deed == "report":
            obstacle = self.chance.choice([None, Obstacle.MONEY, Obstacle.PERMIT])
            answer.report(held, Report(percent=40, obstacle=obstacle), by=owner)
            self._tell(held, "report", obstacle or "")
        elif deed == "claim":
            answer.report(held, Report(text="شد", is_claim=True), by=owner)
            self._tell(held, "claim")
        elif deed in {"verify", "reject"}:
            decide.verify(held, adequate=deed == "verify", note="دیده شد", by=other)
            self._tell(held, deed)
        elif deed == "close":
            decide.close(held, by=office)
        elif deed == "reopen":
            decide.open_again(held, reason="نماند", by=office)
            self._tell(held, "reopen")
        elif deed == "cancel":
            give.cancel(held, reason="لازم نیست", by=office)
            self._tell(held, "cancel")
        elif deed == "date":
            new = clock.today() + timedelta(days=self.chance.randrange(3, 30))
            if new != held.due_on:
                change = answer.ask_for_date(held, new=new, reason="دیر", by=owner)
                decide.decide_date(change, approved=True, answer="", by=office)
                self._tell(held, "date", new)
        elif deed == "move":
            to = self.chance.choice([self.table.agency, self.table.silent, self.table.secretariat])
            if to.pk != held.owner_id:
                give.reassign(held, owner=to, reason="کار اوست", by=office)
                self._tell(held, "move", to.pk)


_DEEDS: dict[str, list[str]] = {
    S.ASSIGNED: ["accept", "accept", "move", "date"],
    S.ACCEPTED: ["report", "claim", "cancel", "date", "move"],
    S.IN_PROGRESS: ["report", "claim", "claim", "cancel", "date", "move"],
    S.BLOCKED: ["report", "claim", "date", "move"],
    S.CLAIMED: ["verify", "verify", "reject"],
    S.VERIFIED: ["close", "reopen"],
    S.CLOSED: ["reopen"],
    S.CANCELLED: [""],
}


def reckoned(season: Season, period: Period, on: date) -> dict[str, Counter[str]]:
    """Of each body, from the stories alone."""
    found: dict[str, Counter[str]] = {}
    for story in season.stories.values():
        _reckon(story, period, on, found)
    return found


def _reckon(story: Story, period: Period, on: date, found: dict[str, Counter[str]]) -> None:
    owner, due, claimed, verified, cancelled, obstacle, reopened = "", story.first_due, None, None, None, "", False
    given = story.deeds[0][0]
    if given > on:
        return
    for day, deed, of in [one for one in story.deeds if one[0] <= on]:
        if deed in {"given", "move"}:
            owner = str(of)
        elif deed == "date":
            due = of  # type: ignore[assignment]  # a day
        elif deed == "report":
            obstacle = str(of)
        elif deed == "claim":
            claimed, obstacle = day, ""
        elif deed == "verify":
            verified = day
        elif deed in {"reject", "reopen"}:
            claimed = verified = None
            reopened |= deed == "reopen"
        elif deed == "cancel":
            cancelled = day
    ended = verified or cancelled
    if ended is not None and ended < period.first:
        return
    count = found.setdefault(owner, Counter())
    count["promised"] += 1
    count["given"] += given >= period.first
    count["reopened"] += reopened
    if cancelled:
        count["dropped"] += 1
    elif verified:
        assert claimed is not None
        count["done"] += 1
        count["on_time"] += claimed <= due
        count["on_first_date"] += claimed <= story.first_due
    else:
        count["open"] += 1
        count["waiting"] += claimed is not None
        count["late"] += claimed is None and due < on
        count[f"obstacle {obstacle}"] += bool(obstacle)


def shown(place: Place, period: Period, today: date) -> dict[str, Counter[str]]:
    figures = figures_of(place, [place.code], period, today=today)
    return {
        line.code: Counter(
            {name: getattr(line, name) for name in COUNTS} | {f"obstacle {kind}": n for kind, n in line.obstacles}
        )
        for line in figures.bodies
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_running_period_equals_a_plain_reckoning(table: Table, county: Place, move_to: MoveTo, seed: int) -> None:
    season = Season(table, Random(seed), may_go_back=True)
    counted = 0
    for number in range(DAYS):
        today = START + timedelta(days=number)
        move_to(today)
        season.day()
        if number % 18 == 17:
            for key in ("1405-07", "1405-08", "1405-S3", "1405"):
                period = period_of(key)
                if period.first <= today <= period.last:
                    expected = reckoned(season, period, today)
                    assert shown(county, period, today) == expected
                    counted += sum(one["promised"] for one in expected.values())
    assert counted > 60


def test_earlier_period_is_told_as_it_stood_at_its_end(table: Table, county: Place, move_to: MoveTo) -> None:
    season = Season(table, Random(4), may_go_back=False)
    for number in range(DAYS):
        move_to(START + timedelta(days=number))
        season.day()
    today = START + timedelta(days=DAYS - 1)
    for key in ("1405-07", "1405-07-05~1405-08-10", "1405-08"):
        period = period_of(key)
        expected = reckoned(season, period, min(today, period.last))
        assert shown(county, period, today) == expected
        assert expected
    figures = figures_of(county, [county.code], period_of("1405-08"), today=today)
    earlier = figures_of(county, [county.code], period_of("1405-07"), today=today)
    for name in COUNTS:
        assert getattr(figures.total, name) == sum(getattr(line, name) for line in figures.bodies)
    assert replace(figures.before, reopened=0) == replace(earlier.total, reopened=0, obstacles=figures.before.obstacles)
    assert figures.before.promised > 5


def test_closed_commitments_are_in_no_figure(table: Table, county: Place, move_to: MoveTo) -> None:
    table.given(confidentiality=Confidentiality.CLOSED)
    table.given(confidentiality=Confidentiality.PUBLIC)
    today = clock.today()
    assert figures_of(county, [county.code], period_of("1405"), today=today).total.promised == 1
