"""Pages of spending: who is let in, what they show, each step in the browser's own way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn, make_actor
from hamafza.core.scope import counties
from hamafza.giving.choices import AllocationState, CardState, DisbursementState, GivingMode, ReservationState
from hamafza.giving.commands.cards import review_card
from hamafza.giving.commands.disbursements import approve_payment
from hamafza.giving.commands.reservations import accept, deliver
from hamafza.giving.models import Allocation, Disbursement, NeedCard, Reservation
from hamafza.giving.tests.factories_allocation import a_fund, a_payment, a_proposal, a_request, an_approved
from hamafza.giving.tests.factories_card import TEXT, a_card, a_draft, a_hold, alike_needs
from hamafza.giving.tests.factories_donation import MILLION
from hamafza.needs.models import AidRecord, Need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.models import Consent
from hamafza.registry.tests.factories import a_county

pytestmark = pytest.mark.django_db

LISTS = ["giving:allocation-list", "giving:payment-queue", "giving:card-list", "giving:reservation-list"]


@pytest.mark.parametrize("name", LISTS)
def test_list_as_worker_works_empty(worker: Client, name: str) -> None:
    assert worker.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.DELIVERER, Role.GOVERNOR_OFFICE])
def test_list_of_a_role_without_part_in_it_is_not_found(signed_in: SignedIn, role: Role, name: str) -> None:
    assert signed_in(role).get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_list_of_another_county_is_not_found(worker: Client, name: str) -> None:
    a_county(FAR_COUNTY)
    assert worker.get(reverse(name), {"county": FAR_COUNTY}).status_code == 404


def test_lists_of_one_and_of_three_ask_the_same_queries(county: Place, signed_in: SignedIn) -> None:
    client = signed_in(Role.SOCIAL_WORKER)
    needs = alike_needs(8)

    def asked() -> list[int]:
        found = []
        for name in LISTS:
            with CaptureQueriesContext(connection) as seen:
                client.get(f"{reverse(name)}?all=1")
            found.append(len(seen))
        return found

    a_request(an_approved())
    a_hold(a_card(needs[0]))
    asked()
    one = asked()
    a_request(an_approved())
    a_request(an_approved())
    a_hold(a_card(needs[1]))
    a_hold(a_card(needs[2]))
    assert asked() == one


def test_propose_in_the_browser_makes_one_allocation_however_often_it_is_sent(county: Place, worker: Client) -> None:
    fund, need = a_fund(), alike_needs(1)[0]
    url = f"{reverse('giving:allocation-create')}?need={need.pk}"
    assert worker.get(url).status_code == 200
    data = {"fund": fund.pk, "what": "یخچال", "amount": "۱٬۰۰۰٬۰۰۰", "units": "۱", "key": uuid4()}
    first, second = worker.post(url, data), worker.post(url, data)
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert Allocation.objects.get().amount == MILLION


def test_propose_too_much_says_so_beside_the_field(county: Place, worker: Client) -> None:
    fund = a_fund(MILLION)
    data = {"fund": fund.pk, "what": "یخچال", "amount": "2000000", "purpose": "livelihood", "key": uuid4()}
    answer = worker.post(reverse("giving:allocation-create"), data)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"amount"})


def test_propose_for_a_need_of_another_county_is_not_found(worker: Client) -> None:
    need = alike_needs(1, county=a_county(FAR_COUNTY))[0]
    assert worker.get(f"{reverse('giving:allocation-create')}?need={need.pk}").status_code == 404


def test_three_pairs_of_hands_pay_in_the_browser(county: Place, signed_in: SignedIn) -> None:
    allocation = a_proposal(need=alike_needs(1)[0])
    head, accountant, payer = (signed_in(role) for role in (Role.COUNTY_HEAD, Role.ACCOUNTANT, Role.PAYER))
    record = reverse("giving:allocation-record", args=[allocation.pk])
    assert head.post(reverse("giving:allocation-approve", args=[allocation.pk]))["Location"] == record
    asked = {"amount": "1000000", "method": "seller", "payee": "فروشگاه", "key": uuid4()}
    assert accountant.post(reverse("giving:payment-request", args=[allocation.pk]), asked).status_code == 302
    payment = Disbursement.objects.get()
    head.post(reverse("giving:payment-approve", args=[payment.pk]))
    assert payer.get(reverse("giving:payment-queue")).context["count"] == 1
    assert payer.get(reverse("giving:payment-pay", args=[payment.pk])).status_code == 200
    payer.post(reverse("giving:payment-pay", args=[payment.pk]), {"reference": "۱۲۳"})
    assert Disbursement.objects.get().state == DisbursementState.PAID
    for client in (head, accountant, payer):
        assert client.get(record).status_code == 200
    assert AidRecord.objects.count() == 1


def test_record_to_the_payer_names_no_family(county: Place, signed_in: SignedIn) -> None:
    need = alike_needs(1)[0]
    head = need.household.head
    assert head is not None
    with counties([COUNTY]):
        head.last_name = "بی‌همتای پاکدشتی"
        head.save()
    allocation = an_approved(need=need)
    page = signed_in(Role.PAYER).get(reverse("giving:allocation-record", args=[allocation.pk])).content.decode()
    assert head.last_name not in page
    assert str(need.pk) not in page


@pytest.mark.parametrize("name", ["allocation-approve", "payment-approve", "card-review", "card-publish"])
def test_step_of_the_head_as_worker_is_not_found(county: Place, worker: Client, name: str) -> None:
    rows: dict[str, Callable[[], Any]] = {
        "allocation-approve": a_proposal,
        "payment-approve": a_request,
        "card-review": a_draft,
        "card-publish": a_draft,
    }
    assert worker.post(reverse(f"giving:{name}", args=[rows[name]().pk])).status_code == 404


@pytest.mark.parametrize("name", ["allocation-approve", "payment-approve", "card-publish", "reservation-accept"])
def test_step_by_get_is_refused(head: Client, name: str) -> None:
    assert head.get(reverse(f"giving:{name}", args=[uuid4()])).status_code == 405


def test_release_and_cancel_in_the_browser_need_a_reason(county: Place, head: Client) -> None:
    approved, proposed = an_approved(), a_proposal()
    release = reverse("giving:allocation-release", args=[approved.pk])
    assert head.get(release).status_code == 200
    assert head.post(release, {"reason": ""}).status_code == 422
    head.post(release, {"reason": "دیگر لازم نیست"})
    head.post(reverse("giving:allocation-cancel", args=[proposed.pk]), {"reason": "اشتباه"})
    states = set(Allocation.objects.values_list("state", flat=True))
    assert states == {AllocationState.RELEASED, AllocationState.CANCELLED}


def test_return_in_the_browser_opens_the_need_again(county: Place, signed_in: SignedIn) -> None:
    need = alike_needs(1)[0]
    payment = a_payment(an_approved(need=need))
    signed_in(Role.PAYER).post(reverse("giving:payment-back", args=[payment.pk]), {"reason": "حساب بسته بود"})
    assert (Need.objects.get(pk=need.pk).delivered, Disbursement.objects.get().state) == (0, DisbursementState.RETURNED)


def test_card_in_the_browser_from_text_to_the_public(county: Place, worker: Client, head: Client) -> None:
    need = alike_needs()[0]
    url = reverse("giving:card-create", args=[need.pk])
    assert worker.get(url).status_code == 200
    answer = worker.post(url, {"title": TEXT.title, "story": TEXT.story, "unit_rial": "۱۸۰٬۰۰۰٬۰۰۰"})
    card = NeedCard.objects.get()
    assert answer["Location"] == reverse("giving:card-record", args=[card.pk])
    assert worker.get(answer["Location"]).context["crowd"] == 6
    assert worker.get(reverse("giving:card-edit", args=[card.pk])).status_code == 200
    head.post(reverse("giving:card-review", args=[card.pk]))
    head.post(reverse("giving:card-publish", args=[card.pk]))
    assert NeedCard.objects.get().state == CardState.PUBLISHED
    assert head.get(answer["Location"]).status_code == 200
    head.post(reverse("giving:card-withdraw", args=[card.pk]), {"reason": "متن بهتر"})
    assert NeedCard.objects.get().state == CardState.WITHDRAWN


def test_card_with_a_telephone_number_says_so_beside_the_text(county: Place, worker: Client) -> None:
    need = alike_needs()[0]
    story = "با ۰۹۱۲۳۴۵۶۷۸۹ تماس بگیرید"
    answer = worker.post(reverse("giving:card-create", args=[need.pk]), {"title": "یخچال", "story": story})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"story"})


def test_card_for_many_in_the_browser_says_when_there_are_too_few(county: Place, worker: Client) -> None:
    url = reverse("giving:card-create-group")
    assert worker.get(url).status_code == 200
    answer = worker.post(url, {"domain": "health", "title": TEXT.title, "story": TEXT.story})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"item"})


def test_publish_that_is_refused_says_why(county: Place, head: Client) -> None:
    card = a_draft(alike_needs(2)[0])
    review_card(card, by=make_actor(Role.COUNTY_HEAD))
    answer = head.post(reverse("giving:card-publish", args=[card.pk]))
    assert answer.status_code == 409


def test_hold_in_the_browser_from_call_to_receipt(county: Place, signed_in: SignedIn, worker: Client) -> None:
    held = a_hold(mode=GivingMode.ESCORTED)
    url = {
        step: reverse(f"giving:reservation-{step}", args=[held.pk])
        for step in ("record", "accept", "confirm", "deliver", "disclose", "history")
    }
    assert worker.get(url["record"]).status_code == 200
    worker.post(url["accept"])
    told = worker.post(url["disclose"], {"fields_told": ["name"], "present": "on"})
    assert told.status_code in {200, 422}
    need = held.card.need
    assert need is not None
    with counties([COUNTY]):
        Consent.objects.create(
            county_id=COUNTY, household=need.household, person_id=need.household.head_id, purpose="meet_giver"
        )
    told = worker.post(url["disclose"], {"fields_told": ["name"], "present": "on"})
    assert [fact.value for fact in told.context["told"]] == [need.household.head.full_name]
    worker.post(url["deliver"])
    other = signed_in(Role.SOCIAL_WORKER)
    assert other.get(url["confirm"]).status_code == 200
    other.post(url["confirm"], {"value_rial": "۱۷۰٬۰۰۰٬۰۰۰"})
    assert Reservation.objects.get().state == ReservationState.CONFIRMED
    assert {worker.get(url[page]).status_code for page in ("record", "history")} == {200}


def test_release_of_a_hold_in_the_browser_frees_the_need(county: Place, worker: Client) -> None:
    held = a_hold()
    worker.post(reverse("giving:reservation-release", args=[held.pk]), {"reason": "خیر منصرف شد"})
    assert Need.objects.get(pk=held.card.need_id).reserved == 0


@pytest.mark.parametrize("noun", ["allocation", "card", "reservation"])
def test_record_of_another_county_is_not_found(worker: Client, noun: str) -> None:
    far = a_county(FAR_COUNTY)
    with counties([FAR_COUNTY]):
        card = a_card(alike_needs(6, county=far)[0])
        hold = a_hold(card)
        allocation = a_proposal(a_fund(county=FAR_COUNTY))
    rows = {"allocation": allocation, "card": card, "reservation": hold}
    assert worker.get(reverse(f"giving:{noun}-record", args=[rows[noun].pk])).status_code == 404
    assert worker.get(reverse(f"giving:{noun}-history", args=[rows[noun].pk])).status_code == 404


def test_household_page_shows_what_can_be_done_and_was_received(county: Place, worker: Client) -> None:
    need = alike_needs(1, required=2)[0]
    a_payment(an_approved(need=need))
    page = worker.get(reverse("registry:household-record", args=[need.household_id])).content.decode()
    assert reverse("giving:card-create", args=[need.pk]) in page
    assert "۱٬۰۰۰٬۰۰۰" in page
    assert reverse("registry:consent-create", args=[need.household_id]) in page


def test_approve_payment_command_and_page_agree_on_who_may(county: Place, head: Client) -> None:
    payment = approve_payment(a_request(), by=make_actor(Role.COUNTY_HEAD))
    accept_and = accept(a_hold(), by=make_actor())
    deliver(accept_and, by=make_actor())
    page = head.get(reverse("giving:payment-queue"), {"all": "1"})
    assert [row.step for row in page.context["rows"] if row.pk == payment.pk] == [""]
