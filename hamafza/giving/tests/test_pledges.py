"""Promises: what is made ahead, what an amendment leaves alone, and states that follow from dates and gifts (P1-P4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.core.jalali import from_jalali
from hamafza.core.scope import counties
from hamafza.giving.choices import DonationState, Frequency, GiftKind, InstalmentState, PledgeState
from hamafza.giving.commands.instalments import plan_pledges, waive_instalment
from hamafza.giving.commands.pledge_steps import (
    begin_pledge,
    cancel_pledge,
    complete_pledge,
    lapse_vows,
    pause_pledge,
    resume_pledge,
)
from hamafza.giving.commands.pledges import amend_pledge, make_pledge
from hamafza.giving.models import Instalment, Pledge
from hamafza.giving.pledge_flow import INSTALMENTS_AHEAD, PLANNED_AHEAD
from hamafza.giving.promise import Promise
from hamafza.giving.queries.instalments import due_instalments, instalments_of
from hamafza.giving.schedule import Schedule
from hamafza.giving.tests.factories_pledge import BY, a_gift_for, a_giver, a_pledge, packages, weekly
from hamafza.places.commands.keep_occasions import enter_date
from hamafza.places.commands.load_places import load_occasions
from hamafza.places.models import Place
from hamafza.places.models.occasion import Occasion
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY

pytestmark = pytest.mark.django_db

#: Saturday, 30 Aban 1405; the first Thursday after it is 5 Azar.
TODAY = from_jalali(1405, 8, 30)
FIRST = from_jalali(1405, 9, 5)
WEEK = timedelta(days=7)
MoveClock = Callable[[date], None]


@pytest.fixture
def clock(settings: Any, tmp_path: Path) -> MoveClock:
    """Stands at `TODAY` and may be moved."""
    settings.HAMAFZA_TEST_CLOCK = tmp_path / "day"

    def move(day: date) -> None:
        settings.HAMAFZA_TEST_CLOCK.write_text(day.isoformat())

    move(TODAY)
    return move


def days_due(pledge: Pledge) -> list[date]:
    return list(pledge.instalments.order_by("due_on").values_list("due_on", flat=True))


def states(pledge: Pledge, on: date) -> list[str]:
    return [one.state for one in instalments_of(pledge, on=on)]


def test_make_pledge_writes_its_thursdays_ahead_and_no_more(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    assert days_due(pledge) == [FIRST + WEEK * number for number in range(6)]
    assert days_due(pledge)[-1] <= TODAY + PLANNED_AHEAD
    assert {one.expected for one in pledge.instalments.all()} == {41}
    assert (pledge.state, pledge.jalali_year, pledge.number) == (PledgeState.ACTIVE, 1405, 1)


def test_daily_pledge_has_no_more_than_forty_ahead(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=Schedule(Frequency.DAY, TODAY))
    assert pledge.instalments.filter(due_on__gt=TODAY).count() == INSTALMENTS_AHEAD


def test_yearly_pledge_has_its_next_one_however_far(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=Schedule(Frequency.YEAR, from_jalali(1406, 6, 1)))
    plan_pledges(COUNTY, on=TODAY + timedelta(days=8))
    assert days_due(pledge) == [from_jalali(1406, 6, 1)]
    clock(from_jalali(1406, 6, 2))
    plan_pledges(COUNTY, on=from_jalali(1406, 6, 2))
    assert days_due(pledge) == [from_jalali(1406, 6, 1), from_jalali(1407, 6, 1)]


def test_plan_carried_on_makes_each_day_once(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    later = TODAY + timedelta(days=70)
    clock(later)
    made = [plan_pledges(COUNTY, on=later) for _ in range(3)]
    assert made == [10, 0, 0]
    assert days_due(pledge) == [FIRST + WEEK * number for number in range(16)]
    assert sorted(pledge.instalments.values_list("sequence", flat=True)) == list(range(1, 17))


def test_same_instalment_twice_is_refused_by_the_database(county: Place, clock: MoveClock) -> None:
    one = a_pledge(schedule=weekly(TODAY)).instalments.order_by("due_on")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Instalment.objects.create(
            county_id=COUNTY, pledge=one.pledge, version=one.version, sequence=one.sequence,
            due_on=one.due_on + timedelta(days=1), grace_until=one.due_on, expected=1,
        )  # fmt: skip


def test_states_follow_from_days_and_confirmed_gifts(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY), grace_days=7)
    first, second, third, fourth, fifth, _sixth = pledge.instalments.order_by("due_on")
    a_gift_for(first, 41)
    a_gift_for(second, 30)
    a_gift_for(third, 41, state=DonationState.PENDING)
    waive_instalment(fifth, reason="عید", by=BY)
    on = fourth.due_on
    assert states(pledge, on) == ["kept", "partly", "late", "due", "waived", "scheduled"]
    assert states(pledge, third.due_on + timedelta(days=8))[2] == InstalmentState.MISSED
    assert [one.due_on for one in due_instalments(COUNTY, on)] == [second.due_on, third.due_on, fourth.due_on]


def test_gift_of_something_else_keeps_nothing(county: Place, clock: MoveClock) -> None:
    one = a_pledge(schedule=weekly(TODAY)).instalments.order_by("due_on")[0]
    a_gift_for(one, 10**9, kind=GiftKind.MONEY)
    assert states(one.pledge, TODAY)[0] == InstalmentState.SCHEDULED


def test_money_is_counted_in_rial_and_two_gifts_add_up(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY), kind=GiftKind.MONEY, quantity=5_000_000)
    one = pledge.instalments.order_by("due_on")[0]
    a_gift_for(one, 2_000_000)
    a_gift_for(one, 3_000_000)
    found = instalments_of(pledge, on=TODAY)[0]
    assert (found.fulfilled, found.state) == (5_000_000, InstalmentState.KEPT)


def test_reversed_gift_opens_the_instalment_again(county: Place, clock: MoveClock) -> None:
    one = a_pledge(schedule=weekly(TODAY)).instalments.order_by("due_on")[0]
    donation = a_gift_for(one, 41).donation
    donation.state = DonationState.REVERSED
    donation.save()
    assert states(one.pledge, one.due_on)[0] == InstalmentState.DUE


def amended(pledge: Pledge, **changes: Any) -> Pledge:
    given: dict[str, Any] = {
        "quantity": 50, "schedule": weekly(TODAY, weekdays=(4,)), "effective_from": TODAY, "reason": "خواست خیر",
        "by": BY, "version": Pledge.objects.get(pk=pledge.pk).version, **changes,
    }  # fmt: skip
    return amend_pledge(pledge, **given)


def test_amend_after_instalments_were_kept_leaves_the_past_and_what_was_given(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    first, second, third = pledge.instalments.order_by("due_on")[:3]
    a_gift_for(first, 41)
    # The giver brought the third one early; its gift is not even confirmed yet.
    a_gift_for(third, 41, state=DonationState.PENDING)
    before = list(Instalment.objects.filter(pk__in=[first.pk, second.pk, third.pk]).order_by("due_on").values())
    now = second.due_on + timedelta(days=1)
    clock(now)
    amended(pledge, schedule=weekly(now, weekdays=(4,)), effective_from=now)
    after = list(Instalment.objects.filter(pk__in=[first.pk, second.pk, third.pk]).order_by("due_on").values())
    assert after == before
    rest = pledge.instalments.exclude(pk__in=[first.pk, second.pk, third.pk]).order_by("due_on")
    assert {(one.due_on.weekday(), one.expected, one.version.number) for one in rest} == {(4, 50, 2)}
    assert rest[0].due_on == now
    assert [one.number for one in pledge.versions.all()] == [1, 2]


def test_amend_from_a_later_day_keeps_the_old_rule_until_then(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    later = FIRST + WEEK * 3
    amended(pledge, schedule=weekly(later), effective_from=later)
    expected = list(pledge.instalments.order_by("due_on").values_list("expected", flat=True))
    assert expected == [41, 41, 41, 50, 50, 50]


def test_amend_twice_the_last_word_holds(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    amended(pledge, schedule=weekly(FIRST + WEEK * 3), effective_from=FIRST + WEEK * 3)
    amended(pledge, quantity=7, schedule=weekly(FIRST + WEEK), effective_from=FIRST + WEEK)
    assert list(pledge.instalments.order_by("due_on").values_list("expected", flat=True)) == [41, 7, 7, 7, 7, 7]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"effective_from": TODAY - timedelta(days=1)}, "past"),
        ({"reason": " "}, "no_reason"),
        ({"quantity": 0}, "no_quantity"),
        ({"schedule": weekly(TODAY - WEEK)}, "order"),
        ({"schedule": weekly(TODAY, interval=0)}, "bad_interval"),
        ({"schedule": weekly(TODAY, ends_on=TODAY)}, "no_day"),
        ({"schedule": Schedule(Frequency.OCCASION, TODAY)}, "no_occasion"),
    ],
)
def test_amend_that_makes_no_sense_is_refused(
    county: Place, clock: MoveClock, changes: dict[str, Any], code: str
) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    with pytest.raises(Refusal) as refused:
        amended(pledge, **changes)
    assert refused.value.code == code
    assert len(days_due(pledge)) == 6


def test_amend_after_somebody_else_did_is_refused(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    amended(pledge)
    with pytest.raises(StaleVersion):
        amended(pledge, version=pledge.version)


def test_pause_leaves_out_the_time_between_and_resume_goes_on(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    pause_pledge(pledge, since=FIRST + WEEK, reason="سفر", by=BY)
    assert days_due(pledge) == [FIRST]
    clock(FIRST + WEEK * 4)
    assert plan_pledges(COUNTY, on=FIRST + WEEK * 4) == 0
    resume_pledge(pledge, since=FIRST + WEEK * 4, by=BY)
    assert days_due(pledge)[:3] == [FIRST, FIRST + WEEK * 4, FIRST + WEEK * 5]


def test_pause_taken_back_before_it_began_leaves_nothing_out(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    before = days_due(pledge)
    pause_pledge(pledge, since=FIRST + WEEK, reason="", by=BY)
    resume_pledge(pledge, since=TODAY, by=BY)
    assert days_due(pledge) == before


def test_cancel_keeps_the_past_and_what_a_gift_was_entered_for(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    first, _second, third = pledge.instalments.order_by("due_on")[:3]
    a_gift_for(third, 5, state=DonationState.PENDING)
    clock(FIRST + timedelta(days=1))
    cancelled = cancel_pledge(pledge, reason="مهاجرت", by=BY)
    assert days_due(pledge) == [first.due_on, third.due_on]
    assert (cancelled.state, cancelled.state_reason) == (PledgeState.CANCELLED, "مهاجرت")
    assert not due_instalments(COUNTY, FIRST + WEEK).exists()


def test_cancel_without_reason_and_a_step_that_is_not_possible_are_refused(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY))
    with pytest.raises(Refusal) as no_reason:
        cancel_pledge(pledge, reason=" ", by=BY)
    with pytest.raises(Refusal) as not_paused:
        resume_pledge(pledge, since=TODAY, by=BY)
    complete_pledge(pledge, by=BY)
    with pytest.raises(Refusal) as over:
        pause_pledge(pledge, since=TODAY, reason="", by=BY)
    assert [one.value.code for one in (no_reason, not_paused, over)] == ["no_reason", "no_such_step", "no_such_step"]


def test_vow_with_a_condition_waits_and_begins_when_it_came_about(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY), condition="شفای بیمار", deadline=TODAY + WEEK * 4)
    assert (pledge.state, days_due(pledge)) == (PledgeState.DRAFT, [])
    clock(FIRST + WEEK)
    begun = begin_pledge(pledge, first_day=FIRST + WEEK * 2, by=BY)
    assert (begun.state, days_due(pledge)[0]) == (PledgeState.ACTIVE, FIRST + WEEK * 2)


def test_vow_lapses_after_its_last_day_alone(county: Place, clock: MoveClock) -> None:
    pledge = a_pledge(schedule=weekly(TODAY), condition="قبولی در آزمون", deadline=TODAY + WEEK)
    assert (lapse_vows(COUNTY, on=TODAY + WEEK), lapse_vows(COUNTY, on=TODAY + WEEK * 2)) == (0, 1)
    assert Pledge.objects.get(pk=pledge.pk).state == PledgeState.LAPSED


@pytest.mark.parametrize(("given", "state"), [(41, PledgeState.COMPLETED), (0, PledgeState.LAPSED)])
def test_pledge_whose_last_instalment_is_over_is_settled(
    county: Place, clock: MoveClock, given: int, state: str
) -> None:
    pledge = a_pledge(schedule=weekly(TODAY, count=1), grace_days=7)
    if given:
        a_gift_for(pledge.instalments.get(), given)
    clock(FIRST + timedelta(days=30))
    plan_pledges(COUNTY, on=FIRST + timedelta(days=30))
    assert Pledge.objects.get(pk=pledge.pk).state == state


def test_waive_a_kept_one_is_refused(county: Place, clock: MoveClock) -> None:
    one = a_pledge(schedule=weekly(TODAY)).instalments.order_by("due_on")[0]
    a_gift_for(one, 41)
    with pytest.raises(Refusal) as refused:
        waive_instalment(one, reason="لازم نیست", by=BY)
    assert refused.value.code == "settled"


def test_instalment_to_come_follows_the_official_date_of_its_occasion(county: Place, clock: MoveClock) -> None:
    load_occasions()
    pledge = a_pledge(schedule=Schedule(Frequency.OCCASION, TODAY, occasion="ramadan"))
    (computed,) = days_due(pledge)
    ramadan = Occasion.objects.get(pk="ramadan")
    enter_date(ramadan, starts_on=computed + timedelta(days=1), ends_on=computed + timedelta(days=30))
    later = computed - timedelta(days=20)
    clock(later)
    plan_pledges(COUNTY, on=later)
    assert days_due(pledge) == [computed + timedelta(days=1)]


PROMISE = {"kind": GiftKind.MONEY, "quantity": 10}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"quantity": 0}, "no_quantity"),
        ({"quantity": 3 * 10**16}, "too_much"),
        ({"kind": "gold"}, "no_kind"),
        ({"kind": GiftKind.GOODS}, "no_item"),
        ({"kind": GiftKind.SERVICE}, "no_service"),
        ({"dedicated_to": "پدر"}, "dedication"),
        ({"deadline": TODAY}, "no_condition"),
        ({"condition": "شفا", "deadline": TODAY - WEEK}, "past"),
        ({"remind_days_before": 400}, "days"),
    ],
)
def test_promise_that_makes_no_sense_is_refused(
    county: Place, clock: MoveClock, said: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        make_pledge(a_giver(), promise=Promise(**{**PROMISE, **said}), schedule=weekly(TODAY), by=BY)
    assert refused.value.code == code
    assert not Pledge.objects.exists()


def test_item_of_another_county_is_refused(county: Place, clock: MoveClock) -> None:
    foreign = packages(FAR_COUNTY)
    with pytest.raises(Refusal) as refused:
        make_pledge(a_giver(), promise=Promise(GiftKind.GOODS, 1, item=foreign.pk), schedule=weekly(TODAY), by=BY)
    assert refused.value.code == "foreign"


def test_pledge_by_who_may_not_is_refused_and_by_the_giver_herself_is_made(county: Place, clock: MoveClock) -> None:
    giver, herself = a_giver(), make_actor(Role.BENEFACTOR)
    promise = Promise(GiftKind.MONEY, 5)
    with pytest.raises(PermissionDenied):
        make_pledge(giver, promise=promise, schedule=weekly(TODAY), by=make_actor(Role.SOCIAL_WORKER))
    with pytest.raises(PermissionDenied):
        make_pledge(giver, promise=promise, schedule=weekly(TODAY), by=herself)
    giver.user_id = herself.user_id
    giver.save()
    assert make_pledge(giver, promise=promise, schedule=weekly(TODAY), by=herself).created_by_id == herself.user_id


def test_plan_of_another_county_is_left_alone(clock: MoveClock) -> None:
    a_pledge(a_giver(FAR_COUNTY), schedule=weekly(TODAY))
    assert plan_pledges(COUNTY, on=TODAY + timedelta(days=70)) == 0
    with counties([FAR_COUNTY]):
        assert Instalment.objects.count() == 6
