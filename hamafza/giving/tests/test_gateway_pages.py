"""Pages of gifts through the gateway: to it and back, twice, by strangers, and in the accountant's queue."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn, make_actor
from hamafza.core.ids import uuid7
from hamafza.giving.choices import Channel, DonationState
from hamafza.giving.commands.payments import begin_payment
from hamafza.giving.gateways.test import decide
from hamafza.giving.models import Donation, Payment, Receipt
from hamafza.giving.tests.factories_donation import MILLION, a_donation, a_gift, a_giver
from hamafza.places.tests.factories import COUNTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


@pytest.fixture
def accountant(signed_in: SignedIn) -> Client:
    return signed_in(Role.ACCOUNTANT)


def url(name: str, *args: object) -> str:
    return reverse(f"giving:{name}", args=args)


def a_payment(settings: Settings, **fields: Any) -> Payment:
    settings.DEBUG = True
    gift = a_gift(channel=Channel.GATEWAY, **fields)
    return begin_payment(COUNTY, gift=gift, by=make_actor(Role.GIVING_OFFICER), key=uuid7())


def test_queue_offers_no_confirmation_of_what_the_gateway_confirms(accountant: Client, settings: Settings) -> None:
    online, at_counter = a_payment(settings).donation, a_donation()
    rows = accountant.get(url("donation-pending")).context["rows"]
    assert {(gift.pk, may) for _row, gift, may in rows} == {(online.pk, False), (at_counter.pk, True)}


def test_give_online_by_a_benefactor_goes_to_the_gateway_and_back(signed_in: SignedIn, settings: Settings) -> None:
    settings.DEBUG = True
    herself = signed_in(Role.BENEFACTOR)
    a_giver(user_id=herself.user.pk)
    assert herself.get(url("payment-begin")).status_code == 200
    said = {"key": str(uuid7()), "amount": "1,000,000", "intention": "vow", "purpose": ""}
    to_gateway = herself.post(url("payment-begin"), said)["Location"]
    stranger = Client()
    assert stranger.get(to_gateway).status_code == 200
    back = stranger.post(to_gateway, {"approve": "1"})["Location"]
    page = stranger.get(back)
    again = stranger.get(back)
    assert (page.context["paid"], again.context["paid"]) == (True, True)
    assert (Donation.objects.get().state, Receipt.objects.count()) == (DonationState.CONFIRMED, 1)


def test_give_online_by_who_is_no_benefactor_is_not_found(signed_in: SignedIn) -> None:
    assert signed_in(Role.GIVING_OFFICER).get(url("payment-begin")).status_code == 404
    assert signed_in(Role.BENEFACTOR).get(url("payment-begin")).status_code == 409


def test_test_gateway_is_not_found_where_real_work_is_done(client: Client, settings: Settings) -> None:
    settings.DEBUG = False
    assert client.get(url("gateway-test", "t"), {"amount": "5", "back": "/"}).status_code == 404


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"])
def test_test_gateway_sends_nobody_elsewhere(client: Client, settings: Settings, back: str) -> None:
    settings.DEBUG = True
    assert (
        client.post(url("gateway-test", "t"), {"approve": "1"}, query_params={"amount": "5", "back": back}).status_code
        == 404
    )


def test_return_with_a_token_nobody_has_is_not_found(client: Client) -> None:
    assert client.get(url("payment-return", COUNTY, "nobody")).status_code == 404


def test_payment_is_asked_about_and_settled_in_the_browser(accountant: Client, settings: Settings) -> None:
    payment = a_payment(settings)
    accountant.post(url("payment-ask", payment.pk))
    decide(payment.token, amount=MILLION, paid=True)
    accountant.post(url("payment-ask", payment.pk))
    assert accountant.post(url("payment-settle", payment.pk), {"fee": "9,000,000"}).status_code == 422
    assert accountant.post(url("payment-settle", payment.pk), {"fee": "10,000"}).status_code == 302
    payment.refresh_from_db()
    assert (payment.state, payment.fee, payment.settled_at is None) == ("captured", 10_000, False)
