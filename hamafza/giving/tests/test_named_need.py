"""A giver at the counter names one need: its gift lies in that need's own fund and is used for it alone (T1)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn, make_actor
from hamafza.core import clock, jalali
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.commands.donations import confirm_donation
from hamafza.giving.models import Donation, GiftUse, NeedCard
from hamafza.giving.queries.gifts_on_file import needs_named
from hamafza.giving.tests.factories_allocation import an_approved
from hamafza.giving.tests.factories_card import a_card, a_draft, alike_needs
from hamafza.giving.tests.factories_donation import MILLION, a_confirmed, money
from hamafza.ledger.choices import Restriction
from hamafza.needs.choices import NeedState
from hamafza.needs.models import Need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY
from hamafza.registry.models import Household, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(county: Place) -> NeedCard:
    return a_card(alike_needs(8)[0])


@pytest.fixture
def officer(signed_in: SignedIn) -> Client:
    return signed_in(Role.GIVING_OFFICER)


def sent(client: Client, need: str, **more: str) -> Any:
    said = {
        "key": str(uuid7()), "channel": "cash", "amount": str(5 * MILLION), "need": need, "intention": "general",
        "surplus_rule": "same_purpose", "dedication": "none", "received_on": jalali.format_date(clock.today()), **more,
    }  # fmt: skip
    return client.post(reverse("giving:donation-receive"), said)


def test_gift_by_the_code_of_a_card_lies_in_the_fund_of_its_need(card: NeedCard, officer: Client) -> None:
    assert sent(officer, card.code).status_code == 302
    with counties([COUNTY]):
        gift, need = Donation.objects.get(), Need.objects.get(cards=card)
        fund = gift.lines.get().fund
        assert (gift.for_need, gift.purpose) == (need, need.domain)
        assert (fund.restriction, fund.need) == (Restriction.NEED, need)


def test_gift_that_names_a_need_is_used_for_it_and_no_other_gift_is(card: NeedCard, officer: Client) -> None:
    sent(officer, card.code)
    with counties([COUNTY]):
        gift, need = Donation.objects.get(), Need.objects.get(cards=card)
        a_confirmed(money(9 * MILLION))
        confirm_donation(gift, by=make_actor(Role.ACCOUNTANT))
        an_approved(gift.lines.get().fund, amount=2 * MILLION, need=need)
        assert list(GiftUse.objects.values_list("line__donation", "amount")) == [(gift.pk, 2 * MILLION)]


@pytest.mark.parametrize("code", ["NOSUCHCARD", "۱۲۳۴"])
def test_code_of_no_card_is_refused(officer: Client, code: str) -> None:
    page = sent(officer, code)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["need"])


def test_card_that_is_not_published_names_no_need(county: Place, officer: Client) -> None:
    draft = a_draft(alike_needs(8)[0])
    assert "need" in sent(officer, draft.code).context["form"].errors


def test_need_that_is_met_takes_no_gift(card: NeedCard, officer: Client) -> None:
    with counties([COUNTY]):
        Need.objects.filter(cards=card).update(state=NeedState.CLOSED)
    assert "need" in sent(officer, card.code).context["form"].errors


def test_file_number_names_needs_only_to_who_sees_families(county: Place) -> None:
    need = alike_needs(2)[0]
    with counties([COUNTY]):
        home = Household.objects.get(pk=need.household_id)
        home.file_number = "77-۱۲"
        home.save()
        assert needs_named(COUNTY, "77-12", sees_clients=True) == [need]
        assert needs_named(COUNTY, "77-12", sees_clients=False) == []


def test_form_shows_nothing_of_whose_need_it_is(card: NeedCard, officer: Client) -> None:
    with counties([COUNTY]):
        Person.objects.filter(household__needs__cards=card).update(last_name="طاووسی‌نیا")
    page = sent(officer, card.code, amount="")
    assert page.status_code == 422
    assert "طاووسی‌نیا" not in page.content.decode()
