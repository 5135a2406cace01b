"""Givers are reminded before, on the day and when late: each once, and not of everything at once after days of silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_worker
from hamafza.giving.choices import ReminderStage
from hamafza.giving.commands.instalments import plan_pledges, waive_instalment
from hamafza.giving.commands.pledge_reminders import remind_givers
from hamafza.giving.commands.pledge_steps import cancel_pledge
from hamafza.giving.models import InstalmentReminder, Pledge
from hamafza.giving.tests.factories_pledge import BY, a_gift_for, a_giver, a_pledge, weekly
from hamafza.giving.tests.test_pledges import FIRST, TODAY, WEEK, MoveClock, clock  # noqa: F401 - a fixture
from hamafza.notices.models import Message, Notice
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)


def told(pledge: Pledge) -> list[tuple[date, str]]:
    rows = InstalmentReminder.objects.filter(instalment__pledge=pledge).order_by("instalment__due_on", "at")
    return list(rows.values_list("instalment__due_on", "stage"))


def test_reminders_come_before_on_the_day_and_late_each_once(county: Place, clock: MoveClock) -> None:  # noqa: F811
    pledge = a_pledge(schedule=weekly(TODAY, count=1), remind_days_before=2)
    days = [FIRST - DAY * 3, FIRST - DAY * 2, FIRST - DAY, FIRST, FIRST + DAY, FIRST + DAY * 2]
    assert [remind_givers(COUNTY, on=day) for day in days for _ in range(2)] == [0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0]
    assert [stage for _, stage in told(pledge)] == [ReminderStage.BEFORE, ReminderStage.ON_DAY, ReminderStage.LATE]


def test_after_days_without_reminders_only_the_present_stage_is_told(county: Place, clock: MoveClock) -> None:  # noqa: F811
    pledge = a_pledge(schedule=weekly(TODAY))
    assert remind_givers(COUNTY, on=FIRST + WEEK) == 2
    assert told(pledge) == [(FIRST, ReminderStage.LATE), (FIRST + WEEK, ReminderStage.ON_DAY)]


def test_kept_waived_and_cancelled_ones_are_not_reminded_of(county: Place, clock: MoveClock) -> None:  # noqa: F811
    kept, waived, cancelled = (a_pledge(schedule=weekly(TODAY, count=1)) for _ in range(3))
    a_gift_for(kept.instalments.get(), 41)
    waive_instalment(waived.instalments.get(), reason="سفر", by=BY)
    cancel_pledge(cancelled, reason="سفر", by=BY)
    assert remind_givers(COUNTY, on=FIRST) == 0


def test_promise_written_down_late_reminds_of_nothing_long_past(county: Place, clock: MoveClock) -> None:  # noqa: F811
    a_pledge(schedule=weekly(TODAY - WEEK * 20))
    assert remind_givers(COUNTY, on=TODAY) <= 2


def test_giver_with_an_account_has_a_notice_and_one_who_agreed_a_message(county: Place, clock: MoveClock) -> None:  # noqa: F811
    user = make_worker(Role.BENEFACTOR)
    a_pledge(a_giver(user=user, mobile="09123456789", may_message=False), schedule=weekly(TODAY, count=1))
    a_pledge(a_giver(mobile="09121112233", may_message=True), schedule=weekly(TODAY, count=1))
    remind_givers(COUNTY, on=FIRST)
    assert [notice.code for notice in Notice.objects.filter(user=user)] == ["giving.instalment.on_day"]
    assert [message.address for message in Message.objects.all()] == ["09121112233"]


def test_officers_have_one_notice_for_all_of_a_day(county: Place, clock: MoveClock) -> None:  # noqa: F811
    officer = make_worker(Role.GIVING_OFFICER)
    a_pledge(schedule=weekly(TODAY))
    a_pledge(schedule=weekly(TODAY))
    remind_givers(COUNTY, on=FIRST)
    remind_givers(COUNTY, on=FIRST + DAY)
    notices = Notice.objects.filter(user=officer).order_by("id")
    assert [notice.params for notice in notices] == [{"due": 2, "late": 0}, {"due": 0, "late": 2}]


@pytest.mark.usefixtures("county")
def test_plan_takes_the_same_queries_for_more_instalments(
    clock: MoveClock,  # noqa: F811
    django_assert_max_num_queries: object,
) -> None:
    a_pledge(schedule=weekly(TODAY))
    with django_assert_max_num_queries(20):  # type: ignore[operator]  # pytest-django's fixture
        plan_pledges(COUNTY, on=TODAY + WEEK * 30)
    with django_assert_max_num_queries(9):  # type: ignore[operator]  # pytest-django's fixture
        remind_givers(COUNTY, on=TODAY + WEEK * 30)
