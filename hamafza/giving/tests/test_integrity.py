"""Verification: silent about what commands do in any order, and loud about what somebody did to the tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.ids import uuid7
from hamafza.giving.choices import Channel
from hamafza.giving.commands.appropriations import Share, record_appropriation
from hamafza.giving.commands.donations import reverse_donation
from hamafza.giving.commands.identify import identify_donation
from hamafza.giving.commands.refunds import approve_refund, pay_refund, request_refund
from hamafza.giving.gift import Wish
from hamafza.giving.models import Donation, DonationLine, Payment, Receipt, Refund
from hamafza.giving.queries.integrity import gift_faults
from hamafza.giving.tests.factories_donation import (
    MILLION,
    a_confirmed,
    a_donation,
    a_giver,
    an_online_gift,
    goods,
    money,
)
from hamafza.giving.tests.factories_item import an_item
from hamafza.places.tests.factories import COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def pay_back(donation: Donation, amount: int) -> Refund:
    refund = request_refund(
        donation.lines.get(), amount=amount, reason="x", by=make_actor(Role.ACCOUNTANT), key=uuid7()
    )
    approve_refund(refund, by=make_actor(Role.COUNTY_HEAD))
    return pay_refund(refund, reference="1", by=make_actor(Role.PAYER))


def everything() -> Donation:
    """One of each: waiting, confirmed, goods, reversed, refunded, suspended, refunded before it was identified."""
    accountant = make_actor(Role.ACCOUNTANT)
    a_donation()
    a_confirmed(goods(an_item(), 2), channel=Channel.IN_KIND)
    reverse_donation(a_confirmed(), reason="x", by=accountant)
    pay_back(a_confirmed(money(5 * MILLION), wish={"purpose": "housing"}), 2 * MILLION)
    a_confirmed(channel=Channel.BANK_TRANSFER, unidentified=True)
    found = a_confirmed(money(3 * MILLION), channel=Channel.BANK_TRANSFER, unidentified=True)
    pay_back(found, MILLION)
    identify_donation(found, benefactor=a_giver(), wish=Wish(purpose="job"), by=accountant)
    share = Share(number="1", amount=9 * MILLION, source_name="x")
    record_appropriation(COUNTY, share=share, by=accountant, key=uuid7())
    return a_confirmed()


def codes() -> set[str]:
    return {fault.split(":")[0] for fault in gift_faults()}


def test_verify_after_every_kind_of_step_finds_nothing() -> None:
    everything()
    assert codes() == set()


def raise_line(donation: Donation) -> None:
    DonationLine.objects.filter(donation=donation).update(amount=MILLION * 2)


def lower_line(donation: Donation) -> None:
    DonationLine.objects.filter(donation=donation).update(amount=MILLION - 1)


def take_out(donation: Donation) -> None:
    Donation.objects.filter(pk=donation.pk).update(state="rejected")


def alter_receipt(donation: Donation) -> None:
    receipt = donation.receipts.get()
    receipt.printed += " "
    receipt.save()


def skip_number(donation: Donation) -> None:
    Receipt.objects.filter(donation=donation).update(number=1000)


def invent_refund(donation: Donation) -> None:
    Refund.objects.create(county_id=COUNTY, line=donation.lines.get(), amount=5, reason="x", state="paid")


def forget_payment(_donation: Donation) -> None:
    Payment.objects.filter(donation=an_online_gift()).update(state="initiated")


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (raise_line, {"line_not_as_booked", "fund_income_not_as_booked", "fund_does_not_add_up"}),
        (lower_line, {"line_not_as_booked", "fund_income_not_as_booked", "fund_does_not_add_up"}),
        (
            take_out,
            {
                "line_not_as_booked",
                "fund_income_not_as_booked",
                "fund_does_not_add_up",
                "receipt_of_a_gift_that_is_gone",
            },
        ),
        (alter_receipt, {"receipt_text_altered"}),
        (forget_payment, {"gift_without_payment"}),
        (skip_number, {"receipt_numbers_have_gaps"}),
        (invent_refund, {"fund_income_not_as_booked", "fund_does_not_add_up"}),
    ],
)
def test_verify_after_somebody_changed_the_tables_tells_it(harm: Callable[[Donation], None], found: set[str]) -> None:
    harm(everything())
    assert codes() == found
