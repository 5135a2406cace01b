"""Payments: whatever the gateway says, and however often, a gift is booked once or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django.fixtures import Settings

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.giving.choices import Channel, DonationState, PaymentState
from hamafza.giving.commands.donations import confirm_donation, reverse_donation
from hamafza.giving.commands.payments import answer_payment, ask_again, begin_payment, settle_payment
from hamafza.giving.gateways.test import decide
from hamafza.giving.models import Donation, Payment, Receipt
from hamafza.giving.queries.integrity import gift_faults
from hamafza.giving.tests.factories_donation import MILLION, a_gift, a_giver
from hamafza.ledger.choices import Account
from hamafza.ledger.models import FundBalance, JournalEntry
from hamafza.places.tests.factories import COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county", "debug")]


@pytest.fixture
def debug(settings: Settings) -> None:
    settings.DEBUG = True


def refused(code: str) -> Any:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def begun(**fields: Any) -> Payment:
    gift = a_gift(channel=Channel.GATEWAY, **fields)
    return begin_payment(COUNTY, gift=gift, by=make_actor(Role.GIVING_OFFICER), key=uuid7())


def answered(payment: Payment, *, paid: bool = True, amount: int = MILLION) -> Payment:
    decide(payment.token, amount=amount, paid=paid)
    return answer_payment(payment)


def balances() -> dict[str, int]:
    return dict(FundBalance.objects.exclude(amount=0).values_list("account", "amount"))


def test_payment_that_is_approved_is_a_confirmed_gift_with_its_receipt() -> None:
    payment = answered(begun())
    assert payment.state == PaymentState.CAPTURED
    payment.donation.refresh_from_db()
    assert (payment.donation.state, payment.donation.receipts.count()) == (DonationState.CONFIRMED, 1)
    assert balances() == {Account.GATEWAY: MILLION, Account.GIFTS: -MILLION}


def test_payment_answered_ten_times_has_one_effect() -> None:
    payment = answered(begun())
    [answer_payment(payment) for _place in range(10)]
    assert (JournalEntry.objects.count(), Receipt.objects.count()) == (1, 1)


def test_gift_whose_payment_has_not_come_is_confirmed_by_nobody() -> None:
    payment, accountant = begun(), make_actor(Role.ACCOUNTANT)
    with refused("not_paid"):
        confirm_donation(payment.donation, by=accountant)
    answered(payment, paid=False)
    Donation.objects.filter(pk=payment.donation_id).update(state=DonationState.PENDING)
    with refused("not_paid"):
        confirm_donation(payment.donation, by=accountant)
    assert balances() == {}


def test_payment_begun_twice_with_one_key_is_one() -> None:
    officer, key, gift = make_actor(Role.GIVING_OFFICER), uuid7(), a_gift(channel=Channel.GATEWAY)
    first = begin_payment(COUNTY, gift=gift, by=officer, key=key)
    assert begin_payment(COUNTY, gift=gift, by=officer, key=key) == first


def test_payment_that_is_declined_rejects_its_gift_and_books_nothing() -> None:
    payment = answered(begun(), paid=False)
    payment.donation.refresh_from_db()
    assert (payment.state, payment.donation.state, balances()) == ("failed", "rejected", {})


def test_payment_without_an_answer_waits_and_is_asked_again() -> None:
    payment = begun()
    assert answer_payment(payment).state == PaymentState.INITIATED
    decide(payment.token, amount=MILLION, paid=True)
    assert (ask_again(COUNTY), ask_again(COUNTY)) == (1, 0)


def test_payment_answered_late_after_it_was_given_up_is_still_taken() -> None:
    payment = begun()
    Payment.objects.filter(pk=payment.pk).update(state=PaymentState.FAILED)
    donation = payment.donation
    donation.state, donation.state_reason = DonationState.REJECTED, "پاسخی نیامد"
    donation.save()
    assert answered(payment).state == PaymentState.CAPTURED
    donation.refresh_from_db()
    assert (donation.state, donation.state_reason) == (DonationState.CONFIRMED, "")


def test_payment_of_another_amount_is_refused_and_books_nothing() -> None:
    with refused("other_amount"):
        answered(begun(), amount=5)
    assert balances() == {}


def test_payment_with_the_reference_of_another_is_refused() -> None:
    first, second = answered(begun()), begun()
    decide(second.token, amount=MILLION, paid=True)
    from hamafza.giving.gateways.test import _book

    text = _book(first.token).read_text("utf-8")
    _book(second.token).write_text(text, "utf-8")
    with refused("reference_used"):
        answer_payment(second)


def test_payment_settled_pays_out_less_the_fee_once() -> None:
    payment, accountant = answered(begun()), make_actor(Role.ACCOUNTANT)
    settle_payment(payment, fee=10_000, by=accountant)
    settle_payment(payment, fee=10_000, by=accountant)
    assert balances() == {Account.BANK: MILLION - 10_000, Account.FEES: 10_000, Account.GIFTS: -MILLION}


def test_gift_paid_at_the_gateway_is_paid_back_and_not_reversed() -> None:
    payment, accountant = answered(begun()), make_actor(Role.ACCOUNTANT)
    with refused("paid_online"):
        reverse_donation(payment.donation, reason="x", by=accountant)
    assert balances() == {Account.GATEWAY: MILLION, Account.GIFTS: -MILLION}


def test_payment_whose_gift_is_not_in_the_books_is_not_settled() -> None:
    payment = answered(begun())
    Donation.objects.filter(pk=payment.donation_id).update(state=DonationState.REVERSED)
    with refused("not_confirmed"):
        settle_payment(Payment.objects.get(), fee=0, by=make_actor(Role.ACCOUNTANT))
    assert "payment_without_gift" in {fault.split(":")[0] for fault in gift_faults()}


@pytest.mark.parametrize("fee", [-1, MILLION])
def test_payment_settled_with_an_impossible_fee_is_refused(fee: int) -> None:
    with refused("bad_fee"):
        settle_payment(answered(begun()), fee=fee, by=make_actor(Role.ACCOUNTANT))


def test_benefactor_gives_in_her_own_name_alone() -> None:
    herself = make_actor(Role.BENEFACTOR)
    own = a_giver(user_id=herself.user_id)
    gift = a_gift(channel=Channel.GATEWAY, benefactor=own)
    assert begin_payment(COUNTY, gift=gift, by=herself, key=uuid7()).donation.benefactor == own
    with refused("foreign"):
        begin_payment(COUNTY, gift=a_gift(channel=Channel.GATEWAY, benefactor=a_giver()), by=herself, key=uuid7())


def test_payment_where_no_gateway_is_set_up_is_refused(settings: Settings) -> None:
    settings.DEBUG = False
    with refused("no_gateway"):
        begun()
