"""A round's life: drawn up by rank, approved by other hands, packed, out, closed with figures that add up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor, make_organization
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.persian import key as key_of
from hamafza.distribution.choices import EntryState, RoundState
from hamafza.distribution.commands.deliveries import deliver, mark_absent, mark_refused, replace, take_back
from hamafza.distribution.commands.reconcile import reconcile_round, record_call_back, report_round
from hamafza.distribution.commands.rounds import approve_round, cancel_round, pack_round, plan_round, send_out
from hamafza.distribution.models import Delivery, Round, RoundEntry
from hamafza.distribution.periods import overlapping, period_of, span_of
from hamafza.distribution.queries.eligible import count_eligible
from hamafza.distribution.queries.integrity_rounds import faults_of_rounds
from hamafza.distribution.tests.factories import a_fund, a_goods_line, a_lot, balance_of
from hamafza.distribution.tests.factories_round import (
    WITNESSES,
    a_delivery,
    a_family,
    a_plan,
    a_round,
    a_setting,
    listed,
)
from hamafza.ledger.choices import Movement
from hamafza.ledger.models import Threshold
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.models import AidRecord, Need
from hamafza.needs.queries.filters import NeedFilters
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY
from hamafza.registry.choices import HouseholdState
from hamafza.registry.models import Household

pytestmark = pytest.mark.django_db


def test_plan_draws_those_first_who_need_it_most(county: Place) -> None:
    setting = a_setting(families=4)
    made = a_round(setting)
    assert [entry.need_id for entry in listed(made)] == [need.pk for need in setting.needs[:2]]
    assert list(made.entries.filter(state=EntryState.STANDBY).values_list("need_id", flat=True)) == [
        need.pk for need in setting.needs[2:]
    ]


def test_plan_keeps_the_reason_of_each_place(county: Place) -> None:
    setting = a_setting(families=1)
    entry = listed(a_round(setting, planned=1))[0]
    need = setting.needs[0]
    assert (entry.why["base"], entry.why["parts"]) == (need.score_base, need.score_parts)
    assert entry.why["score"] == need.score_base + 1


def test_plan_with_two_needs_of_a_household_lists_it_once(county: Place) -> None:
    setting = a_setting(families=1)
    home = setting.needs[0].household
    Need.objects.create(
        county_id=COUNTY, household=home, domain="livelihood", item="دیگر", state=NeedState.OPEN, severity=5, rank=9**9
    )
    assert [entry.household_id for entry in a_round(setting).entries.all()] == [home.pk]


def test_plan_leaves_out_who_was_served_in_the_period(county: Place) -> None:
    setting = a_setting(families=3, required=5)
    going = a_round(setting, until="out", planned=1)
    a_delivery(listed(going)[0], setting)
    second = plan_round(COUNTY, plan=a_plan(setting, planned=3), by=setting.office.planner, key=uuid7())
    served = setting.needs[0].household_id
    assert served not in set(second.entries.values_list("household_id", flat=True))


def test_plan_for_a_week_leaves_out_who_was_served_in_its_month(county: Place) -> None:
    setting = a_setting(families=2, required=5)
    a_round(setting, planned=1)
    week = period_of("week", date.today())
    second = plan_round(COUNTY, plan=a_plan(setting, period=week), by=setting.office.planner, key=uuid7())
    assert [entry.need_id for entry in listed(second)] == [setting.needs[1].pk]


def test_plan_leaves_out_households_that_are_suspended_and_needs_taken_up(county: Place) -> None:
    setting = a_setting(families=3)
    Household.objects.filter(pk=setting.needs[0].household_id).update(state=HouseholdState.SUSPENDED)
    Need.objects.filter(pk=setting.needs[1].pk).update(reserved=1)
    assert [entry.need_id for entry in a_round(setting).entries.all()] == [setting.needs[2].pk]


def test_plan_when_nobody_fits_is_refused(county: Place) -> None:
    setting = a_setting(families=0)
    with pytest.raises(Refusal) as refused:
        a_round(setting)
    assert refused.value.code == "nobody_eligible"


def test_plan_beginning_outside_its_period_is_refused(county: Place) -> None:
    setting = a_setting(families=1)
    with pytest.raises(Refusal) as refused:
        a_round(setting, period="1390-01")
    assert refused.value.code == "outside_period"


def test_count_says_how_many_fit_and_how_many_were_served(county: Place) -> None:
    setting = a_setting(families=3)
    a_round(setting, planned=1)
    period = period_of("month", date.today())
    turnout = count_eligible(COUNTY, NeedFilters(domain="livelihood"), item=setting.item, period=period)
    assert (turnout.eligible, turnout.served) == (2, 1)


def test_approve_passes_over_goods_whose_time_ends_before_the_round_begins(county: Place) -> None:
    setting = a_setting(families=2, goods=0)
    today = clock.today()
    line = a_goods_line(setting.item, quantity=9, fund=a_fund(use_by=today))
    a_lot(quantity=9, line=line, store=setting.store)
    later = today + timedelta(days=40)
    made = a_round(setting, starts_on=later, period=period_of("month", later))
    with pytest.raises(Refusal) as refused:
        approve_round(made, by=setting.office.head)
    assert refused.value.code == "short_of_goods"


@pytest.mark.parametrize(("domain", "code"), [("", "no_domain"), (Domain.HOUSING, "other_domain")])
def test_plan_for_another_kind_of_need_than_the_goods_or_none_is_refused(county: Place, domain: str, code: str) -> None:
    setting = a_setting(families=1)
    a_need(setting.needs[0].household, domain=Domain.HOUSING, severity=5)
    with pytest.raises(Refusal) as refused:
        a_round(setting, filters=NeedFilters(domain=domain))
    assert (refused.value.code, refused.value.field) == (code, "domain")


@pytest.mark.parametrize("role", [Role.COUNTY_HEAD, Role.STOREKEEPER, Role.DELIVERER, Role.GIVING_OFFICER])
def test_plan_by_somebody_without_the_duty_is_refused(county: Place, role: Role) -> None:
    setting = a_setting(families=1)
    with pytest.raises(PermissionDenied):
        plan_round(COUNTY, plan=a_plan(setting), by=make_actor(role), key=uuid7())


def test_approve_reserves_goods_and_units_of_needs(county: Place) -> None:
    setting = a_setting(families=3, goods=10)
    a_round(setting, until="approved")
    assert balance_of(setting.lots[0], setting.store) == (10, 2)
    assert list(Need.objects.order_by("-severity").values_list("reserved", flat=True)) == [1, 1, 0]


def test_approve_by_the_planner_is_refused(county: Place) -> None:
    setting = a_setting(families=1)
    made = a_round(setting)
    both = Actor(
        name="both",
        user_id=setting.office.planner.user_id,
        duties=setting.office.planner.duties + setting.office.head.duties,
    )
    with pytest.raises(Refusal) as refused:
        approve_round(made, by=both)
    assert refused.value.code == "same_hands"


def test_approve_by_the_planner_is_refused_by_the_database_itself(county: Place) -> None:
    made = a_round(a_setting(families=1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Round.objects.filter(pk=made.pk).update(approved_by=made.planned_by_id)


def test_approve_when_goods_are_short_changes_nothing(county: Place) -> None:
    setting = a_setting(families=3, goods=1)
    made = a_round(setting)
    with pytest.raises(Refusal) as refused:
        approve_round(made, by=setting.office.head)
    assert refused.value.code == "short_of_goods"
    assert (Round.objects.get().state, Need.objects.filter(reserved__gt=0).count()) == (RoundState.PLANNED, 0)


@pytest.mark.parametrize(
    "bound",
    [
        {"purpose": "education"},
        {"target_group": "older"},
        {"restriction": "suspense", "purpose": ""},
        {"use_by": date(2020, 1, 1)},
    ],
)
def test_approve_passes_over_goods_that_are_bound_elsewhere(county: Place, bound: dict[str, Any]) -> None:
    setting = a_setting(families=2, goods=0)
    line = a_goods_line(setting.item, quantity=9, fund=a_fund(**bound))
    a_lot(quantity=9, line=line, store=setting.store)
    made = a_round(setting)
    with pytest.raises(Refusal) as refused:
        approve_round(made, by=setting.office.head)
    assert refused.value.code == "short_of_goods"


def test_approve_gives_the_place_of_who_has_left_to_the_next(county: Place) -> None:
    setting = a_setting(families=3)
    made = a_round(setting)
    Household.objects.filter(pk=setting.needs[0].household_id).update(state=HouseholdState.SUSPENDED)
    approved = approve_round(made, by=setting.office.head)
    assert [entry.need_id for entry in listed(approved)] == [setting.needs[1].pk, setting.needs[2].pk]
    assert approved.entries.get(need=setting.needs[2]).replaces.need_id == setting.needs[0].pk


def test_approve_twice_is_refused(county: Place) -> None:
    setting = a_setting(families=2)
    made = a_round(setting, until="approved")
    with pytest.raises(Refusal) as refused:
        approve_round(made, by=setting.office.head)
    assert refused.value.code == "no_such_step"
    assert balance_of(setting.lots[0], setting.store) == (10, 2)


@pytest.mark.parametrize("packages", [0, 3])
def test_pack_more_than_is_set_aside_or_nothing_is_refused(county: Place, packages: int) -> None:
    setting = a_setting(families=3)
    made = a_round(setting, until="approved")
    with pytest.raises(Refusal) as refused:
        pack_round(made, packages=packages, by=setting.office.storekeeper)
    assert refused.value.code == "packed_too_many"


def test_send_out_before_packing_is_refused(county: Place) -> None:
    setting = a_setting(families=2)
    made = a_round(setting, until="approved")
    with pytest.raises(Refusal):
        send_out(made, by=setting.office.storekeeper)


@pytest.mark.parametrize("until", ["planned", "approved", "packing"])
def test_cancel_frees_places_needs_and_goods(county: Place, until: str) -> None:
    setting = a_setting(families=3)
    made = a_round(setting, until=until)
    cancelled = cancel_round(made, reason="باران", by=setting.office.head)
    assert (cancelled.state, cancelled.reason) == (RoundState.CANCELLED, "باران")
    assert balance_of(setting.lots[0], setting.store) == (10, 0)
    assert set(Need.objects.values_list("reserved", flat=True)) == {0}
    assert set(made.entries.values_list("state", flat=True)) == {EntryState.RELEASED}
    assert a_round(setting).entries.count() == 3


def test_cancel_an_approved_round_by_its_planner_is_refused(county: Place) -> None:
    setting = a_setting(families=1)
    made = a_round(setting, until="approved")
    with pytest.raises(PermissionDenied):
        cancel_round(made, reason="باران", by=setting.office.planner)


def test_cancel_a_round_that_is_out_is_refused(county: Place) -> None:
    setting = a_setting(families=1)
    made = a_round(setting, until="out")
    with pytest.raises(Refusal):
        cancel_round(made, reason="باران", by=setting.office.head)


def test_reconcile_adds_up_and_writes_off_what_is_lost(county: Place) -> None:
    setting = a_setting(families=5, goods=10)
    going = a_round(setting, until="out", planned=4)
    first, second, third, _fourth = listed(going)
    a_delivery(first, setting)
    a_delivery(second, setting)
    mark_absent(third, by=setting.office.deliverer)
    closed = reconcile_round(going, wasted=1, came_back=1, by=setting.office.accountant)
    assert (closed.packed, closed.delivered, closed.wasted, closed.came_back) == (4, 2, 1, 1)
    assert balance_of(setting.lots[0], setting.store) == (7, 0)
    states = set(closed.entries.values_list("state", flat=True))
    assert states == {EntryState.DELIVERED, EntryState.RELEASED}
    assert set(Need.objects.filter(delivered=0).values_list("reserved", flat=True)) == {0}


def test_reconcile_with_figures_that_do_not_add_up_is_refused(county: Place) -> None:
    setting = a_setting(families=2)
    going = a_round(setting, until="out")
    with pytest.raises(Refusal) as refused:
        reconcile_round(going, wasted=0, came_back=1, by=setting.office.accountant)
    assert refused.value.code == "does_not_add_up"


def test_figures_that_do_not_add_up_are_refused_by_the_database_itself(county: Place) -> None:
    setting = a_setting(families=2)
    going = a_round(setting, until="out")
    closed = reconcile_round(going, wasted=0, came_back=2, by=setting.office.accountant)
    with pytest.raises(DatabaseError), transaction.atomic():
        Round.objects.filter(pk=closed.pk).update(wasted=1)


def test_a_package_that_came_back_and_went_to_another_counts_once(county: Place) -> None:
    setting = a_setting(families=3)
    going = a_round(setting, until="out", planned=1)
    entry = listed(going)[0]
    a_delivery(entry, setting)
    take_back(entry, reason="کسی نبود", by=setting.office.deliverer)
    following = replace(entry, by=setting.office.deliverer)
    a_delivery(following, setting)
    closed = reconcile_round(going, wasted=0, came_back=0, by=setting.office.accountant)
    assert (closed.packed, closed.delivered) == (1, 1)
    assert (following.need_id, following.replaces_id) == (setting.needs[1].pk, entry.pk)
    assert AidRecord.objects.filter(taken_back_at=None).count() == 1


def test_replace_by_absence_and_by_refusal_takes_the_next_in_rank(county: Place) -> None:
    setting = a_setting(families=4)
    going = a_round(setting, until="out")
    absent, unwilling = listed(going)
    mark_absent(absent, by=setting.office.deliverer)
    mark_refused(unwilling, by=setting.office.deliverer)
    third = replace(absent, by=setting.office.deliverer, reason="سفر")
    fourth = replace(unwilling, by=setting.office.deliverer, reason="نخواست")
    assert [third.need_id, fourth.need_id] == [setting.needs[2].pk, setting.needs[3].pk]
    assert list(Need.objects.order_by("-severity").values_list("reserved", flat=True)) == [0, 0, 1, 1]


def test_replace_when_nobody_is_left_is_refused(county: Place) -> None:
    setting = a_setting(families=1)
    going = a_round(setting, until="out", planned=1)
    absent = mark_absent(listed(going)[0], by=setting.office.deliverer)
    with pytest.raises(Refusal) as refused:
        replace(absent, by=setting.office.deliverer, reason="سفر")
    assert refused.value.code == "nobody_next"


def test_replace_of_a_family_that_nobody_has_visited_or_without_a_reason_is_refused(county: Place) -> None:
    setting = a_setting(families=4)
    going = a_round(setting, until="out")
    first, second = listed(going)
    with pytest.raises(Refusal) as unvisited:
        replace(first, by=setting.office.deliverer, reason="آشنای من نیست")
    absent = mark_absent(second, by=setting.office.deliverer)
    with pytest.raises(Refusal) as silent:
        replace(absent, by=setting.office.deliverer)
    assert (unvisited.value.code, silent.value.code) == ("not_visited", "no_reason")


def hands_of(*actors: Actor) -> Actor:
    """The first of them, who holds all their duties."""
    return Actor(
        name="both", user_id=actors[0].user_id, duties=sum((one.duties for one in actors[1:]), actors[0].duties)
    )


@pytest.mark.parametrize("hand", ["planner", "head", "storekeeper", "deliverer"])
def test_close_by_any_earlier_hand_of_the_round_is_refused(county: Place, hand: str) -> None:
    setting = a_setting(families=2)
    going = a_round(setting, until="out")
    a_delivery(listed(going)[0], setting)
    both = hands_of(getattr(setting.office, hand), setting.office.accountant)
    with pytest.raises(Refusal) as refused:
        reconcile_round(going, wasted=0, came_back=1, by=both)
    assert refused.value.code == "same_hands"


@pytest.mark.parametrize("hand", ["planner", "head", "storekeeper"])
def test_deliver_by_any_earlier_hand_of_the_round_is_refused(county: Place, hand: str) -> None:
    setting = a_setting(families=2)
    going = a_round(setting, until="out")
    both = hands_of(getattr(setting.office, hand), setting.office.deliverer)
    with pytest.raises(Refusal) as refused:
        deliver(listed(going)[0], proof=WITNESSES, by=both, key=uuid7())
    assert refused.value.code == "same_hands"


@pytest.mark.parametrize(("worth", "threshold"), [(1000, 1999), (0, 10**9)])
def test_hands_are_kept_apart_by_the_worth_of_the_whole_round_known_or_not(
    county: Place, worth: int, threshold: int
) -> None:
    setting = a_setting(families=2, goods=0)
    a_lot(setting.item, quantity=9, store=setting.store, worth=worth)
    Threshold.objects.create(place_id=COUNTY, movement=Movement.ROUND, rial=threshold, valid_from=clock.today())
    going = a_round(setting, until="out")
    both = hands_of(setting.office.planner, setting.office.deliverer)
    with pytest.raises(Refusal) as refused:
        deliver(listed(going)[0], proof=WITNESSES, by=both, key=uuid7())
    assert refused.value.code == "same_hands"


def test_send_out_by_the_planner_is_refused(county: Place) -> None:
    setting = a_setting(families=2)
    made = a_round(setting, until="packing")
    with pytest.raises(Refusal) as refused:
        send_out(made, by=hands_of(setting.office.planner, setting.office.storekeeper))
    assert refused.value.code == "same_hands"


def test_plan_sent_twice_draws_up_one_list(county: Place) -> None:
    setting, key = a_setting(families=4), uuid7()
    first = plan_round(COUNTY, plan=a_plan(setting), by=setting.office.planner, key=key)
    again = plan_round(COUNTY, plan=a_plan(setting), by=setting.office.planner, key=key)
    assert (first.pk, Round.objects.count()) == (again.pk, 1)


def test_plan_with_too_small_an_audit_is_refused(county: Place) -> None:
    setting = a_setting(families=1)
    with pytest.raises(Refusal) as refused:
        a_round(setting, audit_percent=0)
    assert refused.value.code == "audit_too_small"


def given_by_a_charity(need: Need, item: str, *, days: int) -> AidRecord:
    return AidRecord.objects.create(
        county_id=COUNTY,
        household=need.household,
        domain=need.domain,
        item=item,
        item_key=key_of(item),
        on=clock.today() - timedelta(days=days),
        giver=make_organization(),
        source_type="other",
        source_id=uuid7(),
    )


def test_plan_leaves_out_who_would_be_refused_at_the_door(county: Place) -> None:
    setting = a_setting(families=2)
    given_by_a_charity(setting.needs[0], setting.item.name, days=25)
    later = clock.today() + timedelta(days=4)
    made = a_round(setting, planned=1, starts_on=later, period=period_of("week", later))
    assert [entry.need_id for entry in made.entries.all()] == [setting.needs[1].pk]


def test_approve_keeps_who_got_the_same_elsewhere_only_with_a_reason_that_reaches_the_record(county: Place) -> None:
    setting = a_setting(families=2)
    today = clock.today()
    made = a_round(setting, planned=1, period=period_of("week", today))
    given_by_a_charity(setting.needs[0], setting.item.name, days=20)
    silent = made
    with transaction.atomic():
        dropped = approve_round(silent, by=setting.office.head)
        assert [entry.need_id for entry in listed(dropped)] == [setting.needs[1].pk]
        transaction.set_rollback(True)
    kept = approve_round(made, by=setting.office.head, again_reason="خانواده پرجمعیت است")
    assert [entry.need_id for entry in listed(kept)] == [setting.needs[0].pk]
    packed = pack_round(kept, packages=1, by=setting.office.storekeeper)
    a_delivery(listed(send_out(packed, by=setting.office.storekeeper))[0], setting)
    assert AidRecord.objects.get(source_type="delivery").override_reason == "خانواده پرجمعیت است"


def test_approve_drops_who_another_round_of_an_overlapping_period_has_listed(county: Place) -> None:
    setting = a_setting(families=2)
    made = a_round(setting, planned=1)
    other = a_round(setting, planned=1, period=period_of("week", clock.today()))
    entry = listed(other)[0]
    RoundEntry.objects.filter(pk=entry.pk).update(household=setting.needs[0].household)
    assert [found for found in faults_of_rounds(COUNTY) if "overlap" in found]
    approved = approve_round(made, by=setting.office.head)
    assert setting.needs[0].pk not in [one.need_id for one in listed(approved)]


def test_report_with_open_calls_needs_a_reason(county: Place) -> None:
    setting = a_setting(families=1)
    going = a_round(setting, until="out", planned=1)
    a_delivery(listed(going)[0], setting)
    closed = reconcile_round(going, wasted=0, came_back=0, by=setting.office.accountant)
    with pytest.raises(Refusal) as refused:
        report_round(closed, by=setting.office.head)
    signed = report_round(closed, by=setting.office.head, reason="خانواده تلفن ندارد")
    assert (refused.value.code, signed.reason) == ("calls_open", "خانواده تلفن ندارد")


def test_call_back_by_a_hand_of_the_round_is_refused(county: Place) -> None:
    setting = a_setting(families=1)
    going = a_round(setting, until="out", planned=1)
    delivery = a_delivery(listed(going)[0], setting)
    reconcile_round(going, wasted=0, came_back=0, by=setting.office.accountant)
    with pytest.raises(Refusal) as refused:
        record_call_back(delivery, said_yes=True, by=hands_of(setting.office.head, setting.office.auditor))
    assert refused.value.code in {"same_hands", "not_drawn"}


def test_replace_twice_is_refused(county: Place) -> None:
    setting = a_setting(families=4)
    going = a_round(setting, until="out")
    entry = mark_absent(listed(going)[0], by=setting.office.deliverer, reason="سفر")
    replace(entry, by=setting.office.deliverer)
    with pytest.raises(Refusal) as refused:
        replace(entry, by=setting.office.deliverer)
    assert refused.value.code == "replaced_already"


def test_audit_draws_its_share_and_keeps_one_answer_each(county: Place) -> None:
    setting = a_setting(families=3)
    going = a_round(setting, until="out", planned=3, audit_percent=50)
    for entry in listed(going):
        a_delivery(entry, setting)
    reconcile_round(going, wasted=0, came_back=0, by=setting.office.accountant)
    drawn = Delivery.objects.filter(audit_drawn=True).order_by("pk")
    assert drawn.count() == 2
    record_call_back(drawn[0], said_yes=False, by=setting.office.auditor)
    with pytest.raises(Refusal) as refused:
        record_call_back(drawn[0], said_yes=True, by=setting.office.auditor)
    assert refused.value.code == "audited_already"


def test_report_is_signed_once(county: Place) -> None:
    setting = a_setting(families=1)
    going = a_round(setting, until="out", planned=1)
    closed = reconcile_round(going, wasted=0, came_back=1, by=setting.office.accountant)
    assert report_round(closed, by=setting.office.head).state == RoundState.REPORTED


def test_weeks_and_months_know_their_days() -> None:
    assert period_of("month", date(2026, 11, 21)) == "1405-08"
    assert span_of("1405-08") == (date(2026, 10, 23), date(2026, 11, 21))
    week = period_of("week", date(2026, 11, 21))
    assert span_of(week) == (date(2026, 11, 21), date(2026, 11, 27))
    assert overlapping(week) == {week, "1405-08", "1405-09"}


def test_families_of_another_county_are_never_listed(county: Place) -> None:
    setting = a_setting(families=1)
    a_family(severity=5, county="1002")
    assert [entry.need_id for entry in a_round(setting).entries.all()] == [setting.needs[0].pk]
