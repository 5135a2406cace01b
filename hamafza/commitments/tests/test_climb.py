"""The ladder: each deadline each rung once, on its day, none missed; a year of days with outages and turned clocks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from hamafza.accounts.choices import Role
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import give, make_worker
from hamafza.commitments.choices import CommitmentState as S, Rung
from hamafza.commitments.commands.answer import accept, ask_for_date, report
from hamafza.commitments.commands.climb import escalate
from hamafza.commitments.commands.decide import decide_date, open_again, verify
from hamafza.commitments.commands.give import assign, write_commitment
from hamafza.commitments.ladder import COUNTRY_LADDER, Step, reached
from hamafza.commitments.models import Commitment, EscalationStep, LadderStep
from hamafza.commitments.order import Report
from hamafza.commitments.queries.ladders import ladder_of
from hamafza.commitments.tests.conftest import MoveTo
from hamafza.commitments.tests.factories import Table
from hamafza.core.scope import counties
from hamafza.notices.models import Message, Notice
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, PROVINCE, SISTER_COUNTY

FIRST = date(2026, 11, 22)
DONE = Report(text="انجام شد", is_claim=True)


def steps_of(held: Commitment) -> list[tuple[int, date]]:
    return list(held.escalations.order_by("due_on", "level").values_list("level", "falls_on"))


def test_rungs_reached_by_their_days() -> None:
    ladder = [Step(2, 7, Rung.SECRETARY), Step(1, 1, Rung.OWNER)]
    assert [step.level for step in reached(ladder, due=FIRST, on=FIRST)] == []
    assert [step.level for step in reached(ladder, due=FIRST, on=FIRST + timedelta(days=1))] == [1]
    assert [step.level for step in reached(ladder, due=FIRST, on=FIRST + timedelta(days=300))] == [1, 2]


def test_nearest_ladder_is_the_one_in_force(county: Place) -> None:
    assert ladder_of(COUNTY) == list(COUNTRY_LADDER)
    LadderStep.objects.create(place_id=PROVINCE, level=1, days=3, to=Rung.GOVERNOR)
    assert ladder_of(COUNTY) == ladder_of(SISTER_COUNTY) == [Step(1, 3, Rung.GOVERNOR)]
    LadderStep.objects.create(place_id=COUNTY, level=1, days=5, to=Rung.OWNER)
    assert ladder_of(COUNTY) == [Step(1, 5, Rung.OWNER)]


def test_climbs_on_the_right_day_once(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    held = table.taken(due_on=FIRST)
    assert escalate(COUNTY, on=FIRST) == 0
    move_to(FIRST + timedelta(days=1))
    assert escalate(COUNTY, on=FIRST + timedelta(days=1)) == 1
    assert escalate(COUNTY, on=FIRST + timedelta(days=1)) == 0
    assert steps_of(held) == [(1, FIRST + timedelta(days=1))]
    told = Notice.objects.filter(code="commitments.late")
    assert {one.user_id for one in told} == {table.officer.user_id, table.colleague.user_id}


def test_rung_is_told_by_message_too_once(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    officer = User.objects.get(pk=table.officer.user_id)
    officer.mobile = "09121112233"
    officer.save()
    table.taken(due_on=FIRST)
    move_to(FIRST + timedelta(days=1))
    for _twice in range(2):
        escalate(COUNTY, on=FIRST + timedelta(days=1))
    [message] = Message.objects.all()
    assert (message.code, message.address) == ("commitments.late", "09121112233")


def test_week_without_the_job_leaves_no_rung_out(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    held = table.taken(due_on=FIRST)
    day = FIRST + timedelta(days=16)
    move_to(day)
    assert escalate(COUNTY, on=day) == 3
    assert steps_of(held) == [(step.level, FIRST + timedelta(days=step.days)) for step in COUNTRY_LADDER[:3]]


def test_done_while_the_job_was_off_is_late_all_the_same(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    held = table.taken(due_on=FIRST)
    move_to(FIRST + timedelta(days=8))
    report(held, DONE, by=table.officer)
    assert [level for level, _ in steps_of(held)] == [1, 2]
    assert escalate(COUNTY, on=FIRST + timedelta(days=60)) == 0


def test_body_without_users_is_told_through_the_secretary(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    accept(table.given(owner=table.silent, due_on=FIRST), by=table.secretary)
    escalate(COUNTY, on=FIRST + timedelta(days=1))
    assert Notice.objects.get(code="commitments.late").user_id == table.secretary.user_id


def test_rung_with_nobody_to_tell_is_on_record(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    held = table.taken(due_on=FIRST)
    escalate(COUNTY, on=FIRST + timedelta(days=31))
    assert held.escalations.get(to=Rung.PROVINCE).told == 0


def test_new_date_begins_a_new_ladder(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    held = table.taken(due_on=FIRST)
    later = FIRST + timedelta(days=20)
    move_to(FIRST + timedelta(days=2))
    change = ask_for_date(held, new=later, reason="دیرکرد", by=table.officer)
    decide_date(change, approved=True, answer="", by=table.secretary)
    assert steps_of(held) == [(1, FIRST + timedelta(days=1))]
    assert escalate(COUNTY, on=later) == 0
    assert escalate(COUNTY, on=later + timedelta(days=1)) == 1


def test_closed_one_is_told_to_nobody_who_may_not_know_it(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    director = make_worker(Role.PROVINCE_DIRECTOR, COUNTY)
    held, open_one = (table.taken(due_on=FIRST, confidentiality=one) for one in ("closed", "internal"))
    move_to(FIRST + timedelta(days=31))
    escalate(COUNTY, on=FIRST + timedelta(days=31))
    assert [one.url for one in Notice.objects.filter(user=director)] == [f"/commitments/{open_one.pk}/"]
    assert [one.escalations.get(to=Rung.PROVINCE).told for one in (held, open_one)] == [0, 1]
    assert Notice.objects.filter(user=table.governor.user_id, url=f"/commitments/{held.pk}/").exists()


def test_province_is_told_of_what_is_owed_to_itself(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    director = make_worker(Role.PROVINCE_DIRECTOR, COUNTY)
    with counties([PROVINCE]):
        system = system_actor("test")
        held = assign(write_commitment(PROVINCE, table.order(due_on=FIRST), by=system), by=system)
        escalate(PROVINCE, on=FIRST + timedelta(days=31))
        assert held.escalations.get(to=Rung.PROVINCE).told == 1
    assert Notice.objects.filter(user=director, code="commitments.late").count() == 1


def test_opened_again_after_forty_days_each_is_told_once_how_late_it_is(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    late = verify(table.claimed(due_on=FIRST), adequate=True, note="", by=table.governor)
    day = FIRST + timedelta(days=40)
    move_to(day)
    open_again(late, reason="نماند", by=table.secretary)
    give(User.objects.get(pk=table.officer.user_id), Role.COUNCIL_SECRETARY, COUNTY)
    assert escalate(COUNTY, on=day) == 4
    told = Notice.objects.filter(code="commitments.late")
    assert {one.params["days"] for one in told} == {40}
    assert told.filter(user=table.officer.user_id).count() == 1
    assert late.escalations.count() == 4


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def killed_at(number: int) -> Iterator[None]:
    """End at this question to the database, the first is 0; never at the end of a transaction, which is one step."""
    left = number

    def ask(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        left -= 1
        if left == -1 and not sql.startswith("RELEASE"):
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield


def is_killed(at: int, on: date) -> bool:
    """Whether the job met its end; else it ran to its own."""
    try:
        with killed_at(at):
            escalate(COUNTY, on=on)
    except Killed:
        return True
    return False


def test_job_killed_at_each_of_its_steps_climbs_once(table: Table, move_to: MoveTo) -> None:
    move_to(FIRST)
    late = [table.taken(due_on=FIRST + timedelta(days=5)) for _each in range(3)]
    at = 0
    while is_killed(at, on=FIRST + timedelta(days=60)):
        assert not EscalationStep.objects.exists()
        assert not Notice.objects.filter(code="commitments.late").exists()
        at += 1
    assert at > 20
    for held in late:
        assert sorted(level for level, _day in steps_of(held)) == [step.level for step in COUNTRY_LADDER]
    told = Notice.objects.filter(code="commitments.late").count()
    assert told == sum(EscalationStep.objects.values_list("told", flat=True)) > 0


class Year:
    """A year of a county's commitments by arithmetic, beside the program: what must have climbed, and on which days."""

    def __init__(self, table: Table, move_to: MoveTo, seed: int) -> None:
        self.table, self.move_to, self.chance = table, move_to, random.Random(seed)
        self.expected: set[tuple[str, date, int]] = set()
        self.open: dict[str, date] = {}
        self.today = FIRST

    def live(self, days: int) -> None:
        outage = 0
        for number in range(days):
            self.today = FIRST + timedelta(days=number)
            self.move_to(self.today)
            self.work()
            outage = outage - 1 if outage else self.chance.choice([0] * 12 + [1, 3, 7, 15])
            if not outage:
                self.job()

    def job(self) -> None:
        """At times twice, killed at first, or by a clock that was set back a day or an evening that is tomorrow elsewhere."""
        if self.chance.random() < 0.2:
            is_killed(self.chance.randrange(12), on=self.today)
        for turned in self.chance.choice([[0], [0, 0], [-1, 0], [0, -2]]):
            escalate(COUNTY, on=self.today + timedelta(days=turned))
        self.expect(self.today)

    def expect(self, on: date) -> None:
        """By arithmetic: what is owed and late has reached these rungs by a day."""
        for key, due in self.open.items():
            self.expected |= {
                (key, due, step.level) for step in COUNTRY_LADDER if due + timedelta(days=step.days) <= on
            }

    def work(self) -> None:
        acts = [self.order] * 3 + [self.finish] * 2 + [self.move, self.nothing]
        for act in self.chance.sample(acts, k=2):
            act()

    def nothing(self) -> None:
        """A quiet day."""

    def order(self) -> None:
        due = self.today + timedelta(days=self.chance.randint(0, 40))
        self.open[str(self.table.taken(due_on=due).pk)] = due

    def finish(self) -> None:
        if not self.open:
            return
        key = self.chance.choice(sorted(self.open))
        held = Commitment.objects.get(pk=key)
        self.expect_now(key)
        report(held, DONE, by=self.table.officer)
        if self.chance.random() < 0.3:
            verify(held, adequate=False, note="ناقص", by=self.table.governor)
        else:
            verify(held, adequate=True, note="", by=self.table.governor)
            del self.open[key]

    def move(self) -> None:
        if not self.open:
            return
        key = self.chance.choice(sorted(self.open))
        held = Commitment.objects.get(pk=key)
        new = max(self.today, held.due_on) + timedelta(days=self.chance.randint(1, 20))
        change = ask_for_date(held, new=new, reason="دیرکرد", by=self.table.officer)
        self.expect_now(key)
        decide_date(change, approved=True, answer="", by=self.table.secretary)
        self.open[key] = new

    def expect_now(self, key: str) -> None:
        due = self.open[key]
        self.expected |= {
            (key, due, step.level) for step in COUNTRY_LADDER if due + timedelta(days=step.days) <= self.today
        }

    def climbed(self) -> list[tuple[str, date, int]]:
        rows = EscalationStep.objects.values_list("commitment_id", "due_on", "level")
        return [(str(key), due, level) for key, due, level in rows]


@pytest.mark.parametrize("seed", [1, 2])
def test_year_of_outages_and_turned_clocks_escalates_each_deadline_once_a_level(
    table: Table, move_to: MoveTo, seed: int
) -> None:
    year = Year(table, move_to, seed)
    year.live(365)
    year.job()
    climbed = year.climbed()
    assert len(climbed) == len(set(climbed)) > 50
    assert set(climbed) == year.expected
    late = Commitment.objects.filter(state__in=[S.ACCEPTED, S.IN_PROGRESS], due_on__lt=year.today)
    assert {str(key) for key in late.values_list("pk", flat=True)} == {
        key for key, due in year.open.items() if due < year.today
    }
