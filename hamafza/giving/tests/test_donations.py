"""Gifts: received, confirmed by other hands, booked in the fund their giver meant; once, however often it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.giving.choices import Attribution, Channel, DonationState, GiftKind
from hamafza.giving.codes import ALPHABET, LENGTH
from hamafza.giving.commands.donations import confirm_donation, receive_donation, reject_donation, reverse_donation
from hamafza.giving.events import donation_confirmed
from hamafza.giving.gift import GiftLine
from hamafza.giving.models import Donation, DonationLine
from hamafza.giving.tests.factories_donation import MILLION, a_confirmed, a_donation, a_gift, a_giver, goods, money
from hamafza.giving.tests.factories_item import an_item
from hamafza.ledger.choices import Account, Restriction
from hamafza.ledger.models import JournalEntry, JournalLine, Threshold
from hamafza.needs.choices import NeedState
from hamafza.needs.tests.factories import a_need
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.tests.factories import a_county, a_head

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def booked(donation: Donation) -> dict[str, int]:
    """The journal's lines of a gift, by account."""
    entries = JournalEntry.objects.filter(source_id__in=donation.lines.values("pk"))
    found: dict[str, int] = {}
    for account, amount in JournalLine.objects.filter(entry__in=entries).values_list("account", "amount"):
        found[account] = found.get(account, 0) + amount
    return found


def refused(code: str) -> Any:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_receive_gift_waits_and_moves_nothing() -> None:
    donation = a_donation()
    assert (donation.state, donation.number, booked(donation)) == (DonationState.PENDING, 1, {})
    assert donation.receipts.count() == 0


def test_receive_gift_without_the_right_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        receive_donation(COUNTY, gift=a_gift(), by=make_actor(Role.ACCOUNTANT), key=uuid7())


def test_receive_gift_twice_with_one_key_makes_one() -> None:
    officer, key = make_actor(Role.GIVING_OFFICER), uuid7()
    first = receive_donation(COUNTY, gift=a_gift(), by=officer, key=key)
    assert receive_donation(COUNTY, gift=a_gift(), by=officer, key=key) == first
    assert Donation.objects.count() == 1


def test_receive_gift_of_other_content_with_the_same_key_is_refused() -> None:
    officer, key = make_actor(Role.GIVING_OFFICER), uuid7()
    receive_donation(COUNTY, gift=a_gift(), by=officer, key=key)
    with refused("other_request"):
        receive_donation(COUNTY, gift=a_gift(money(2 * MILLION)), by=officer, key=key)


def test_confirm_gift_of_money_books_it_and_issues_the_first_receipt() -> None:
    donation = a_confirmed()
    assert donation.state == DonationState.CONFIRMED
    assert booked(donation) == {Account.BANK: MILLION, Account.GIFTS: -MILLION}
    assert donation.receipts.get().number == 1


def test_confirm_gift_again_changes_nothing() -> None:
    donation = a_confirmed()
    confirm_donation(donation, by=make_actor(Role.ACCOUNTANT))
    assert (donation.receipts.count(), JournalEntry.objects.count()) == (1, 1)


def test_confirm_gift_by_who_received_it_is_refused() -> None:
    both = make_actor(Role.GIVING_OFFICER)
    donation = a_donation(by=both)
    accountant = replace(make_actor(Role.ACCOUNTANT), user_id=both.user_id)
    with refused("same_hands"):
        confirm_donation(donation, by=accountant)
    assert Donation.objects.get().state == DonationState.PENDING


def test_confirm_small_gift_below_the_threshold_by_who_received_it_is_allowed() -> None:
    both = make_actor(Role.GIVING_OFFICER)
    Threshold.objects.create(
        place_id=COUNTY, movement="donation", rial=MILLION, decided_by="شورا", valid_from=date(2020, 1, 1)
    )
    small, large = a_donation(by=both), a_donation(money(MILLION + 1), by=both)
    accountant = replace(make_actor(Role.ACCOUNTANT), user_id=both.user_id)
    assert confirm_donation(small, by=accountant).state == DonationState.CONFIRMED
    with refused("same_hands"):
        confirm_donation(large, by=accountant)


def test_confirm_gift_tells_the_rest_of_the_house() -> None:
    told: list[tuple[str, Donation]] = []

    def hear(*, county: str, donation: Donation, **_: object) -> None:
        told.append((county, donation))

    donation_confirmed.connect(hear)
    try:
        donation = a_confirmed()
    finally:
        donation_confirmed.disconnect(hear)
    assert told == [(COUNTY, donation)]


def test_reject_gift_books_nothing_and_keeps_the_reason() -> None:
    donation = reject_donation(a_donation(), reason="چک برگشت خورد", by=make_actor(Role.ACCOUNTANT))
    assert (donation.state, donation.state_reason, booked(donation)) == ("rejected", "چک برگشت خورد", {})
    with refused("not_pending"):
        confirm_donation(donation, by=make_actor(Role.ACCOUNTANT))


def test_reject_gift_without_a_reason_is_refused() -> None:
    with refused("no_reason"):
        reject_donation(a_donation(), reason=" ", by=make_actor(Role.ACCOUNTANT))


def test_reverse_gift_that_is_whole_leaves_nothing_in_the_books_and_voids_the_receipt() -> None:
    donation = reverse_donation(a_confirmed(), reason="چک برگشت خورد", by=make_actor(Role.ACCOUNTANT))
    assert donation.state == DonationState.REVERSED
    assert set(booked(donation).values()) == {0}
    assert donation.receipts.get().voided_at is not None


