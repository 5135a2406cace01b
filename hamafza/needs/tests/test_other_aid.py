"""What another body gave: on the household's page, once for a form, met needs move on, overlaps show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.models import Organization
from hamafza.accounts.tests.factories import SignedIn, make_actor, make_organization
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.commands.aid import Aid, record_aid
from hamafza.needs.commands.other_aid import OtherAid, record_other_aid
from hamafza.needs.models import AidRecord, Need
from hamafza.needs.tests.factories import a_need
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.models import Household
from hamafza.registry.tests.factories import a_county, a_head

pytestmark = pytest.mark.django_db
ITEM = "یخچال"


def charity() -> Organization:
    return make_organization("خیریه مهر", kind=OrganizationKind.CHARITY)


def given(**said: Any) -> OtherAid:
    return OtherAid(**{"body": charity(), "domain": Domain.HOUSEHOLD_GOODS, "on": clock.today(), "item": ITEM, **said})


def written(
    household: Household, *, key: UUID | None = None, role: Role = Role.SOCIAL_WORKER, **said: Any
) -> AidRecord:
    return record_other_aid(household, given=given(**said), by=make_actor(role), key=key or uuid7())


def test_aid_of_another_body_is_on_record_once_for_a_form(county: Place) -> None:
    home, key = a_head(county=county).household, uuid7()
    records = [written(home, key=key, value_rial=7) for _time in range(2)]
    assert (records[0].pk, AidRecord.objects.count()) == (records[1].pk, 1)
    assert (records[0].giver, records[0].source_type, records[0].value_rial) == (charity(), "other_body", 7)


def test_aid_of_another_body_that_comes_twice_is_on_record_and_hinders_the_next_giver(county: Place) -> None:
    home, by = a_head(county=county).household, make_actor()
    office = Aid(domain=Domain.HOUSEHOLD_GOODS, on=clock.today(), source=("disbursement", uuid7()), item=ITEM)
    record_aid(home, office, need=None, by=by)
    written(home)
    written(home)
    with pytest.raises(Refusal) as refused:
        record_aid(home, Aid(Domain.HOUSEHOLD_GOODS, clock.today(), ("disbursement", uuid7()), ITEM), need=None, by=by)
    assert (refused.value.code, AidRecord.objects.count()) == ("aid_again", 3)


def test_aid_for_a_need_meets_it(county: Place) -> None:
    need = a_need(domain=Domain.HOUSEHOLD_GOODS, item=ITEM, unit="دستگاه")
    record = written(need.household, need=need, domain="", item="")
    assert (record.need_id, record.domain, record.item, record.unit) == (need.pk, need.domain, ITEM, "دستگاه")
    assert Need.objects.get().state == NeedState.MET


def test_aid_of_another_body_that_cannot_be_is_refused(county: Place) -> None:
    home = a_head(county=county).household
    refusals: dict[str, Any] = {"ahead": {"on": clock.today() + timedelta(days=1)}, "no_domain": {"domain": ""}}
    for code, said in refusals.items():
        with pytest.raises(Refusal) as refused:
            written(home, **said)
        assert (refused.value.code, AidRecord.objects.count()) == (code, 0)


def test_aid_for_the_need_of_another_household_is_refused(county: Place) -> None:
    need = a_need(domain=Domain.HOUSEHOLD_GOODS)
    with pytest.raises(Refusal) as refused:
        written(a_head(county=county).household, need=need)
    assert refused.value.code == "other_household"


def test_aid_of_another_body_as_deliverer_is_refused(county: Place) -> None:
    with pytest.raises(PermissionDenied):
        written(a_head(county=county).household, role=Role.DELIVERER)


def form(**said: Any) -> dict[str, str]:
    return {
        "key": str(uuid7()), "body": str(charity().pk), "on": "1404/08/01", "domain": "household_goods",
        "item": ITEM, "quantity": "۲", "value_rial": "", **said,
    }  # fmt: skip


@pytest.fixture
def worker(signed_in: SignedIn) -> Client:
    return signed_in(Role.SOCIAL_WORKER)


def test_page_writes_it_down_and_the_household_shows_it(worker: Client) -> None:
    home = a_head().household
    url = reverse("needs:aid-create", args=[home.pk])
    page, said = worker.get(url), form()
    answers = [worker.post(url, said) for _time in range(2)]
    assert (page.status_code, [answer.status_code for answer in answers]) == (200, [302, 302])
    text = worker.get(answers[0]["Location"]).content.decode()
    assert ("خیریه مهر" in text, ITEM in text, url in text) == (True, True, True)
    with counties([COUNTY]):
        assert AidRecord.objects.get().quantity == 2


def test_page_shows_what_is_missing(worker: Client) -> None:
    answer = worker.post(reverse("needs:aid-create", args=[a_head().household_id]), form(domain=""))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"domain"})


def test_page_of_another_county_or_for_a_reader_is_not_there(worker: Client, signed_in: SignedIn) -> None:
    own, far = a_head().household, a_head(county=a_county(FAR_COUNTY)).household
    urls = [reverse("needs:aid-create", args=[home.pk]) for home in (far, own)]
    answers = [worker.get(urls[0]), signed_in(Role.PROVINCE_DIRECTOR).get(urls[1])]
    assert [answer.status_code for answer in answers] == [404, 404]
