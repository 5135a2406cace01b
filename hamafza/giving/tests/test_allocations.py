"""Deciding and paying: within the fund's purpose and county, by separate hands, gifts followed to the last rial."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.giving.choices import AllocationState, DisbursementState, GivingMode, PayMethod, ReservationState
from hamafza.giving.commands.allocations import (
    approve_allocation,
    cancel_allocation,
    propose_allocation,
    release_allocation,
)
from hamafza.giving.commands.disbursements import (
    PaymentAsked,
    approve_payment,
    confirm_payment,
    pay,
    request_payment,
    return_payment,
)
from hamafza.giving.commands.reservations import accept
from hamafza.giving.fifo import give_back, take
from hamafza.giving.models import Allocation, GiftUse, Reservation
from hamafza.giving.queries.allocations import held_units, left_of
from hamafza.giving.queries.integrity_use import spending_faults
from hamafza.giving.queries.uses import used_of
from hamafza.giving.tests.factories_allocation import a_fund, a_payment, a_proposal, a_request, an_approved
from hamafza.giving.tests.factories_card import a_card, a_hold, alike_needs
from hamafza.giving.tests.factories_donation import MILLION, a_confirmed, a_giver, money
from hamafza.ledger.choices import Account, SurplusRule
from hamafza.ledger.models import Fund
from hamafza.ledger.queries.funds import balances_of, free_of
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.models import AidRecord, Need
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import Place
from hamafza.places.tests.factories import FAR_COUNTY
from hamafza.registry.tests.factories import a_county, a_head

pytestmark = pytest.mark.django_db

amounts = st.lists(st.integers(0, 1000), max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 5000), amounts)
def test_take_is_the_amount_or_all_there_is_in_order(amount: int, left: list[int]) -> None:
    taken = take(amount, list(enumerate(left)))
    assert sum(part for _place, part in taken) == min(amount, sum(left))
    assert all(0 < part <= left[place] for place, part in taken)
    assert all(part == left[place] for place, part in taken[:-1])
    assert [place for place, _part in taken] == sorted({place for place, _part in taken})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 5000), amounts)
def test_give_back_empties_the_last_first(amount: int, used: list[int]) -> None:
    back = dict(give_back(amount, list(enumerate(used))))
    assert sum(back.values()) == min(amount, sum(used))
    assert all(used[place] == back.get(place, 0) for place in range(len(used)) if place > min(back, default=len(used)))


def code_of(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.code


def test_propose_for_a_need_of_another_county_is_refused(county: Place) -> None:
    stranger = a_need(a_head(county=a_county(FAR_COUNTY)))
    with pytest.raises(Refusal) as refused:
        a_proposal(need=stranger)
    assert (code_of(refused), refused.value.field) == ("other_county", "need")


def test_propose_outside_the_purpose_is_refused(county: Place) -> None:
    fund = a_fund(purpose=Domain.HOUSING)
    with pytest.raises(Refusal) as refused:
        a_proposal(fund, need=a_need(domain=Domain.JOB), surplus_reason="x")
    assert code_of(refused) == "outside_purpose"


def test_propose_by_the_surplus_rule_needs_its_reason(county: Place) -> None:
    fund, need = a_fund(purpose=Domain.HOUSING, surplus_rule=SurplusRule.ANY_PURPOSE), a_need(domain=Domain.JOB)
    with pytest.raises(Refusal) as refused:
        a_proposal(fund, need=need)
    assert (code_of(refused), refused.value.field) == ("outside_surplus", "surplus_reason")
    assert a_proposal(fund, need=need, surplus_reason="مسکن دیگر کسی نمی‌خواهد").surplus_reason


def test_propose_where_the_rule_says_return_is_refused(county: Place) -> None:
    fund = a_fund(purpose=Domain.HOUSING, surplus_rule=SurplusRule.RETURN)
    with pytest.raises(Refusal) as refused:
        a_proposal(fund, need=a_need(domain=Domain.JOB), surplus_reason="x")
    assert code_of(refused) == "outside_return"


def test_propose_after_the_last_day_of_the_earmark_is_refused(county: Place) -> None:
    fund = a_fund(purpose=Domain.JOB, use_by=clock.today())
    Fund.objects.filter(pk=fund.pk).update(use_by=clock.today() - timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        a_proposal(fund, need=a_need(domain=Domain.JOB))
    assert code_of(refused) == "outside_surplus"


def test_propose_money_for_one_need_to_another_is_refused_while_it_is_open(county: Place) -> None:
    needs = alike_needs(2)
    with pytest.raises(Refusal) as refused:
        a_proposal(a_fund(need=needs[0]), need=needs[1], surplus_reason="x")
    assert code_of(refused) == "outside_purpose"


def test_propose_more_than_is_free_is_refused(county: Place) -> None:
    with pytest.raises(Refusal) as refused:
        a_proposal(a_fund(MILLION), amount=MILLION + 1)
    assert code_of(refused) == "overdrawn"


def test_spent_earmark_is_refused(county: Place) -> None:
    fund = a_fund(MILLION)
    an_approved(fund, amount=MILLION)
    with pytest.raises(Refusal) as refused:
        a_proposal(fund, amount=1)
    assert code_of(refused) == "overdrawn"


def test_second_of_two_proposals_for_the_same_money_is_refused_at_approval(county: Place) -> None:
    fund = a_fund(MILLION)
    first, second = a_proposal(fund), a_proposal(fund)
    head = make_actor(Role.COUNTY_HEAD)
    approve_allocation(first, by=head)
    with pytest.raises(Refusal) as refused:
        approve_allocation(second, by=head)
    assert (code_of(refused), free_of(fund)) == ("overdrawn", 0)


def test_propose_two_hundred_times_with_one_key_has_one_effect(county: Place) -> None:
    fund, by, key = a_fund(), make_actor(), uuid4()
    made = {propose_allocation(fund, amount=MILLION, what="خرید", by=by, key=key).pk for _time in range(200)}
    assert (len(made), Allocation.objects.count()) == (1, 1)


def test_approve_commits_the_money_holds_the_units_and_names_the_gifts(county: Place) -> None:
    need = alike_needs(1, required=3)[0]
    allocation = an_approved(need=need, units=2)
    assert Need.objects.get(pk=need.pk).reserved == 2
    on_books = balances_of([allocation.fund_id])[allocation.fund_id]
    assert on_books[Account.COMMITTED] == -MILLION
    assert GiftUse.objects.get().amount == MILLION
    assert held_units(county.code) == {need.pk: 2}


def test_approve_own_proposal_is_refused(county: Place) -> None:
    proposal = a_proposal()
    head = make_actor(Role.COUNTY_HEAD)
    Allocation.objects.update(requested_by=head.user_id)
    with pytest.raises(Refusal) as refused:
        approve_allocation(Allocation.objects.get(pk=proposal.pk), by=head)
    assert code_of(refused) == "same_hands"


def test_approve_as_social_worker_is_refused(county: Place) -> None:
    with pytest.raises(PermissionDenied):
        approve_allocation(a_proposal(), by=make_actor())


def test_gifts_are_used_in_the_order_in_which_they_came(county: Place) -> None:
    days = [clock.today() - timedelta(days=3), clock.today() - timedelta(days=9), clock.today()]
    gifts = [a_confirmed(money(MILLION), received_on=day).lines.get() for day in days]
    allocation = an_approved(Fund.objects.get(pk=gifts[0].fund_id), amount=2 * MILLION + 5)
    assert used_of(allocation) == [(gifts[1].pk, MILLION), (gifts[0].pk, MILLION), (gifts[2].pk, 5)]


def test_gift_that_names_the_need_is_used_for_it_first(county: Place) -> None:
    need = alike_needs(1)[0]
    a_confirmed(money(MILLION), wish={"need": need})
    named = a_confirmed(money(MILLION), wish={"need": need}).lines.get()
    fund = Fund.objects.get(pk=named.fund_id)
    assert fund.need_id == need.pk
    assert sum(amount for _line, amount in used_of(an_approved(fund, need=need, amount=MILLION))) == MILLION


def test_release_frees_money_units_and_gifts_with_negative_rows(county: Place) -> None:
    need = alike_needs(1)[0]
    allocation = an_approved(need=need)
    release_allocation(allocation, reason="خانواده خودش خرید", by=make_actor(Role.COUNTY_HEAD))
    fund = Fund.objects.get(pk=allocation.fund_id)
    assert (free_of(fund), Need.objects.get(pk=need.pk).reserved) == (10 * MILLION, 0)
    assert sorted(GiftUse.objects.values_list("amount", flat=True)) == [-MILLION, MILLION]


def test_release_beside_a_payment_under_way_is_refused(county: Place) -> None:
    allocation = an_approved()
    a_request(allocation, amount=1000)
    with pytest.raises(Refusal) as refused:
        release_allocation(allocation, reason="x", by=make_actor(Role.COUNTY_HEAD))
    assert code_of(refused) == "payment_under_way"


def test_release_the_rest_after_a_part_was_paid_keeps_what_was_used(county: Place) -> None:
    allocation = an_approved(need=alike_needs(1, required=2)[0], units=2)
    a_payment(allocation, amount=400_000, units=1)
    done = release_allocation(
        Allocation.objects.get(pk=allocation.pk), reason="ارزان‌تر شد", by=make_actor(Role.COUNTY_HEAD)
    )
    assert (done.spent_rial, done.released_rial) == (400_000, 600_000)
    assert GiftUse.objects.aggregate(total=Sum("amount"))["total"] == 400_000
    assert held_units(county.code) == {}


def test_cancel_a_proposal_moves_nothing(county: Place) -> None:
    proposal = cancel_allocation(a_proposal(), reason="اشتباه بود", by=make_actor())
    assert (proposal.state, GiftUse.objects.count()) == (AllocationState.CANCELLED, 0)


def test_pay_books_meets_the_need_and_writes_the_aid(county: Place) -> None:
    need = alike_needs(1)[0]
    payment = a_payment(an_approved(need=need))
    need = Need.objects.get(pk=need.pk)
    assert (need.state, need.reserved, need.delivered) == (NeedState.MET, 0, 1)
    aid = AidRecord.objects.get()
    assert (aid.value_rial, aid.source_type, aid.source_id) == (MILLION, "disbursement", payment.pk)
    fund = payment.allocation.fund_id
    on_books = balances_of([fund])[fund]
    assert (on_books[Account.BANK], on_books[Account.COMMITTED], on_books[Account.AID_MONEY]) == (
        9 * MILLION,
        0,
        MILLION,
    )
    assert Allocation.objects.get().state == AllocationState.SPENT


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.COUNTY_HEAD, Role.SOCIAL_WORKER])
def test_pay_as_anybody_but_the_payer_is_refused(county: Place, role: Role) -> None:
    request = approve_payment(a_request(), by=make_actor(Role.COUNTY_HEAD))
    with pytest.raises(PermissionDenied):
        pay(request, reference="1", by=make_actor(role))


def test_pay_before_approval_is_refused(county: Place) -> None:
    with pytest.raises(Refusal) as refused:
        pay(a_request(), reference="1", by=make_actor(Role.PAYER))
    assert code_of(refused) == "no_such_step"


def test_pay_twice_is_refused_and_counts_once(county: Place) -> None:
    payment = a_payment()
    with pytest.raises(Refusal):
        pay(payment, reference="2", by=make_actor(Role.PAYER))
    assert Allocation.objects.get().spent_rial == MILLION


def test_pay_what_one_approved_oneself_is_refused(county: Place) -> None:
    request = approve_payment(a_request(), by=make_actor(Role.COUNTY_HEAD))
    payer = make_actor(Role.PAYER)
    type(request).objects.update(approved_by=payer.user_id)
    with pytest.raises(Refusal) as refused:
        pay(request, reference="1", by=payer)
    assert code_of(refused) == "same_hands"


def test_request_more_than_is_left_is_refused(county: Place) -> None:
    allocation = an_approved()
    a_request(allocation, amount=600_000)
    with pytest.raises(Refusal) as refused:
        a_request(allocation, amount=400_001)
    assert (code_of(refused), left_of(allocation)) == ("allocation_spent", 400_000)


def test_request_to_a_seller_without_a_name_is_refused(county: Place) -> None:
    asked = PaymentAsked(amount=1, method=PayMethod.SELLER)
    with pytest.raises(Refusal) as refused:
        request_payment(an_approved(), asked=asked, by=make_actor(), key=uuid4())
    assert code_of(refused) == "no_payee"


def test_confirm_payment_by_the_social_worker(county: Place) -> None:
    assert confirm_payment(a_payment(), by=make_actor()).state == DisbursementState.CONFIRMED


def test_return_a_paid_payment_makes_the_commitment_stand_again(county: Place) -> None:
    need = alike_needs(1)[0]
    payment = a_payment(an_approved(need=need))
    return_payment(payment, reason="حساب بسته بود", by=make_actor(Role.PAYER))
    need, allocation = Need.objects.get(pk=need.pk), Allocation.objects.get()
    assert (need.state, need.reserved, need.delivered) == (NeedState.OPEN, 1, 0)
    assert (allocation.state, allocation.spent_rial, AidRecord.objects.get().taken_back_at is None) == (
        AllocationState.APPROVED, 0, False,
    )  # fmt: skip
    fund = allocation.fund_id
    on_books = balances_of([fund])[fund]
    assert (on_books[Account.BANK], on_books[Account.COMMITTED]) == (10 * MILLION, -MILLION)


@pytest.mark.parametrize("state", [NeedState.CLOSED, NeedState.EXPIRED])
def test_money_back_for_a_need_that_stands_no_more_is_recorded_and_can_be_given_back(
    county: Place, state: NeedState
) -> None:
    need = alike_needs(1)[0]
    payment = a_payment(an_approved(need=need))
    Need.objects.filter(pk=need.pk).update(state=state)
    return_payment(payment, reason="حساب بسته بود", by=make_actor(Role.PAYER))
    need.refresh_from_db()
    assert (need.state, need.reserved, need.delivered) == (state, 1, 0)
    release_allocation(Allocation.objects.get(), reason="نیاز بسته است", by=make_actor(Role.COUNTY_HEAD))
    need.refresh_from_db()
    assert (need.state, need.reserved, spending_faults(county.code)) == (state, 0, [])


def test_allocation_overspent_by_raw_sql_is_refused_by_the_database(county: Place) -> None:
    an_approved()
    with pytest.raises(IntegrityError), transaction.atomic():
        Allocation.objects.update(spent_rial=MILLION + 1)


def test_same_item_from_a_second_source_needs_a_reason(county: Place) -> None:
    first = alike_needs(1)[0]
    AidRecord.objects.create(
        county_id=county.code, household=first.household, domain=first.domain, item=first.item, item_key="یخچال",
        on=clock.today(), source_type="deliveryproof", source_id=uuid4(),
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        a_proposal(need=first)
    assert (code_of(refused), refused.value.field) == ("aid_again", "again_reason")
    assert a_payment(an_approved(need=first, again_reason="اولی سوخته است")).state == DisbursementState.PAID
    assert AidRecord.objects.order_by("pk").last().override_reason == "اولی سوخته است"


def test_approve_money_of_a_giver_who_holds_the_need_takes_her_hold_over(county: Place) -> None:
    card, giver = a_card(), a_giver()
    hold = accept(a_hold(card, benefactor=giver, mode=GivingMode.THROUGH_FUND), by=make_actor())
    gift = a_confirmed(money(MILLION), benefactor=giver, wish={"need": card.need})
    allocation = an_approved(Fund.objects.get(pk=gift.lines.get().fund_id), need=card.need)
    assert allocation.reservation_id == hold.pk
    assert Reservation.objects.get(pk=hold.pk).state == ReservationState.ACCEPTED
    assert Need.objects.get(pk=card.need_id).reserved == 1
