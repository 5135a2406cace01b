"""Figures of a county that works for a season, beside a plain reckoning from the list of what happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import make_organization, make_worker
from hamafza.commitments.choices import CommitmentState as S, Confidentiality, Obstacle
from hamafza.commitments.commands import answer, decide, give
from hamafza.commitments.commands.climb import escalate
from hamafza.commitments.models import Commitment
from hamafza.commitments.order import Report
from hamafza.commitments.tests.conftest import MoveTo
from hamafza.commitments.tests.factories import Table
from hamafza.core import clock
from hamafza.desk.exports.letter import letter_of
from hamafza.desk.figures import COUNTS
from hamafza.desk.periods import Period, period_of
from hamafza.desk.queries.figures import figures_of
from hamafza.desk.queries.snapshots import Report as Kept
from hamafza.desk.queries.waiting import SHOWN
from hamafza.desk.tests.factories import a_cover
from hamafza.documents.paper import Text
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


def reckoned(season: Season, period: Period, today: date) -> dict[str, Counter[str]]:
    """Of each body, from the stories alone."""
    found: dict[str, Counter[str]] = {}
    on, over = min(today, period.last), min(today - timedelta(days=1), period.last)
    for story in season.stories.values():
        _reckon(story, period, on, over, found)
    return found


def _reckon(story: Story, period: Period, on: date, over: date, found: dict[str, Counter[str]]) -> None:
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
        count["late"] += claimed is None and due <= over
        count["missed_first"] += claimed is None and story.first_due <= over
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
        expected = reckoned(season, period, today)
        assert shown(county, period, today) == expected
        assert expected
    figures = figures_of(county, [county.code], period_of("1405-08"), today=today)
    # Aban runs since 23 days: beside it stands Mehr as it was when it had run as long.
    earlier = figures_of(county, [county.code], period_of("1405-07"), today=date(2026, 10, 16))
    for name in COUNTS:
        assert getattr(figures.total, name) == sum(getattr(line, name) for line in figures.bodies)
    assert replace(figures.before, reopened=0) == replace(earlier.total, reopened=0, obstacles=figures.before.obstacles)
    assert figures.before.promised > 5


def test_due_on_the_last_day_of_a_finished_month_is_late_in_it(table: Table, county: Place, move_to: MoveTo) -> None:
    move_to(date(2026, 11, 1))
    table.taken(due_on=date(2026, 11, 21))
    table.taken(due_on=date(2026, 11, 22))
    late = [
        figures_of(county, [county.code], period_of("1405-08"), today=today).total.late
        for today in (date(2026, 11, 21), date(2026, 11, 22), date(2026, 12, 30))
    ]
    assert late == [0, 1, 1]


def test_running_month_stands_beside_as_many_days_of_the_one_before(
    table: Table, county: Place, move_to: MoveTo
) -> None:
    for day in (date(2026, 10, 1), date(2026, 10, 20)):
        move_to(day)
        table.taken(due_on=date(2026, 10, 5 if day.day == 1 else 30))
    beside = {
        today: figures_of(county, [county.code], period_of("1405-08"), today=today)
        for today in (date(2026, 11, 10), date(2026, 11, 20), date(2026, 11, 25))
    }
    assert [(one.before.promised, one.before.late, one.runs) for one in beside.values()] == [
        (1, 1, True), (2, 1, True), (2, 1, False),
    ]  # fmt: skip


def climbed_in(place: Place, key: str) -> list[tuple[str, str, str]]:
    found = figures_of(place, [place.code], period_of(key), today=clock.today())
    assert found.climbed_count == len(found.climbed)
    return [(one.title, one.owner, one.due_on) for one in found.climbed]


def test_what_had_climbed_is_told_as_it_stood_at_the_end_of_the_period(
    table: Table, county: Place, move_to: MoveTo
) -> None:
    move_to(date(2026, 10, 24))
    done, moved = (table.taken(due_on=date(2026, 10, 26), title=title) for title in ("کار یکم", "کار دوم"))
    move_to(date(2026, 11, 12))
    escalate(county.code, on=clock.today())
    agency = table.agency.name_fa
    then = [("کار یکم", agency, "2026-10-26"), ("کار دوم", agency, "2026-10-26")]
    assert climbed_in(county, "1405-08") == then
    move_to(date(2026, 11, 25))
    answer.report(done, Report(text="شد", is_claim=True), by=table.officer)
    change = answer.ask_for_date(moved, new=date(2026, 12, 20), reason="دیر", by=table.officer)
    decide.decide_date(change, approved=True, answer="", by=table.secretary)
    give.reassign(moved, owner=table.silent, reason="کار اوست", by=table.secretary)
    assert climbed_in(county, "1405-08") == then
    assert climbed_in(county, "1405-09") == []


def test_more_than_are_shown_are_counted_among_what_has_climbed(table: Table, county: Place, move_to: MoveTo) -> None:
    for _each in range(SHOWN + 2):
        table.given(due_on=date(2026, 11, 23))
    move_to(date(2026, 12, 10))
    escalate(county.code, on=clock.today())
    found = figures_of(county, [county.code], period_of("1405-09"), today=clock.today())
    assert (len(found.climbed), found.climbed_count, found.more_climbed) == (SHOWN, SHOWN + 2, 2)
    paper = letter_of(Kept("1405/1", "2026-12-10", found, a_cover()))
    assert Text("و ۲ مورد دیگر", soft=True) in paper.blocks


def test_bodies_and_counties_alike_stand_by_the_persian_alphabet(table: Table, county: Place) -> None:
    for name in ("تلاش", "یاری", "پیوند"):
        table.given(owner=make_organization(name, kind=OrganizationKind.CHARITY))
    figures = figures_of(county, [county.code], period_of("1405"), today=clock.today())
    assert [one.name for one in figures.bodies] == ["پیوند", "تلاش", "یاری"]


def test_closed_commitments_are_in_no_figure(table: Table, county: Place, move_to: MoveTo) -> None:
    table.given(confidentiality=Confidentiality.CLOSED)
    table.given(confidentiality=Confidentiality.PUBLIC)
    today = clock.today()
    assert figures_of(county, [county.code], period_of("1405"), today=today).total.promised == 1
