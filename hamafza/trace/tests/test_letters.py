"""Letters of thanks: figures of what was really done, frozen; numbers without gap; paper that can be looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import system_actor
from hamafza.accounts.tests.factories import SignedIn, make_organization, make_user
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.distribution.models import Delivery
from hamafza.documents.pdf import make_pages_png
from hamafza.giving.choices import DisbursementState, PayMethod
from hamafza.giving.events import donation_confirmed
from hamafza.giving.models import Allocation, Disbursement
from hamafza.ledger.events import transfer_done
from hamafza.ledger.models import CountyTransfer, TransferAllowance
from hamafza.needs.models import AidRecord
from hamafza.places.models import Place
from hamafza.trace.choices import LetterKind
from hamafza.trace.commands.letters import LetterWish, facts_of, write_letter
from hamafza.trace.forms import letter as letter_form
from hamafza.trace.models import Letter, PublishedTransfer, TraceCode
from hamafza.trace.paper import letter_pdf, paper_of
from hamafza.trace.tests.factories import (
    COUNTY,
    FIRST_DAY,
    a_benefactor,
    a_fund,
    a_gift,
    a_lot,
    a_round,
    an_allocation,
    an_item,
    families,
)

pytestmark = pytest.mark.django_db
BY = system_actor("test")


def wish(to: Any, *, kind: LetterKind = LetterKind.THANKS, **fields: Any) -> LetterWish:
    return LetterWish(kind, to, **{"since": FIRST_DAY, "until": FIRST_DAY + timedelta(days=24), **fields})


@pytest.fixture(autouse=True)
def _a_month_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FIRST_DAY + timedelta(days=24))


def test_figures_of_a_benefactor_are_what_she_gave_and_whom_it_reached(county: Place) -> None:
    giver, item = a_benefactor(), an_item()
    gift = a_gift(item=item, quantity=15, benefactor=giver)
    a_gift(rial=7_000_000, benefactor=giver)
    a_gift(rial=9_000_000)
    a_round({a_lot(item, 15, donation_line=gift.lines.get()): 15}, families(15))
    assert facts_of(COUNTY, wish(giver)) == {
        "gifts": 2, "rial": 7_000_000, "goods": [(15, "بسته غذایی")], "services": 0, "families": 15,
    }  # fmt: skip


def test_figures_of_a_charity_are_the_aid_on_record(county: Place) -> None:
    charity = make_organization("خیریه مهر", kind=OrganizationKind.CHARITY)
    for need in families(2):
        AidRecord.objects.create(
            county_id=COUNTY, household_id=need.household_id, domain="livelihood", on=FIRST_DAY, giver=charity,
            value_rial=500, source_type="test", source_id=uuid7(),
        )  # fmt: skip
    assert facts_of(COUNTY, wish(charity)) == {"families": 2, "times": 2, "value": 1000}


def test_figures_of_a_colleague_are_acts_under_her_name(county: Place) -> None:
    user, item = make_user(), an_item()
    gift = a_gift(item=item, quantity=3, received_by=user)
    a_round({a_lot(item, 3, donation_line=gift.lines.get()): 3}, families(3))
    Delivery.objects.update(by=user)
    back = Delivery.objects.order_by("pk").last()
    Delivery.objects.filter(pk=back.pk if back else None).update(returned_at=clock.now())
    facts = facts_of(COUNTY, wish(user))
    assert (facts["deliveries"], facts["families"], facts["received"]) == (2, 2, 1)


def test_thanks_for_nothing_are_refused(county: Place) -> None:
    with pytest.raises(Refusal) as refusal:
        facts_of(COUNTY, wish(a_benefactor()))
    assert refusal.value.code == "nothing"


def test_letters_are_numbered_without_gap_and_a_form_sent_twice_makes_one(county: Place) -> None:
    giver, key = a_benefactor(), uuid7()
    a_gift(rial=1_000_000, benefactor=giver)
    made = [write_letter(COUNTY, wish=wish(giver), by=BY, key=one) for one in (key, key, uuid7())]
    assert [letter.number for letter in made] == [1, 1, 2]


def test_figures_stay_when_more_is_given_afterwards(county: Place) -> None:
    giver = a_benefactor()
    a_gift(rial=1_000_000, benefactor=giver)
    letter = write_letter(COUNTY, wish=wish(giver), by=BY, key=uuid7())
    a_gift(rial=5_000_000, benefactor=giver)
    assert Letter.objects.get(pk=letter.pk).facts["rial"] == 1_000_000


@pytest.mark.parametrize("kind", LetterKind)
def test_paper_has_one_page_with_the_figures(county: Place, kind: LetterKind) -> None:
    giver = a_benefactor()
    a_gift(rial=1_250_000, benefactor=giver)
    letter = write_letter(COUNTY, wish=wish(giver, kind=kind), by=BY, key=uuid7())
    assert "۱٬۲۵۰٬۰۰۰ ریال کمک نقدی" in paper_of(letter)["lines"]
    assert letter_pdf(letter).startswith(b"%PDF")
    assert len(make_pages_png(f"trace/{kind}", paper_of(letter))) == 1


@pytest.mark.parametrize(
    ("reached", "told"), [(1, "کمتر از ۱۱ خانواده"), (10, "کمتر از ۱۱ خانواده"), (11, "۱۱ خانواده")]
)
def test_letter_to_a_giver_tells_no_small_number_of_families(county: Place, reached: int, told: str) -> None:
    giver, item = a_benefactor(), an_item()
    gift = a_gift(item=item, quantity=15, benefactor=giver)
    a_round({a_lot(item, 15, donation_line=gift.lines.get()): 15}, families(15), delivered=reached)
    letter = write_letter(COUNTY, wish=wish(giver), by=BY, key=uuid7())
    assert paper_of(letter)["lines"][-1] == f"{told} از آن بهره‌مند شده‌اند"


def written(client: Client, giver: Any, **said: str) -> Any:
    form = {
        "kind": "thanks", "to": f"benefactor:{giver.pk}", "since": "1405/08/01", "until": "1405/08/20",
        "key": str(uuid7()), **said,
    }  # fmt: skip
    return client.post("/trace/letters/new/", form)


def test_letter_is_shown_before_it_is_written(signed_in: SignedIn) -> None:
    client = signed_in(Role.GIVING_OFFICER)
    with counties([COUNTY]):
        giver = a_benefactor()
        a_gift(rial=1_000_000, benefactor=giver)
    shown = written(client, giver, preview="1")
    answer = written(client, giver, write="1")
    with counties([COUNTY]):
        letter = Letter.objects.get()
    pages = [
        client.get(url).status_code for url in (answer["Location"], "/trace/letters/", f"{answer['Location']}paper/")
    ]
    assert ("۱٬۰۰۰٬۰۰۰ ریال" in shown.content.decode(), letter.number, pages) == (True, 1, [200, 200, 200])


def test_benefactor_beyond_the_list_is_found_by_name_and_thanked(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_form, "OFFERED", 1)
    client = signed_in(Role.GIVING_OFFICER)
    with counties([COUNTY]):
        first, last = a_benefactor("الف"), a_benefactor("یاسر بخشنده")
        a_gift(rial=1_000_000, benefactor=first)
        a_gift(rial=1_000_000, benefactor=last)
    page = client.get("/trace/letters/new/").content.decode()
    found = written(client, first, name="بخشنده", to="", search="1")
    answer = written(client, last, write="1")
    assert (str(last.pk) in page, found.status_code, str(last.pk) in found.content.decode()) == (False, 200, True)
    assert answer.status_code == 302


def test_families_are_counted_behind_every_gift_of_money(county: Place) -> None:
    giver = a_benefactor()
    needs = families(62)
    for need in needs:
        gift = a_gift(rial=1_000_000, benefactor=giver)
        paid_to(an_allocation(1_000_000, {gift: 1_000_000}, need=need))
    assert facts_of(COUNTY, wish(giver))["families"] == 62


def paid_to(allocation: Allocation) -> None:
    Disbursement.objects.create(
        county_id=COUNTY, allocation=allocation, amount=allocation.amount, method=PayMethod.HOUSEHOLD_ACCOUNT,
        state=DisbursementState.PAID, paid_at=clock.now(),
    )  # fmt: skip


def test_letters_are_for_those_who_thank(signed_in: SignedIn) -> None:
    answers = [signed_in(role).get("/trace/letters/").status_code for role in (Role.COUNTY_HEAD, Role.SOCIAL_WORKER)]
    assert answers == [200, 404]


def test_letter_of_another_county_is_not_there(signed_in: SignedIn) -> None:
    with counties([COUNTY]):
        giver = a_benefactor()
        a_gift(rial=1_000_000, benefactor=giver)
        letter = write_letter(COUNTY, wish=wish(giver), by=BY, key=uuid7())
    assert signed_in(Role.COUNTY_HEAD, "2306").get(f"/trace/letters/{letter.pk}/").status_code == 404


def test_confirmed_gift_can_be_found_by_its_code(county: Place) -> None:
    gift = a_gift(rial=1_000_000)
    donation_confirmed.send(sender=type(gift), county=COUNTY, donation=gift)
    donation_confirmed.send(sender=type(gift), county=COUNTY, donation=gift)
    assert list(TraceCode.objects.values_list("donation", "county")) == [(gift.pk, COUNTY)]


def test_transfer_that_is_done_stands_in_public(county: Place) -> None:
    allowance = TransferAllowance.objects.create(
        province_id="23", valid_from=FIRST_DAY, valid_to=FIRST_DAY, basis="مصوبه استان"
    )
    hands: list[User] = [make_user() for _ in range(3)]
    transfer = CountyTransfer(
        county_id=COUNTY, from_fund=a_fund(), to_county_id="2306", to_fund=uuid7(), amount=40, reason="سیل",
        consent="رضایت دارم", consent_on=FIRST_DAY, allowance=allowance, requested_by=hands[0],
    )  # fmt: skip
    transfer_done.send(sender=None, transfer=transfer)
    shown = PublishedTransfer.objects.get()
    assert (shown.amount, shown.purpose, shown.basis, shown.to_county_id) == (40, "livelihood", "مصوبه استان", "2306")
