"""Pages without sign-in: they tell the way of a gift and nothing else, and answer every wrong code alike."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from hamafza.accounts.tests.factories import make_worker
from hamafza.core.scope import counties
from hamafza.giving.choices import CardState, DonationState
from hamafza.giving.models import Donation, NeedCard
from hamafza.giving.tests.factories_pledge import a_pledge, packages, weekly
from hamafza.needs.models import Need
from hamafza.places.models import Place
from hamafza.portal.models import WrongKnock
from hamafza.portal.rules import WRONG_CODES
from hamafza.trace.commands.codes import write_code
from hamafza.trace.models import PublishedTransfer
from hamafza.trace.tests.factories import COUNTY, FIRST_DAY, a_gift, a_lot, a_round, an_allocation, an_item, families

pytestmark = pytest.mark.django_db
TRACE_FORM = "/public/trace/"


@pytest.fixture
def visitor(places: dict[str, Place]) -> Client:
    """Somebody without sign-in and without cookies."""
    cache.clear()
    return Client()


@pytest.fixture
def traced(places: dict[str, Place]) -> Donation:
    """164 packages that have reached 164 families."""
    with counties([COUNTY]):
        item = an_item()
        gift = a_gift(item=item, quantity=164)
        lot = a_lot(item, 164, donation_line=gift.lines.get())
        a_round({lot: 164}, families(164))
        write_code(gift)
    return gift


def trace_of(code: str) -> str:
    return reverse("portal:trace", args=[code])


def test_trace_shows_stages_county_and_families(visitor: Client, traced: Donation) -> None:
    page = visitor.get(trace_of(traced.trace_code), headers={"accept-language": "en"})
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("way-stage is-done") == 5
    assert "164 families" in text
    assert "Pakdasht" in text


def test_trace_of_goods_for_few_families_shows_no_number_of_them(visitor: Client) -> None:
    with counties([COUNTY]):
        item = an_item()
        gift = a_gift(item=item, quantity=20)
        a_round({a_lot(item, 20, donation_line=gift.lines.get()): 20}, families(20), delivered=7)
        write_code(gift)
    text = visitor.get(trace_of(gift.trace_code)).content.decode()
    assert ("کمتر از ۱۱ خانوا" in text, "۷ بسته" in text, "۱۳ بسته" in text) == (True, False, False)


def test_trace_of_money_for_few_families_shows_no_number_of_packages(visitor: Client) -> None:
    with counties([COUNTY]):
        item = an_item()
        gift = a_gift(rial=20_000_000)
        bought = an_allocation(20_000_000, {gift: 20_000_000})
        a_round({a_lot(item, 20, purchase=bought, unit_value_rial=1_000_000): 20}, families(20), delivered=7)
        write_code(gift)
    text = visitor.get(trace_of(gift.trace_code)).content.decode()
    assert ("کمتر از ۱۱ خانوا" in text, "۷ بسته" in text, ": ۷" in text) == (True, False, False)


def test_gift_of_a_promise_shows_what_the_promise_has_brought(visitor: Client) -> None:
    with counties([COUNTY]):
        due = a_pledge(schedule=weekly(FIRST_DAY)).instalments.order_by("due_on")
        gifts = [a_gift(item=packages(), quantity=41, received_on=one.due_on) for one in due[:2]]
        gifts[0].lines.update(instalment=due[0])
        gifts[1].lines.update(instalment=due[1])
        write_code(gifts[0])
    text = visitor.get(trace_of(gifts[0].trace_code)).content.decode()
    assert ('id="promise"' in text, "۸۲ بسته معیشتی" in text) == (True, True)


def test_public_page_sets_no_cookie_and_is_found_by_no_search_engine(visitor: Client, traced: Donation) -> None:
    pages = [
        visitor.get(url)
        for url in (
            TRACE_FORM,
            trace_of(traced.trace_code),
            "/public/needs/",
            "/public/receipts/",
            "/public/transfers/",
        )
    ]
    assert [page.status_code for page in pages] == [200] * 5
    assert [dict(page.cookies) for page in pages] == [{}] * 5
    assert {page["X-Robots-Tag"] for page in pages} == {"noindex, nofollow"}
    assert all("default-src 'none'" in page["Content-Security-Policy"] for page in pages)


def test_page_of_a_gift_is_kept_by_no_cache_and_lists_for_a_while(visitor: Client, traced: Donation) -> None:
    kept = [visitor.get(url)["Cache-Control"] for url in (trace_of(traced.trace_code), "/public/needs/")]
    assert kept == ["no-store", "public, max-age=60"]


def test_code_may_be_typed_in_any_way(visitor: Client, traced: Donation) -> None:
    typed = f" {traced.trace_code[:4].lower()}-{traced.trace_code[4:]} "
    answer = visitor.get(TRACE_FORM, {"code": typed})
    assert answer["Location"] == trace_of(traced.trace_code)


def test_trace_asks_few_queries_of_164_packages(
    visitor: Client, traced: Donation, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        visitor.get(trace_of(traced.trace_code))


def test_wrong_code_and_code_of_a_gift_that_was_reversed_are_answered_alike(visitor: Client, traced: Donation) -> None:
    with counties([COUNTY]):
        gone = a_gift(rial=1_000_000, state=DonationState.REVERSED)
        write_code(gone)
    answers = [visitor.get(trace_of(code)) for code in (gone.trace_code, "ZZZZZZZZZZZZ")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_too_many_wrong_codes_end_in_one_answer_for_right_and_wrong(visitor: Client, traced: Donation) -> None:
    for number in range(WRONG_CODES):
        visitor.get(trace_of(f"WRONG{number}"))
    answers = [visitor.get(trace_of(code)) for code in (traced.trace_code, "WRONGAGAIN")]
    assert [answer.status_code for answer in answers] == [429, 429]
    assert answers[0].content == answers[1].content
    other = visitor.get(trace_of(traced.trace_code), REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 200


def test_wrong_codes_of_one_visitor_behind_the_proxy_shut_out_nobody_else(
    visitor: Client, traced: Donation, settings: Settings
) -> None:
    settings.HAMAFZA_PROXIES = ("127.0.0.1",)
    for number in range(WRONG_CODES):
        visitor.get(trace_of(f"WRONG{number}"), headers={"x-forwarded-for": f"192.0.2.{number}, 203.0.113.9"})
    asked = ("203.0.113.9", "203.0.113.10")
    answers = [visitor.get(trace_of(traced.trace_code), headers={"x-forwarded-for": one}) for one in asked]
    assert [answer.status_code for answer in answers] == [429, 200]


def test_missing_card_is_no_wrong_code(visitor: Client, traced: Donation) -> None:
    answer = visitor.get(reverse("portal:card", args=[COUNTY, "ZZZZZZ"]))
    assert (answer.status_code, WrongKnock.objects.count()) == (404, 0)


def test_address_of_a_visitor_is_not_kept(visitor: Client) -> None:
    visitor.get(trace_of("WRONG"), REMOTE_ADDR="203.0.113.77")
    kept = WrongKnock.objects.get()
    assert (kept.count, "203.0.113.77" in kept.address_index) == (1, False)


def test_receipt_that_was_never_issued_is_not_genuine(visitor: Client) -> None:
    answers = [visitor.get("/public/receipts/", {"code": code}) for code in ("2313-1405-1-ABCD-EFGH-JKMN", "x")]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_transfer_stands_in_public_without_the_names_of_those_who_approved(visitor: Client) -> None:
    PublishedTransfer.objects.create(
        from_county_id=COUNTY,
        to_county_id="2306",
        transfer="018f0000-0000-7000-8000-000000000001",
        amount=50_000_000,
        purpose="housing",
        reason="سیل ورامین",
        basis="مصوبه ۱۲",
        on=FIRST_DAY,
    )
    text = visitor.get("/public/transfers/").content.decode()
    assert all(word in text for word in ("پاکدشت", "ورامین", "۵۰٬۰۰۰٬۰۰۰", "سیل ورامین", "مصوبه ۱۲"))


def a_card(need: Need, **fields: Any) -> NeedCard:
    with counties([COUNTY]):
        return NeedCard.objects.create(
            county_id=COUNTY,
            need=need,
            code=f"CARD{NeedCard.objects.count():04}",
            title="بسته غذایی برای یک خانواده",
            story="خانواده‌ای به بسته غذایی نیاز دارد.",
            **{"state": CardState.PUBLISHED, "published_at": timezone.now(), "reviewed_at": timezone.now(), **fields},
        )


def test_cards_of_a_county_stand_in_public_and_withdrawn_ones_do_not(visitor: Client) -> None:
    make_worker()
    with counties([COUNTY]):
        needs = families(2)
    shown, gone = a_card(needs[0]), a_card(needs[1], state=CardState.WITHDRAWN)
    text = visitor.get("/public/needs/", {"county": COUNTY}).content.decode()
    pages = [visitor.get(reverse("portal:card", args=[COUNTY, card.code])) for card in (shown, gone)]
    assert (shown.code in text, gone.code in text) == (True, False)
    assert [page.status_code for page in pages] == [200, 404]


def test_old_knocks_are_removed(visitor: Client) -> None:
    day = int((timezone.now() - timedelta(days=2)).timestamp()) // 900
    WrongKnock.objects.create(address_index="old", quarter=day, count=3)
    visitor.get(trace_of("WRONG"))
    assert not WrongKnock.objects.filter(address_index="old").exists()
