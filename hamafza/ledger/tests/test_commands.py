"""Posting, reversing, moving within a county, months, thresholds, separate hands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.ledger import postings
from hamafza.ledger.chain import first_link
from hamafza.ledger.choices import Account, EntryKind, Movement, MoveState, PeriodState, Restriction, SurplusRule
from hamafza.ledger.commands.funds import Bounds, fund_for
from hamafza.ledger.commands.hands import require_other_hands, threshold_of
from hamafza.ledger.commands.moves import approve_move, move_between_funds, refuse_move
from hamafza.ledger.commands.periods import begin_closing, close_month, period_of, reopen_month, stop_closing
from hamafza.ledger.commands.post import reverse_entry, reverse_source
from hamafza.ledger.commands.thresholds import set_threshold
from hamafza.ledger.models import FiscalPeriod, Fund, FundMove, JournalEntry
from hamafza.ledger.queries.funds import balances_of, free_of
from hamafza.ledger.tests.factories import SYSTEM, a_fund, posted, put_in
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import COUNTRY_CODE, Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY, FAR_PROVINCE, PROVINCE, SISTER_COUNTY


@pytest.fixture(autouse=True)
def _open(county: Place) -> None:
    """Pakdasht is open."""


@pytest.fixture
def accountant(places: dict[str, Place]) -> Actor:
    return make_actor(Role.ACCOUNTANT)


@pytest.fixture
def director(places: dict[str, Place]) -> Actor:
    return make_actor(Role.PROVINCE_DIRECTOR)


def refusal(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda said: said.code == code)


# --- posting ---


def test_entries_are_numbered_and_point_back_one_to_another() -> None:
    fund = a_fund()
    first, second = put_in(fund, 100), put_in(fund, 50)
    assert (first.number, second.number) == (1, 2)
    assert (first.prev_hash, second.prev_hash) == (first_link(COUNTY), first.hash)


def test_spend_more_than_is_free_refused_kindly() -> None:
    fund = a_fund(rial=100)
    posted(COUNTY, postings.committed(fund.pk, 60), kind=EntryKind.ALLOCATION)
    with refusal("overdrawn"):
        posted(COUNTY, postings.refunded(fund.pk, 41), kind=EntryKind.REFUND)
    assert free_of(fund) == 40


def test_pay_a_commitment_leaves_what_is_free_as_it_was() -> None:
    fund = a_fund(rial=100)
    posted(COUNTY, postings.committed(fund.pk, 60), kind=EntryKind.ALLOCATION)
    posted(COUNTY, postings.paid(fund.pk, 60), kind=EntryKind.DISBURSEMENT)
    assert free_of(fund) == 40
    assert balances_of([fund.pk])[fund.pk][Account.BANK] == 40


def test_release_or_pay_more_than_is_committed_refused_kindly() -> None:
    fund = a_fund(rial=100)
    posted(COUNTY, postings.committed(fund.pk, 60), kind=EntryKind.ALLOCATION)
    with refusal("not_committed"):
        posted(COUNTY, postings.released(fund.pk, 61), kind=EntryKind.RELEASE)
    with refusal("not_committed"):
        posted(COUNTY, postings.paid(fund.pk, 61), kind=EntryKind.DISBURSEMENT)


def test_post_unbalanced_lines_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="sum to zero"):
        posted(COUNTY, postings.money_in(a_fund().pk, 5)[:1])


def test_reverse_entry_undoes_it_once() -> None:
    fund = a_fund(rial=100)
    entry = put_in(fund, 30)
    back = reverse_entry(entry, on=clock.today(), reason="Typed twice", by=SYSTEM)
    assert (free_of(fund), back.reversal_of_id, back.source_id) == (100, entry.pk, entry.source_id)
    with refusal("reversed_already"):
        reverse_entry(entry, on=clock.today(), reason="Again", by=SYSTEM)
    with refusal("reversed_already"):
        reverse_entry(back, on=clock.today(), reason="Back again", by=SYSTEM)


def test_reverse_gift_that_is_spent_refused() -> None:
    fund = a_fund()
    entry = put_in(fund, 100)
    posted(COUNTY, postings.committed(fund.pk, 1), kind=EntryKind.ALLOCATION)
    with refusal("overdrawn"):
        reverse_entry(entry, on=clock.today(), reason="Bounced", by=SYSTEM)


def test_reverse_source_undoes_every_entry_of_an_act() -> None:
    fund, act = a_fund(rial=100), ("test", uuid4())
    posted(COUNTY, postings.committed(fund.pk, 60), kind=EntryKind.ALLOCATION, source=act)
    posted(COUNTY, postings.paid(fund.pk, 60), kind=EntryKind.DISBURSEMENT, source=act)
    assert len(reverse_source(COUNTY, act, on=clock.today(), reason="x", by=SYSTEM)) == 2
    assert reverse_source(COUNTY, act, on=clock.today(), reason="x", by=SYSTEM) == []
    assert (free_of(fund), JournalEntry.objects.count()) == (100, 5)


# --- funds ---


def test_gifts_bound_alike_lie_in_one_fund() -> None:
    bounds = Bounds(Restriction.PURPOSE, purpose="livelihood")
    assert fund_for(COUNTY, bounds, by=SYSTEM) == fund_for(COUNTY, bounds, by=SYSTEM)
    assert fund_for(COUNTY, bounds, by=SYSTEM) != fund_for(COUNTY, Bounds(Restriction.UNRESTRICTED), by=SYSTEM)


def test_fund_for_need_of_another_county_refused() -> None:
    with refusal("ring_fence"):
        fund_for(SISTER_COUNTY, Bounds(Restriction.NEED, need=a_need()), by=SYSTEM)


def moved(source: Fund, target: Fund, *, by: Actor, amount: int = 10) -> FundMove:
    """Asked for, and approved by the head."""
    move = move_between_funds(source, target, amount=amount, reason="x", by=by, key=uuid4())
    return approve_move(move, by=make_actor(Role.COUNTY_HEAD))


def free_fund(rial: int = 100, **bounds: Any) -> Fund:
    """For whatever the county needs, unless bounds are given."""
    return a_fund(rial=rial, **{"restriction": Restriction.UNRESTRICTED, **bounds})


JOB: dict[str, Any] = {"restriction": Restriction.PURPOSE, "purpose": "job"}
HOUSING: dict[str, Any] = {"restriction": Restriction.PURPOSE, "purpose": "housing"}
SOON, LATER = date(2126, 3, 1), date(2126, 6, 1)


def test_move_free_money_to_a_purpose_is_one_entry_by_two_people(accountant: Actor) -> None:
    source, target, key = free_fund(), a_fund(**JOB), uuid4()
    asked = move_between_funds(source, target, amount=70, reason="For jobs", by=accountant, key=key)
    again = move_between_funds(source, target, amount=70, reason="For jobs", by=accountant, key=key)
    assert (again, asked.entry, free_of(source)) == (asked, None, 100)
    done = approve_move(asked, by=make_actor(Role.COUNTY_HEAD))
    entry = JournalEntry.objects.get(pk=done.entry)
    assert (free_of(source), free_of(target), entry.lines.count()) == (30, 70, 4)
    with refusal("no_such_step"):
        approve_move(done, by=make_actor(Role.COUNTY_HEAD))


def test_move_up_to_the_threshold_is_booked_at_once(accountant: Actor, director: Actor) -> None:
    limit = {"movement": Movement.MOVE, "rial": 50, "decided_by": "Letter 7", "valid_from": clock.today()}
    set_threshold(Place.objects.get(code=COUNTY), by=director, **limit)  # type: ignore[arg-type]
    source, target = free_fund(), a_fund(**JOB)
    small = move_between_funds(source, target, amount=50, reason="x", by=accountant, key=uuid4())
    assert (small.state, free_of(target)) == (MoveState.DONE, 50)
    put_in(source, 51)
    assert move_between_funds(source, target, amount=51, reason="x", by=accountant, key=uuid4()).entry is None


def test_move_approved_by_who_asked_or_another_duty_refused(accountant: Actor) -> None:
    head = make_actor(Role.COUNTY_HEAD)
    both = Actor("both", user_id=accountant.user_id, duties=(*accountant.duties, *head.duties))
    asked = move_between_funds(free_fund(), a_fund(**JOB), amount=70, reason="x", by=accountant, key=uuid4())
    with refusal("same_hands"):
        approve_move(asked, by=both)
    with pytest.raises(PermissionDenied):
        approve_move(asked, by=accountant)
    with refusal("reason_missing"):
        refuse_move(asked, reason=" ", by=head)
    assert refuse_move(asked, reason="Not now", by=head).state == MoveState.REFUSED
    with refusal("no_such_step"):
        approve_move(asked, by=head)


def test_move_of_money_that_is_spent_meanwhile_is_refused_at_the_approval(accountant: Actor) -> None:
    source, target = free_fund(), a_fund(**JOB)
    asked = move_between_funds(source, target, amount=70, reason="x", by=accountant, key=uuid4())
    posted(COUNTY, postings.committed(source.pk, 60), kind=EntryKind.ALLOCATION)
    with refusal("overdrawn"):
        approve_move(asked, by=make_actor(Role.COUNTY_HEAD))


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ({**JOB, "surplus_rule": SurplusRule.SAME_PURPOSE}, {**JOB, "target_group": "older"}, True),
        ({**JOB, "surplus_rule": SurplusRule.SAME_PURPOSE}, HOUSING, False),
        ({**JOB, "surplus_rule": SurplusRule.SAME_PURPOSE}, {**JOB, "surplus_rule": SurplusRule.ANY_PURPOSE}, False),
        ({**JOB, "surplus_rule": SurplusRule.ANY_PURPOSE}, HOUSING, True),
        ({**JOB, "surplus_rule": SurplusRule.ASK}, {**JOB, "target_group": "older"}, False),
        ({**JOB, "surplus_rule": SurplusRule.RETURN}, {**JOB, "target_group": "older"}, False),
        ({"surplus_rule": SurplusRule.ASK}, JOB, False),
        ({"surplus_rule": SurplusRule.RETURN}, JOB, False),
        ({"target_group": "older"}, JOB, False),
        ({"target_group": "older"}, {**JOB, "target_group": "older"}, True),
        ({**JOB, "target_group": "older"}, JOB, False),
        ({"use_by": SOON}, JOB, False),
        ({"use_by": SOON}, {**JOB, "use_by": LATER}, False),
        ({"use_by": LATER}, {**JOB, "use_by": SOON}, True),
        ({"restriction": Restriction.SUSPENSE}, JOB, False),
        ({}, {"restriction": Restriction.SUSPENSE}, False),
        ({}, {"restriction": Restriction.GOVERNMENT}, False),
    ],
)
def test_move_goes_where_the_bounds_are_as_narrow(
    accountant: Actor, source: dict[str, Any], target: dict[str, Any], *, allowed: bool
) -> None:
    outcome = moved_code(free_fund(**source), a_fund(**target), accountant)
    assert outcome == ("" if allowed else "bounds")


@pytest.mark.parametrize(("delivered", "outcome"), [(0, "bounds"), (1, "")])
def test_move_out_of_the_fund_of_a_need_waits_until_it_is_met(accountant: Actor, delivered: int, outcome: str) -> None:
    need = a_need(domain="job", required=1, delivered=delivered)
    source = free_fund(restriction=Restriction.NEED, need=need)
    assert moved_code(source, a_fund(**JOB), accountant) == outcome


def moved_code(source: Fund, target: Fund, by: Actor, amount: int = 10) -> str:
    try:
        moved(source, target, amount=amount, by=by)
    except Refusal as said:
        return said.code
    return ""


def test_move_needs_an_amount_two_funds_and_the_accountant(accountant: Actor) -> None:
    fund = free_fund()
    assert moved_code(fund, fund, accountant) == "same_fund"
    assert moved_code(fund, a_fund(**JOB), accountant, 0) == "nothing_moved"
    assert moved_code(fund, a_fund(**JOB), accountant, 101) == "overdrawn"
    assert moved_code(fund, a_fund(SISTER_COUNTY), accountant) == "other_county"
    with pytest.raises(PermissionDenied):
        moved_code(fund, a_fund(**JOB), make_actor(Role.SOCIAL_WORKER))


# --- months ---


def past_month() -> FiscalPeriod:
    return period_of(COUNTY, on=clock.today() - timedelta(days=40))


def test_month_is_closed_in_two_steps_and_reopened_by_somebody_else(accountant: Actor, director: Actor) -> None:
    month = past_month()
    fund = a_fund()
    begin_closing(month, by=accountant)
    with refusal("period_closing"):
        put_in(fund, 1, on=month.ends_on)
    close_month(month, by=accountant)
    with refusal("period_closed"):
        put_in(fund, 1, on=month.ends_on)
    with pytest.raises(PermissionDenied):
        reopen_month(month, reason="x", by=accountant)
    with refusal("reason_missing"):
        reopen_month(month, reason=" ", by=director)
    assert reopen_month(month, reason="A late bank line", by=director).state == PeriodState.OPEN
    put_in(fund, 1, on=month.ends_on)


def test_reopen_by_whoever_closed_it_refused(accountant: Actor, director: Actor) -> None:
    both = Actor("both", user_id=accountant.user_id, duties=(*accountant.duties, *director.duties))
    month = past_month()
    begin_closing(month, by=both)
    close_month(month, by=both)
    with refusal("same_hands"):
        reopen_month(month, reason="x", by=both)


def test_closing_may_be_stopped_but_not_skipped_and_not_before_the_month_is_over(accountant: Actor) -> None:
    month = past_month()
    with refusal("no_such_step"):
        close_month(month, by=accountant)
    begin_closing(month, by=accountant)
    assert stop_closing(month, by=accountant).state == PeriodState.OPEN
    with refusal("month_not_over"):
        begin_closing(period_of(COUNTY, on=clock.today()), by=accountant)


def test_reversal_in_month_that_is_being_closed_is_allowed(accountant: Actor) -> None:
    month = past_month()
    entry = put_in(a_fund(), 5, on=month.ends_on)
    begin_closing(month, by=accountant)
    assert reverse_entry(entry, on=month.ends_on, reason="Typed twice", by=SYSTEM).number == 2


# --- thresholds and hands ---


def threshold(code: str, rial: int, by: Actor, *, days: int = 0) -> None:
    place = Place.objects.get(code=code)
    day = clock.today() + timedelta(days=days)
    set_threshold(place, movement=Movement.REFUND, rial=rial, decided_by="Letter 7", valid_from=day, by=by)


def test_nearest_threshold_in_force_counts(director: Actor) -> None:
    assert threshold_of(COUNTY, Movement.REFUND) == 0
    threshold(PROVINCE, 500, director)
    assert threshold_of(COUNTY, Movement.REFUND) == 500
    threshold(COUNTY, 100, director)
    threshold(COUNTY, 900, director, days=1)
    assert threshold_of(COUNTY, Movement.REFUND) == 100
    assert threshold_of(SISTER_COUNTY, Movement.REFUND) == 500
    assert threshold_of(FAR_COUNTY, Movement.REFUND) == 0


@pytest.mark.parametrize("code", [FAR_PROVINCE, FAR_COUNTY, COUNTRY_CODE])
def test_threshold_outside_the_own_province_refused(director: Actor, code: str) -> None:
    with pytest.raises(PermissionDenied):
        threshold(code, 5, director)


def test_threshold_by_another_duty_refused() -> None:
    with pytest.raises(PermissionDenied):
        threshold(COUNTY, 5, make_actor(Role.COUNTY_HEAD))


def test_threshold_in_the_past_below_zero_or_twice_for_a_day_refused(director: Actor) -> None:
    with refusal("past"):
        threshold(COUNTY, 5, director, days=-1)
    with refusal("negative"):
        threshold(COUNTY, -1, director)
    threshold(COUNTY, 5, director)
    with refusal("threshold_stands"):
        threshold(COUNTY, 6, director)


def test_two_steps_by_one_hand_refused_above_the_threshold_only(director: Actor, accountant: Actor) -> None:
    threshold(COUNTY, 100, director)
    earlier = [None, accountant.user_id]
    require_other_hands(COUNTY, movement=Movement.REFUND, rial=100, by=accountant, earlier=earlier)
    require_other_hands(COUNTY, movement=Movement.REFUND, rial=101, by=director, earlier=earlier)
    with refusal("same_hands"):
        require_other_hands(COUNTY, movement=Movement.REFUND, rial=101, by=accountant, earlier=earlier)
    with refusal("same_hands"):
        require_other_hands(COUNTY, movement=Movement.STOCK, rial=1, by=accountant, earlier=earlier)
