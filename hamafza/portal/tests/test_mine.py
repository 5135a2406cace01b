"""A benefactor's own pages: her own rows alone, and what she may do herself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn, make_worker
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.choices import Attribution, CardState, GivingMode, Moderation, ReceiptKind, ReservationState
from hamafza.giving.models import Benefactor, Capacity, GiftUse, NeedCard, Pledge, Receipt, Reservation
from hamafza.giving.tests.factories_pledge import a_pledge, weekly
from hamafza.places.models import Place
from hamafza.portal.queries.own import HOLDS
from hamafza.trace.choices import Stage
from hamafza.trace.queries.stages import stages_of
from hamafza.trace.tests.factories import COUNTY, a_benefactor, a_gift, a_lot, a_round, an_allocation, an_item, families

pytestmark = pytest.mark.django_db
MINE = "/public/mine/"


@pytest.fixture
def giver(signed_in: SignedIn) -> Client:
    """A benefactor who has signed in; herself as ``client.benefactor``."""
    client = signed_in(Role.BENEFACTOR)
    with counties([COUNTY]):
        client.benefactor = a_benefactor(user=client.user)
    return client


@pytest.fixture
def card(places: dict[str, Place]) -> NeedCard:
    with counties([COUNTY]):
        return NeedCard.objects.create(
            county_id=COUNTY, need=families(1)[0], code="CARDTEST", title="یک بسته غذایی", story="به غذا نیاز است.",
            state=CardState.PUBLISHED, published_at=timezone.now(), reviewed_at=timezone.now(),
        )  # fmt: skip


def test_benefactor_lands_on_her_own_page(giver: Client) -> None:
    assert giver.get("/")["Location"] == MINE


def test_sign_in_that_is_linked_with_nobody_is_told_so(signed_in: SignedIn) -> None:
    page = signed_in(Role.BENEFACTOR).get(MINE)
    assert (page.status_code, b"own-actions" in page.content) == (200, False)


def test_own_page_shows_own_gifts_and_nobody_elses(giver: Client) -> None:
    with counties([COUNTY]):
        a_gift(rial=7_000_000, benefactor=giver.benefactor)
        a_gift(rial=9_000_000, benefactor=a_benefactor("دیگری"))
    text = giver.get(MINE).content.decode()
    assert ("۷٬۰۰۰٬۰۰۰" in text, "۹٬۰۰۰٬۰۰۰" in text) == (True, False)


def test_own_promise_stands_with_its_rule_and_what_each_month_really_brings(
    giver: Client, settings: Any, tmp_path: Path
) -> None:
    settings.HAMAFZA_TEST_CLOCK = tmp_path / "day"
    settings.HAMAFZA_TEST_CLOCK.write_text("2026-09-23", "ascii")
    a_pledge(giver.benefactor, schedule=weekly(date(2026, 9, 23)), intention="vow")
    text = giver.get(MINE).content.decode()
    assert [part in text for part in ("۴۱ بسته معیشتی", "هر پنجشنبه", "نذر")] == [True] * 3
    # Five Thursdays in Mehr, four in Aban.
    assert [part in text for part in ("۲۰۵ بسته معیشتی", "۱۶۴ بسته معیشتی")] == [True] * 2


def test_gift_that_was_handed_out_stands_with_all_its_stages(giver: Client) -> None:
    with counties([COUNTY]):
        item = an_item()
        gift = a_gift(item=item, quantity=12, benefactor=giver.benefactor)
        a_round({a_lot(item, 12, donation_line=gift.lines.get()): 12}, families(12))
    assert giver.get(MINE).content.decode().count("gift-step is-done") == 5


def test_own_page_asks_as_many_queries_for_one_gift_as_for_three(
    giver: Client, django_assert_max_num_queries: Any
) -> None:
    with counties([COUNTY]):
        for _ in range(3):
            a_gift(rial=1_000_000, benefactor=giver.benefactor)
    with django_assert_max_num_queries(26):
        giver.get(MINE)


def test_receipt_of_another_is_not_there(giver: Client) -> None:
    with counties([COUNTY]):
        other = a_benefactor("دیگری")
        receipt = Receipt.objects.create(
            county_id=COUNTY, number=1, jalali_year=1405, kind=ReceiptKind.EACH, printed="{}", printed_hash="x",
            donation=a_gift(rial=1_000_000, benefactor=other), benefactor=other,
        )  # fmt: skip
    assert giver.get(reverse("portal:receipt", args=[receipt.pk])).status_code == 404


def test_name_in_public_is_chosen_by_herself(giver: Client) -> None:
    answer = giver.post("/public/mine/name/", {"attribution": Attribution.NICKNAME, "nickname": "رهگذر"})
    with counties([COUNTY]):
        kept = Benefactor.objects.get(pk=giver.benefactor.pk)
    assert (answer.status_code, kept.attribution, kept.nickname) == (302, Attribution.NICKNAME, "رهگذر")


def test_nickname_that_is_missing_is_asked_for(giver: Client) -> None:
    answer = giver.post("/public/mine/name/", {"attribution": Attribution.NICKNAME})
    assert answer.status_code == 422


def test_offer_waits_until_the_office_has_read_it(giver: Client) -> None:
    said = {"key": str(uuid7()), "kind": "skill", "description": "تعمیر بخاری", "quantity": "۳"}
    giver.post("/public/mine/offers/new/", said)
    answer = giver.post("/public/mine/offers/new/", said)
    with counties([COUNTY]):
        offer = Capacity.objects.get()
    assert (answer.status_code, offer.moderation, offer.quantity) == (302, Moderation.NEW, 3)


def test_promise_of_packages_each_week_is_written_down(giver: Client) -> None:
    with counties([COUNTY]):
        item = an_item()
    said = {
        "key": str(uuid7()), "kind": "goods", "item": str(item.pk), "quantity": "۴۱", "frequency": "week", "weekday": "3",
        "starts_on": "1405/09/05", "intention": "vow", "purpose": "livelihood",
    }  # fmt: skip
    giver.post("/public/mine/promises/new/", said)
    answer = giver.post("/public/mine/promises/new/", said)
    with counties([COUNTY]):
        pledge = Pledge.objects.get()
        days = [one.due_on.weekday() for one in pledge.instalments.all()]
    assert (answer.status_code, pledge.benefactor_id, set(days)) == (302, giver.benefactor.pk, {3})


def take_up(client: Client, card: NeedCard, key: str) -> Any:
    url = f"{reverse('portal:card-reserve')}?county={COUNTY}&card={card.code}"
    return client.post(url, {"mode": GivingMode.DELIVERED, "key": key})


def test_need_is_taken_up_once_however_often_the_form_is_sent(giver: Client, card: NeedCard) -> None:
    key = str(uuid7())
    answers = [take_up(giver, card, key).status_code for _ in range(3)]
    with counties([COUNTY]):
        held = list(Reservation.objects.values_list("state", "benefactor"))
    assert (answers, held) == ([302] * 3, [(ReservationState.HELD, giver.benefactor.pk)])


def test_need_that_somebody_holds_is_refused_in_words(giver: Client, card: NeedCard, signed_in: SignedIn) -> None:
    other = signed_in(Role.BENEFACTOR)
    with counties([COUNTY]):
        a_benefactor("دیگری", user=other.user)
    take_up(other, card, str(uuid7()))
    assert take_up(giver, card, str(uuid7())).status_code == 422


def test_hold_of_another_cannot_be_given_up(giver: Client, card: NeedCard) -> None:
    with counties([COUNTY]):
        held = Reservation.objects.create(
            county_id=COUNTY, card=card, benefactor=a_benefactor("دیگری"), units=1, mode=GivingMode.DELIVERED,
            held_until=timezone.now(),
        )  # fmt: skip
    assert giver.post(reverse("portal:reservation-release", args=[held.pk])).status_code == 404


def test_open_hold_stands_on_the_page_however_many_are_over(giver: Client, card: NeedCard) -> None:
    with counties([COUNTY]):
        mine = {
            "county_id": COUNTY,
            "card": card,
            "benefactor": Benefactor.objects.get(),
            "units": 1,
            "mode": GivingMode.DELIVERED,
            "held_until": timezone.now(),
        }
        held = Reservation.objects.create(**mine)
        over = [Reservation(**mine, state=ReservationState.RELEASED) for _time in range(HOLDS + 1)]
        Reservation.objects.bulk_create(over)
    assert reverse("portal:reservation-release", args=[held.pk]) in giver.get("/public/mine/").content.decode()


def test_gift_that_was_given_back_to_its_fund_is_received_again(county: Place) -> None:
    gift, other = a_gift(rial=5_000_000), a_gift(rial=5_000_000)
    allocation = an_allocation(2_000_000, {gift: 1_000_000, other: 1_000_000})
    allocated = stages_of([gift, other])
    GiftUse.objects.create(county_id=COUNTY, line=gift.lines.get(), allocation=allocation, amount=-1_000_000)
    assert allocated == {gift.pk: Stage.ALLOCATED, other.pk: Stage.ALLOCATED}
    assert stages_of([gift, other]) == {gift.pk: Stage.RECEIVED, other.pk: Stage.ALLOCATED}


def test_staff_without_the_duty_of_giving_find_no_own_page(places: dict[str, Place], worker: Client) -> None:
    make_worker()
    assert worker.get(MINE).status_code == 404
