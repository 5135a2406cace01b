"""Cards: two readers, no personal data, a crowd around each; what the public gets to see."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.privacy import personal_data_in
from hamafza.core.scope import counties
from hamafza.giving.anonymity import GROUP
from hamafza.giving.choices import CardState, GivingMode
from hamafza.giving.commands.cards import (
    CardText,
    publish_card,
    review_card,
    rewrite_card,
    thin_cards,
    withdraw_card,
    write_group_card,
)
from hamafza.giving.models import CardNeed, NeedCard
from hamafza.giving.queries.cards import (
    CardFilters,
    card_by_code,
    coverage,
    free_units,
    modes_of,
    public_card,
    public_cards,
)
from hamafza.giving.tests.factories_card import ITEM, TEXT, a_card, a_draft, a_hold, alike_needs
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.commands.need import close_need
from hamafza.needs.models import Need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.choices import ConsentPurpose, TargetGroup
from hamafza.registry.commands.consents import withdraw_consent
from hamafza.registry.models import Consent
from hamafza.registry.tests.factories import a_county, a_membership

pytestmark = pytest.mark.django_db


def test_publish_after_two_readers_shows_what_a_crowd_shares(county: Place) -> None:
    card = a_card()
    assert (card.state, card.shown) == (CardState.PUBLISHED, {"amount": "1", "size": "0", "age": "40"})
    assert len(card.crowd) == 6
    assert str(card.need_id) in card.crowd


def test_public_card_holds_no_key_of_anybody(county: Place) -> None:
    card = a_card()
    seen = public_card(COUNTY, card.code)
    assert seen is not None
    said = json.dumps(dataclasses.asdict(seen), default=str)
    assert card.need is not None
    hidden = {str(card.pk), str(card.need_id), str(card.need.household_id), str(card.need.household.head_id)}
    assert not [one for one in hidden if one in said]
    assert seen.available


def test_review_by_the_writer_is_refused_and_by_the_database_too(county: Place) -> None:
    card = a_draft()
    writer = make_actor(Role.COUNTY_HEAD)
    NeedCard.objects.filter(pk=card.pk).update(written_by=writer.user_id)
    with pytest.raises(Refusal) as refused:
        review_card(card, by=writer)
    assert refused.value.code == "same_reader"
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedCard.objects.filter(pk=card.pk).update(reviewed_by=writer.user_id)


def test_publish_unread_draft_is_refused(county: Place) -> None:
    with pytest.raises(Refusal) as refused:
        publish_card(a_draft(), by=make_actor(Role.COUNTY_HEAD))
    assert refused.value.code == "no_such_step"


def test_publish_need_that_stands_out_is_refused(county: Place) -> None:
    with pytest.raises(Refusal) as refused:
        a_card(alike_needs(4)[0])
    assert refused.value.code == "too_few_alike"


def test_publish_all_five_of_a_crowd_works_and_the_sixth_newcomer_is_refused(county: Place) -> None:
    needs = alike_needs(5)
    cards = [a_card(need) for need in needs]
    assert {len(card.crowd) for card in cards} == {5}
    newcomer = alike_needs(1)[0]
    with pytest.raises(Refusal) as refused:
        a_card(newcomer)
    assert refused.value.code == "recognised_beside_others"


@pytest.mark.parametrize("group", [TargetGroup.ADDICTION_RECOVERY, TargetGroup.MENTAL_ILLNESS])
def test_publish_need_of_the_special_class_is_refused(county: Place, group: TargetGroup) -> None:
    need = alike_needs(8)[0]
    assert need.household.head is not None
    a_membership(need.household.head, group=group)
    with pytest.raises(Refusal) as refused:
        a_card(need)
    assert refused.value.code == "too_few_alike"


def test_group_card_of_nineteen_is_refused_and_of_twenty_shows_their_number_by_tens(county: Place) -> None:
    needs = alike_needs(19)
    for need in needs:
        assert need.household.head is not None
        a_membership(need.household.head, group=TargetGroup.DISABLED)
    worker, head = make_actor(Role.SOCIAL_WORKER), make_actor(Role.COUNTY_HEAD)
    asked = {"domain": Domain.HOUSEHOLD_GOODS, "item": ITEM, "text": TEXT, "by": worker}
    with pytest.raises(Refusal) as refused:
        write_group_card(COUNTY, **asked)  # type: ignore[arg-type]
    assert refused.value.code == "group_too_small"
    alike_needs(4)
    card = publish_card(review_card(write_group_card(COUNTY, **asked), by=head), by=head)  # type: ignore[arg-type]
    assert card.shown == {"families": 20}
    assert CardNeed.objects.filter(card=card).count() == 23
    assert (free_units(card), GivingMode.ESCORTED in modes_of(card)) == (23, False)


@pytest.mark.parametrize(
    ("story", "kind"),
    [
        ("خانم زهرا کاظمی‌نژاد یخچال ندارد", "name"),
        ("با شماره ۰۹۱۲ ۳۴۵ ۶۷۸۹ تماس بگیرید", "phone"),
        ("کد ملی ۱۲۳-۴۵۶۷۸۹-۰ را ببینید", "identity"),
        ("خانه در کوچه دوم است", "address"),
        ("مادری ۳۴ ساله با سه فرزند", "age"),
        ("پرونده T-900 در دفتر است", "number"),
        ("در بخش شریف‌آباد زندگی می‌کند", "place"),
        ("به a@b.ir بنویسید", "link"),
    ],
)
def test_personal_data_in_each_kind_is_found(story: str, kind: str) -> None:
    found = personal_data_in(story, names=["زهرا", "کاظمی نژاد"], numbers=["T-900"], places=["شریف آباد"])
    assert kind in found


def test_personal_data_in_an_innocent_text_is_not_found() -> None:
    assert personal_data_in(TEXT.story, names=["زهرا", "نو"], numbers=[], places=["شریف آباد"]) == []


def test_write_with_the_name_of_the_family_is_refused(county: Place) -> None:
    need = alike_needs()[0]
    assert need.household.head is not None
    with pytest.raises(Refusal) as refused:
        a_draft(need, story=f"خانواده {need.household.head.last_name} یخچال ندارد.")
    assert (refused.value.code, refused.value.field) == ("personal_data", "story")


def test_rewrite_after_review_must_be_read_again(county: Place) -> None:
    card, head = a_draft(), make_actor(Role.COUNTY_HEAD)
    card = review_card(card, by=head)
    text = CardText(title="یخچال", story="خانواده‌ای یخچال ندارد.")
    card = rewrite_card(card, text=text, by=make_actor(Role.SOCIAL_WORKER), version=card.version)
    assert (card.state, card.reviewed_by_id) == (CardState.DRAFT, None)


def test_write_second_card_for_a_need_is_refused(county: Place) -> None:
    card = a_draft()
    with pytest.raises(Refusal) as refused:
        a_draft(card.need)
    assert refused.value.code == "card_exists"


def test_write_after_the_client_withdrew_consent_is_refused(county: Place) -> None:
    need = alike_needs()[0]
    Consent.objects.create(
        county_id=COUNTY, household=need.household, person_id=need.household.head_id, purpose="show_card",
        withdrawn_on=clock.today(),
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        a_draft(need)
    assert refused.value.code == "no_consent"


def a_paper(need: Need, **fields: Any) -> Consent:
    person = need.household.head
    return Consent.objects.create(
        county_id=need.county_id, household=need.household, person=person, purpose=ConsentPurpose.SHOW_CARD, **fields
    )


def test_consent_taken_back_takes_the_card_from_the_public_at_once(county: Place) -> None:
    card = a_card()
    assert card.need is not None
    withdraw_consent(a_paper(card.need), by=make_actor())
    card.refresh_from_db()
    assert (card.state, public_card(COUNTY, card.code)) == (CardState.WITHDRAWN, None)


def test_publish_after_the_client_withdrew_consent_is_refused(county: Place) -> None:
    need, head = alike_needs()[0], make_actor(Role.COUNTY_HEAD)
    card = review_card(a_draft(need), by=head)
    a_paper(need, withdrawn_on=clock.today())
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "no_consent"):
        publish_card(card, by=head)


def test_family_that_wants_nothing_shown_is_in_no_group_and_taken_up_by_nobody(county: Place) -> None:
    needs = alike_needs(GROUP + 1)
    text = CardText(title="یخچال برای چند خانواده", story="این خانواده‌ها غذای تازه را نمی‌توانند نگه دارند.")
    draft = write_group_card(COUNTY, domain=Domain.HOUSEHOLD_GOODS, item=ITEM, text=text, by=make_actor())
    a_paper(needs[0], withdrawn_on=clock.today())
    head = make_actor(Role.COUNTY_HEAD)
    card = publish_card(review_card(draft, by=head), by=head)
    assert set(CardNeed.objects.filter(card=card).values_list("need", flat=True)) == {one.pk for one in needs[1:]}
    a_paper(needs[1], withdrawn_on=clock.today())
    a_hold(card, units=None)
    assert set(Need.objects.filter(reserved=1)) == set(needs[2:])


def test_card_is_not_taken_up_after_its_last_day(county: Place) -> None:
    card = a_card()
    NeedCard.objects.update(expires_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "card_gone"):
        a_hold(card)


def test_thin_cards_withdraws_a_card_whose_crowd_has_gone(county: Place) -> None:
    needs = alike_needs(6)
    card, worker = a_card(needs[0]), make_actor(Role.SOCIAL_WORKER)
    close_need(needs[1], reason="met by the family", by=worker)
    assert thin_cards(COUNTY, on=clock.today()) == 0
    assert len(NeedCard.objects.get(pk=card.pk).crowd) == 5
    close_need(needs[2], reason="met by the family", by=worker)
    assert thin_cards(COUNTY, on=clock.today()) == 1
    gone = NeedCard.objects.get(pk=card.pk)
    assert (gone.state, len(gone.crowd)) == (CardState.WITHDRAWN, 5)
    assert public_card(COUNTY, card.code) is None


def test_publish_again_shows_what_the_first_card_showed(county: Place) -> None:
    needs = alike_needs(6)
    first = a_card(needs[0])
    withdraw_card(first, reason="better text", by=make_actor(Role.COUNTY_HEAD))
    Need.objects.filter(pk__in=[need.pk for need in needs]).update(estimated_rial=900_000_000)
    second = a_card(needs[0])
    assert (second.shown, second.crowd) == (first.shown, first.crowd)


def test_publish_again_after_the_crowd_has_gone_is_refused(county: Place) -> None:
    needs = alike_needs(6)
    first = a_card(needs[0])
    withdraw_card(first, reason="better text", by=make_actor(Role.COUNTY_HEAD))
    Need.objects.filter(pk__in=[need.pk for need in needs[1:3]]).update(state=NeedState.MET)
    alike_needs(6)
    with pytest.raises(Refusal) as refused:
        a_card(needs[0])
    assert refused.value.code == "recognised_beside_others"


def test_thin_cards_withdraws_after_the_last_day(county: Place) -> None:
    card = a_card(expires_on=clock.today() + timedelta(days=3))
    assert thin_cards(COUNTY, on=clock.today() + timedelta(days=3)) == 0
    assert thin_cards(COUNTY, on=clock.today() + timedelta(days=4)) == 1
    assert NeedCard.objects.get(pk=card.pk).state == CardState.WITHDRAWN


def test_public_cards_are_of_one_county_and_asked_in_one_query(
    county: Place, django_assert_num_queries: object
) -> None:
    needs = alike_needs(6)
    cards = [a_card(need) for need in needs[:3]]
    a_card(alike_needs(6, county=a_county(FAR_COUNTY))[0])
    a_draft(needs[4])
    with django_assert_num_queries(1):  # type: ignore[operator]
        seen = public_cards(COUNTY)
    assert {one.code for one in seen} == {card.code for card in cards}
    page = public_cards(COUNTY, limit=2)
    assert [one.code for one in [*page, *public_cards(COUNTY, after=page[-1].place)]] == [one.code for one in seen]
    assert public_cards(COUNTY, CardFilters(domain=Domain.HEALTH)) == []


def test_public_card_that_is_taken_stands_but_cannot_be_taken(county: Place) -> None:
    card = a_card()
    Need.objects.filter(pk=card.need_id).update(reserved=1)
    seen = public_card(COUNTY, card.code)
    assert seen is not None
    assert (seen.available, public_cards(COUNTY)) == (False, [])
    assert len(public_cards(COUNTY, CardFilters(available_only=False))) == 1
    assert card_by_code(COUNTY, card.code) is not None


def test_coverage_counts_every_need_once(county: Place) -> None:
    needs = alike_needs(7)
    alike_needs(2, item="جاروبرقی")
    assert needs[0].household.head is not None
    a_membership(needs[0].household.head, group=TargetGroup.SOCIAL_HARM)
    found = coverage(COUNTY)
    assert (found.open, found.single, found.special, found.alone) == (9, 6, 1, 2)


def test_need_of_a_minor_has_no_card_of_its_own(county: Place) -> None:
    needs = alike_needs(7)
    head = needs[0].household.head
    assert head is not None
    with counties([COUNTY]):
        head.born_on = date(clock.today().year - 15, 1, 1)
        head.save()
    assert coverage(COUNTY).single == 6