def test_goods_take_their_value_from_the_catalogue_and_are_booked_as_stock() -> None:
    rice = an_item(name="برنج", unit="کیسه", unit_value_rial=4 * MILLION)
    donation = a_confirmed(goods(rice, 3), channel=Channel.IN_KIND)
    line = donation.lines.get()
    assert (line.amount, bool(line.valuation)) == (12 * MILLION, True)
    assert booked(donation) == {Account.STOCK: 12 * MILLION, Account.GIFTS_IN_KIND: -12 * MILLION}


def test_goods_without_a_value_have_a_receipt_and_no_entry() -> None:
    donation = a_confirmed(goods(an_item(unit_value_rial=0), 3), channel=Channel.IN_KIND)
    assert (booked(donation), donation.receipts.count()) == ({}, 1)


@pytest.mark.parametrize(
    ("wish", "restriction"),
    [
        ({}, Restriction.UNRESTRICTED),
        ({"target_group": "older"}, Restriction.UNRESTRICTED),
        ({"purpose": "housing"}, Restriction.PURPOSE),
        ({"purpose": "housing", "target_group": "older", "surplus_rule": "return"}, Restriction.PURPOSE),
    ],
)
def test_gift_lies_in_the_fund_of_its_wish(wish: dict[str, Any], restriction: Restriction) -> None:
    first, second = a_donation(wish=wish).lines.get(), a_donation(wish=wish).lines.get()
    assert first.fund == second.fund
    assert (first.fund.restriction, first.fund.purpose) == (restriction, wish.get("purpose", ""))
    assert first.fund.target_group == wish.get("target_group", "")
    assert a_donation(wish={"purpose": "job"}).lines.get().fund != first.fund


def test_gift_for_a_need_lies_in_the_fund_of_that_need() -> None:
    need = a_need()
    donation = a_donation(wish={"need": need})
    assert (donation.for_need, donation.lines.get().fund.need) == (need, need)


def test_gift_of_a_day_keeps_it_in_its_fund() -> None:
    until = clock.today() + timedelta(days=30)
    assert a_donation(wish={"use_by": until}).lines.get().fund.use_by == until


def test_unidentified_money_lies_in_suspense_and_has_no_receipt_yet() -> None:
    donation = a_confirmed(channel=Channel.BANK_TRANSFER, unidentified=True)
    assert donation.lines.get().fund.restriction == Restriction.SUSPENSE
    assert (donation.receipts.count(), booked(donation)[Account.BANK]) == (0, MILLION)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"wish": {"use_by": date(2020, 1, 1)}}, "past"),
        ({"wish": {"dedication": "in_memory"}}, "dedication"),
        ({"wish": {"dedicated_to": "پدرم"}}, "dedication"),
    ],
)
def test_gift_that_cannot_be_is_refused(fields: dict[str, Any], code: str) -> None:
    with refused(code):
        a_donation(**fields)


def test_gift_of_tomorrow_is_refused() -> None:
    with refused("future"):
        a_donation(received_on=clock.today() + timedelta(days=1))


@pytest.mark.parametrize("amount", [0, -5, 10**18])
def test_money_of_no_possible_amount_is_refused(amount: int) -> None:
    with pytest.raises(Refusal):
        a_donation(money(amount))


def test_gift_for_another_countys_need_or_a_closed_one_is_refused() -> None:
    with refused("foreign"):
        a_donation(wish={"need": a_need(a_head(county=a_county(FAR_COUNTY)))})
    with refused("need_closed"):
        a_donation(wish={"need": a_need(state=NeedState.MET)})


def test_gift_of_another_countys_giver_or_item_is_refused() -> None:
    a_county(FAR_COUNTY)
    with refused("foreign"):
        a_donation(benefactor=a_giver(county=FAR_COUNTY))
    with refused("foreign"):
        a_donation(goods(an_item(county=FAR_COUNTY)))


def test_gift_keeps_how_its_giver_wanted_to_be_named_on_that_day() -> None:
    giver = a_giver(attribution=Attribution.ANONYMOUS)
    before = a_donation(benefactor=giver)
    giver.attribution = Attribution.NAME
    giver.save()
    after, unnamed = a_donation(benefactor=giver), a_donation()
    before.refresh_from_db()
    assert [one.attribution for one in (before, after, unnamed)] == ["anonymous", "name", "anonymous"]


def test_trace_codes_are_long_unambiguous_and_different() -> None:
    codes = {a_donation().trace_code for _place in range(5)}
    assert (len(codes), {len(code) for code in codes}) == (5, {LENGTH})
    assert set("".join(codes)) <= set(ALPHABET)
    assert len(ALPHABET) ** LENGTH > 2**50


def test_line_without_a_kind_of_its_own_is_refused_by_the_database() -> None:
    donation = a_donation()
    fund = donation.lines.get().fund
    with pytest.raises(IntegrityError), transaction.atomic():
        DonationLine.objects.create(county_id=COUNTY, donation=donation, kind=GiftKind.MONEY, amount=0, fund=fund)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.integers(1, 10**12), min_size=1, max_size=4), reverse=st.booleans())
def test_books_hold_what_was_given_and_nothing_after_a_reversal(amounts: list[int], reverse: bool) -> None:
    donation = a_confirmed(*[GiftLine(kind=GiftKind.MONEY, amount=amount) for amount in amounts])
    assert booked(donation)[Account.BANK] == sum(amounts) == -booked(donation)[Account.GIFTS]
    ended = reverse_donation(donation, reason="آزمون", by=make_actor(Role.ACCOUNTANT)) if reverse else donation
    assert booked(ended)[Account.BANK] == (0 if reverse else sum(amounts))
