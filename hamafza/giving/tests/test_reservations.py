"""Holds: the last unit goes to one giver, a form sent again has one effect, what is not used is free again."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import give, make_actor, make_user
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.giving.choices import Channel, DonationState, GiftKind, GivingMode, ReservationState
from hamafza.giving.commands.donations import reverse_donation
from hamafza.giving.commands.reservations import accept, confirm, deliver, expire_holds, release, reserve_card
from hamafza.giving.direct import MOST_HOLDS
from hamafza.giving.models import NeedCard, Reservation
from hamafza.giving.tests.factories_card import ITEM, a_card, a_hold, alike_needs
from hamafza.giving.tests.factories_donation import a_giver
from hamafza.giving.tests.factories_item import an_item
from hamafza.ledger.choices import Account
from hamafza.ledger.queries.funds import balances_of
from hamafza.needs.choices import NeedState
from hamafza.needs.models import AidRecord, Need
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.tests.factories import a_county

pytestmark = pytest.mark.django_db


def reserved_of(card: NeedCard) -> int:
    return Need.objects.get(pk=card.need_id).reserved


def code_of(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.code


def test_reserve_last_unit_twice_gives_it_to_the_first(county: Place) -> None:
    card = a_card()
    a_hold(card)
    with pytest.raises(Refusal) as refused:
        a_hold(card)
    assert (code_of(refused), reserved_of(card)) == ("need_taken", 1)


def test_reserve_two_hundred_times_with_one_key_has_one_effect(county: Place) -> None:
    card, giver, by, key = a_card(alike_needs(required=5)[0]), a_giver(), make_actor(Role.GIVING_OFFICER), uuid4()
    made = {
        reserve_card(card, benefactor=giver, units=1, mode=GivingMode.DELIVERED, by=by, key=key).pk
        for _time in range(200)
    }
    assert (len(made), reserved_of(card)) == (1, 1)


def test_reserve_with_one_key_and_another_content_is_refused(county: Place) -> None:
    card, giver, by, key = a_card(alike_needs(required=5)[0]), a_giver(), make_actor(Role.GIVING_OFFICER), uuid4()
    reserve_card(card, benefactor=giver, units=1, mode=GivingMode.DELIVERED, by=by, key=key)
    with pytest.raises(Refusal) as refused:
        reserve_card(card, benefactor=giver, units=2, mode=GivingMode.DELIVERED, by=by, key=key)
    assert code_of(refused) == "other_request"


def test_reserve_without_a_number_takes_all_that_is_free(county: Place) -> None:
    card = a_card(alike_needs(required=4)[0])
    a_hold(card, units=1)
    assert a_hold(card, units=None).units == 3


def test_reserve_for_another_county_is_refused(county: Place) -> None:
    card, stranger = a_card(), a_giver(county=a_county(FAR_COUNTY).code)
    with pytest.raises(PermissionDenied):
        reserve_card(
            card, benefactor=stranger, units=1, mode=GivingMode.DELIVERED, by=make_actor(Role.GIVING_OFFICER),
            key=uuid4(),
        )  # fmt: skip


def test_reserve_for_somebody_else_as_benefactor_is_refused(county: Place) -> None:
    user = make_user()
    give(user, Role.BENEFACTOR, COUNTY)
    card, own, other = a_card(), a_giver(user=user), a_giver()
    by = actor_for(user)
    with pytest.raises(PermissionDenied):
        reserve_card(card, benefactor=other, units=1, mode=GivingMode.DELIVERED, by=by, key=uuid4())
    assert reserve_card(card, benefactor=own, units=1, mode=GivingMode.DELIVERED, by=by, key=uuid4()).units == 1


def test_reserve_more_than_five_cards_at_once_is_refused(county: Place) -> None:
    giver = a_giver()
    cards = [a_card(need) for need in alike_needs(MOST_HOLDS + 1)]
    for card in cards[:MOST_HOLDS]:
        a_hold(card, benefactor=giver)
    with pytest.raises(Refusal) as refused:
        a_hold(cards[MOST_HOLDS], benefactor=giver)
    assert code_of(refused) == "too_many_holds"


def test_expired_hold_is_free_again_and_the_next_giver_gets_it(county: Place) -> None:
    card = a_card()
    held = a_hold(card)
    later = clock.now() + timedelta(hours=49)
    assert expire_holds(COUNTY, now=later - timedelta(hours=2)) == 0
    assert (expire_holds(COUNTY, now=later), expire_holds(COUNTY, now=later)) == (1, 0)
    assert Reservation.objects.get(pk=held.pk).state == ReservationState.EXPIRED
    assert a_hold(card).state == ReservationState.HELD


def test_accept_after_the_hold_has_passed_is_refused(county: Place) -> None:
    held = a_hold()
    Reservation.objects.update(held_until=clock.now() - timedelta(minutes=1))
    with pytest.raises(Refusal) as refused:
        accept(held, by=make_actor())
    assert code_of(refused) == "hold_expired"


def test_confirm_meets_the_need_and_writes_aid_gift_and_receipt(county: Place) -> None:
    an_item(ITEM)
    held = a_hold()
    worker = make_actor()
    accept(held, by=worker)
    deliver(held, by=make_actor(Role.DELIVERER))
    done = confirm(held, value_rial=170_000_000, by=worker)
    need = Need.objects.get(pk=held.card.need_id)
    assert (need.state, need.reserved, need.delivered) == (NeedState.MET, 0, 1)
    aid = AidRecord.objects.get(need=need)
    assert (aid.value_rial, aid.item, aid.quantity) == (170_000_000, ITEM, 1)
    gift = done.donation
    assert gift is not None
    assert (gift.channel, gift.state, gift.receipts.count()) == (Channel.DIRECT, DonationState.CONFIRMED, 1)
    line = gift.lines.get()
    assert (line.kind, line.amount) == (GiftKind.GOODS, 170_000_000)
    on_books = balances_of([line.fund_id])[line.fund_id]
    assert (on_books[Account.AID_GOODS], on_books.get(Account.STOCK, 0)) == (170_000_000, 0)


def test_reverse_of_a_gift_that_was_given_directly_is_refused(county: Place) -> None:
    held, worker = a_hold(), make_actor()
    accept(held, by=worker)
    deliver(held, by=make_actor(Role.DELIVERER))
    gift = confirm(held, value_rial=170_000_000, by=worker).donation
    assert gift is not None
    with pytest.raises(Refusal) as refused:
        reverse_donation(gift, reason="اشتباه", by=make_actor(Role.ACCOUNTANT))
    assert refused.value.code == "given_directly"
    assert Need.objects.get(pk=held.card.need_id).delivered == 1


def test_confirm_by_who_handed_it_over_is_refused(county: Place) -> None:
    held, worker = a_hold(), make_actor()
    accept(held, by=worker)
    deliver(held, by=worker)
    with pytest.raises(Refusal) as refused:
        confirm(held, value_rial=1_000, by=worker)
    assert code_of(refused) == "same_hands"


def test_confirm_twice_is_refused_and_counts_once(county: Place) -> None:
    held, worker = a_hold(), make_actor()
    accept(held, by=worker)
    deliver(held, by=make_actor(Role.DELIVERER))
    confirm(held, value_rial=0, by=worker)
    with pytest.raises(Refusal) as refused:
        confirm(held, value_rial=0, by=worker)
    assert (code_of(refused), AidRecord.objects.count()) == ("not_delivered", 1)


def test_same_item_from_another_person_needs_a_reason(county: Place) -> None:
    needs = alike_needs()
    _handed_over(a_hold(a_card(needs[0])))
    again = a_need(needs[0].household, domain=needs[0].domain, item=ITEM, unit="دستگاه")
    held, worker = a_hold(a_card(again)), make_actor()
    accept(held, by=worker)
    deliver(held, by=make_actor(Role.DELIVERER))
    with pytest.raises(Refusal) as refused:
        confirm(held, value_rial=0, by=worker)
    assert (code_of(refused), refused.value.field) == ("aid_again", "again_reason")
    confirm(held, value_rial=0, again_reason="اولی سوخته است", by=worker)
    assert AidRecord.objects.filter(household=again.household).count() == 2


def test_units_of_one_need_from_two_persons_need_no_reason(county: Place) -> None:
    card = a_card(alike_needs(required=2)[0])
    _handed_over(a_hold(card))
    _handed_over(a_hold(card))
    assert AidRecord.objects.filter(need=card.need_id).count() == 2


def _handed_over(held: Reservation) -> None:
    worker = make_actor()
    accept(held, by=worker)
    deliver(held, by=make_actor(Role.DELIVERER))
    confirm(held, value_rial=0, by=worker)


def test_deliver_what_goes_through_the_fund_is_refused(county: Place) -> None:
    held = a_hold(mode=GivingMode.THROUGH_FUND)
    accept(held, by=make_actor())
    with pytest.raises(Refusal) as refused:
        deliver(held, by=make_actor(Role.DELIVERER))
    assert code_of(refused) == "through_fund"


def test_release_by_the_giver_frees_the_units(county: Place) -> None:
    user = make_user()
    give(user, Role.BENEFACTOR, COUNTY)
    held = a_hold(benefactor=a_giver(user=user))
    assert release(held, reason="", by=actor_for(user)).state == ReservationState.RELEASED
    assert reserved_of(held.card) == 0


def test_release_by_the_office_needs_a_reason(county: Place) -> None:
    with pytest.raises(Refusal) as refused:
        release(a_hold(), reason=" ", by=make_actor())
    assert code_of(refused) == "no_reason"


def test_steps_as_accountant_are_refused(county: Place) -> None:
    with pytest.raises(PermissionDenied):
        accept(a_hold(), by=make_actor(Role.ACCOUNTANT))
