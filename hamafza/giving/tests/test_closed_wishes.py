"""An instalment is paid when what it was promised for is over (P5): by the giver's rule, and never silently."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor, make_user
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.choices import Channel, Frequency, WishClosure
from hamafza.giving.commands.donations import confirm_donation, receive_donation
from hamafza.giving.commands.identify import place_as_told
from hamafza.giving.commands.statements import donation_from_line
from hamafza.giving.fallback import closure_of, fallback_of
from hamafza.giving.gift import Wish
from hamafza.giving.models import Donation, Instalment
from hamafza.giving.queries.integrity import gift_faults
from hamafza.giving.schedule import Schedule
from hamafza.giving.tests.factories_donation import MILLION, a_gift, goods, money, one_of_each
from hamafza.giving.tests.factories_pledge import a_giver, a_pledge, packages
from hamafza.ledger.choices import FundState, Restriction, SurplusRule
from hamafza.ledger.models import Fund
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.models import Need
from hamafza.needs.tests.factories import a_need
from hamafza.notices.models import Message, Notice
from hamafza.places.tests.factories import COUNTY

pytestmark = pytest.mark.django_db

YESTERDAY = timedelta(days=1)


def an_instalment(giver: Any = None, *, kind: str = "money", **said: Any) -> Instalment:
    today = clock.today()
    pledge = a_pledge(giver, schedule=Schedule(Frequency.ONCE, today), quantity=MILLION, kind=kind, **said)
    with counties([COUNTY]):
        return Instalment.objects.select_related("pledge__benefactor").get(pledge=pledge)


def over(rule: str, **fields: Any) -> dict[str, Any]:
    """A wish whose day has passed."""
    return {"purpose": Domain.LIVELIHOOD, "use_by": clock.today() - YESTERDAY, "surplus_rule": rule, **fields}


def paid(instalment: Instalment, wish: dict[str, Any], *, channel: Channel = Channel.CASH) -> Donation:
    gift = a_gift(money(instalment=instalment), wish=wish, channel=channel)
    return receive_donation(COUNTY, gift=gift, by=make_actor(Role.GIVING_OFFICER, COUNTY), key=uuid7())


def confirmed(donation: Donation) -> Donation:
    return confirm_donation(donation, by=make_actor(Role.ACCOUNTANT, COUNTY))


def fund_of(donation: Donation) -> Fund:
    return donation.lines.get().fund


def test_pay_after_the_day_goes_to_the_same_purpose_and_is_flagged() -> None:
    instalment = an_instalment()
    with counties([COUNTY]):
        donation = confirmed(paid(instalment, over(SurplusRule.SAME_PURPOSE)))
        fund = fund_of(donation)
        assert (fund.restriction, fund.purpose, fund.use_by) == (Restriction.PURPOSE, Domain.LIVELIHOOD, None)
        assert donation.wish_closed == WishClosure.TIME_OVER
        assert donation.use_by == clock.today() - YESTERDAY  # what was wished stays on the gift
        printed = json.loads(donation.receipts.get().printed)
        assert any("مهلت" in value for _, value in printed["facts"])
        assert list(gift_faults()) == []


def test_pay_after_the_day_by_the_rule_of_any_purpose_is_free_of_all_bounds() -> None:
    instalment = an_instalment()
    with counties([COUNTY]):
        donation = paid(instalment, over(SurplusRule.ANY_PURPOSE))
        fund = fund_of(donation)
        assert (fund.restriction, fund.purpose, fund.use_by) == (Restriction.UNRESTRICTED, "", None)


def test_pay_on_the_last_day_stays_as_it_was_wished() -> None:
    instalment = an_instalment()
    with counties([COUNTY]):
        donation = paid(instalment, over(SurplusRule.ASK, use_by=clock.today()))
        assert (donation.wish_closed, fund_of(donation).use_by) == ("", clock.today())


def test_a_gift_of_its_own_after_the_day_is_still_refused() -> None:
    a_giver()
    with counties([COUNTY]), pytest.raises(Refusal) as refused:
        gift = a_gift(wish=over(SurplusRule.SAME_PURPOSE))
        receive_donation(COUNTY, gift=gift, by=make_actor(Role.GIVING_OFFICER, COUNTY), key=uuid7())
    assert refused.value.code == "past"


def test_pay_for_a_need_that_is_met_goes_to_its_purpose() -> None:
    instalment = an_instalment()
    with counties([COUNTY]):
        need = a_need(domain=Domain.HOUSING)
        Need.objects.filter(pk=need.pk).update(state=NeedState.CLOSED)
        need.refresh_from_db()
        donation = paid(instalment, {"need": need})
        assert donation.wish_closed == WishClosure.NEED_OVER
        assert (fund_of(donation).purpose, fund_of(donation).need) == (Domain.HOUSING, None)


def test_pay_into_a_closed_fund_of_the_same_purpose_waits_for_the_giver() -> None:
    instalment = an_instalment()
    with counties([COUNTY]):
        wish = {"purpose": Domain.HOUSING}
        Fund.objects.filter(pk=fund_of(paid(an_instalment(), wish)).pk).update(state=FundState.CLOSED)
        donation = paid(instalment, wish)
        assert donation.wish_closed == WishClosure.FUND_CLOSED
        assert fund_of(donation).restriction == Restriction.SUSPENSE


def test_ask_waits_in_suspense_until_the_giver_has_spoken() -> None:
    instalment = an_instalment()
    with counties([COUNTY]):
        donation = confirmed(paid(instalment, over(SurplusRule.ASK)))
        assert fund_of(donation).restriction == Restriction.SUSPENSE
        assert not donation.receipts.exists()
        told = place_as_told(
            donation,
            wish=Wish(purpose=Domain.HOUSING, own_words="تلفنی گفت برای مسکن باشد."),
            by=make_actor(Role.ACCOUNTANT, COUNTY),
        )
        line = told.lines.get()
        assert (line.fund.purpose, line.instalment_id, told.wish_closed) == (Domain.HOUSING, instalment.pk, "")
        assert told.benefactor_id == instalment.pledge.benefactor_id
        assert told.receipts.count() == 1
        assert list(gift_faults()) == []


def test_the_word_of_a_giver_is_never_guessed() -> None:
    instalment = an_instalment()
    with counties([COUNTY]):
        donation = confirmed(paid(instalment, over(SurplusRule.ASK)))
        with pytest.raises(Refusal) as refused:
            place_as_told(donation, wish=Wish(purpose=Domain.HOUSING), by=make_actor(Role.ACCOUNTANT, COUNTY))
        assert refused.value.code == "no_word"


def test_goods_that_wait_for_the_giver_are_not_confirmed_before() -> None:
    instalment = an_instalment(kind="goods")
    with counties([COUNTY]):
        gift = a_gift(goods(packages(), 3, instalment=instalment), wish=over(SurplusRule.ASK), channel=Channel.IN_KIND)
        donation = receive_donation(COUNTY, gift=gift, by=make_actor(Role.GIVING_OFFICER, COUNTY), key=uuid7())
        with pytest.raises(Refusal) as refused:
            confirmed(donation)
        assert refused.value.code == "ask_first"
        word = Wish(purpose=Domain.LIVELIHOOD, own_words="همان روز گفت هر جا نیاز است.")
        assert confirmed(place_as_told(donation, wish=word, by=make_actor(Role.ACCOUNTANT, COUNTY))).receipts.exists()


def test_what_goes_back_is_not_taken_at_the_counter() -> None:
    instalment = an_instalment()
    with counties([COUNTY]), pytest.raises(Refusal) as refused:
        paid(instalment, over(SurplusRule.RETURN))
    assert refused.value.code == "goes_back"


def test_what_goes_back_and_is_in_the_bank_already_waits_in_suspense() -> None:
    giver = a_giver()
    instalment = an_instalment(giver)
    line = one_of_each(giver)["bank_line"]
    with counties([COUNTY]):
        donation = donation_from_line(
            line,
            benefactor=giver,
            wish=Wish(**over(SurplusRule.RETURN, use_by=line.on - YESTERDAY)),
            by=make_actor(Role.GIVING_OFFICER, COUNTY),
            key=uuid7(),
            instalment=instalment,
        )
        assert fund_of(donation).restriction == Restriction.SUSPENSE


def test_the_giver_is_told_in_the_program_and_by_message() -> None:
    user = make_user("giver")
    giver = a_giver(user=user, mobile="09121234567", may_message=True)
    instalment = an_instalment(giver)
    with counties([COUNTY]):
        paid(instalment, over(SurplusRule.ANY_PURPOSE))
        code = "giving.wish_closed.any_purpose"
        assert list(Notice.objects.filter(user=user).values_list("code", flat=True)) == [code]
        assert list(Message.objects.values_list("code", flat=True)) == [code]


def test_the_page_of_the_gift_says_so_and_takes_the_giver_word(signed_in: Any) -> None:
    instalment = an_instalment()
    with counties([COUNTY]):
        donation = confirmed(paid(instalment, over(SurplusRule.ASK)))
    client: Client = signed_in(Role.ACCOUNTANT)
    page = client.get(reverse("giving:donation-record", args=[donation.pk]))
    assert 'id="closure"' in page.content.decode()
    said = {
        "intention": "general", "purpose": "housing", "surplus_rule": "same_purpose", "dedication": "none",
        "own_words": "برای مسکن",
    }  # fmt: skip
    answer = client.post(reverse("giving:donation-identify", args=[donation.pk]), said)
    assert answer.status_code == 302
    with counties([COUNTY]):
        assert fund_of(Donation.objects.get(pk=donation.pk)).purpose == Domain.HOUSING


def test_the_counter_is_warned_before_it_writes(signed_in: Any) -> None:
    instalment = an_instalment(use_by=clock.today() - YESTERDAY)
    page = signed_in(Role.GIVING_OFFICER).get(
        reverse("giving:donation-receive"), {"county": COUNTY, "instalment": str(instalment.pk)}
    )
    assert 'id="closure"' in page.content.decode()


@pytest.mark.parametrize("rule", [SurplusRule.ASK, SurplusRule.RETURN])
def test_fallback_guesses_nothing_for_who_wants_to_be_asked(rule: SurplusRule) -> None:
    assert fallback_of(Wish(purpose="housing", surplus_rule=rule)) is None


def test_closure_of_an_open_wish_is_none() -> None:
    assert closure_of(Wish(use_by=date(2026, 1, 2)), on=date(2026, 1, 2)) is None
