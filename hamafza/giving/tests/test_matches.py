"""Matching: candidates without a name, the need reserved and met, nothing about a client for the giver's side."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.queries.actors import actor_for, system_actor
from hamafza.accounts.tests.factories import SignedIn, make_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.choices import CapacityState, MatchState, Moderation
from hamafza.giving.commands.matches import accept_match, begin_match, decline_match, finish_match, propose_match
from hamafza.giving.models import Capacity, CapacityMatch
from hamafza.giving.queries.matches import (
    ALIKE_AT_LEAST,
    CandidateFilters,
    age_band,
    candidates_for,
    code_of,
    common_items,
)
from hamafza.giving.tests.factories_benefactor import a_benefactor, a_capacity, a_giver, a_job_offer, a_match
from hamafza.needs.choices import Domain, NeedState
from hamafza.needs.commands.aid import Aid, record_aid
from hamafza.needs.models import AidRecord, Need
from hamafza.needs.tests.factories import a_need, person_of
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.tests.factories import a_county, a_head

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(county: Place) -> Actor:
    return make_actor(Role.GIVING_OFFICER)


@pytest.fixture
def social_worker(county: Place) -> Actor:
    return make_actor(Role.SOCIAL_WORKER)


def state_of(match: CapacityMatch) -> str:
    return CapacityMatch.objects.get(pk=match.pk).state


def test_candidates_of_a_job_offer_are_open_needs_of_a_job_in_this_county(county: Place) -> None:
    wanted = a_need(domain=Domain.JOB)
    a_need(domain=Domain.EDUCATION)
    a_need(domain=Domain.JOB, state=NeedState.DRAFT)
    a_need(domain=Domain.JOB, state=NeedState.MET, delivered=1)
    a_need(domain=Domain.JOB, reserved=1)
    a_need(a_head(county=a_county(FAR_COUNTY)), domain=Domain.JOB)
    assert [one.code for one in candidates_for(a_job_offer())] == [code_of(wanted.pk)]


def test_candidate_carries_nothing_that_names_a_client(county: Place) -> None:
    need = a_need(a_head(born_on=date(1990, 5, 1)), domain=Domain.JOB, item="کار برای محمد رضایی", note="راز")
    person = person_of(need)
    [one] = candidates_for(a_job_offer())
    said = " ".join(str(value) for value in asdict(one).values())
    secrets = [str(need.pk), str(person.pk), person.first_name, person.last_name, need.item, "راز"]
    assert [secret for secret in secrets if secret and secret in said] == []
    assert one.age_from == 30


def test_common_items_are_those_that_five_households_need(county: Place) -> None:
    common = [a_need(domain=Domain.JOB, item="خیاطی") for _each in range(ALIKE_AT_LEAST)]
    a_need(domain=Domain.JOB, item="کار برای محمد رضایی")
    offer = a_job_offer()
    assert common_items(offer) == ["خیاطی"]
    assert {one.item for one in candidates_for(offer)} == {"خیاطی", ""}
    found = candidates_for(offer, CandidateFilters(words="خیاطی"))
    assert {one.code for one in found} == {code_of(need.pk) for need in common}


@pytest.mark.parametrize(
    ("born", "band"), [(date(2000, 11, 21), 20), (date(1996, 11, 22), 20), (date(1996, 11, 21), 30)]
)
def test_age_band_is_of_ten_years(born: date, band: int) -> None:
    assert age_band(born, on=date(2026, 11, 21)) == band


@pytest.mark.parametrize("role", [Role.GIVING_OFFICER, Role.SOCIAL_WORKER])
def test_propose_match_takes_the_candidate_out_of_the_list(county: Place, role: Role) -> None:
    need, offer = a_need(domain=Domain.JOB), a_job_offer()
    match = propose_match(offer, code=code_of(need.pk), by=make_actor(role))
    assert (match.need_id, match.state) == (need.pk, MatchState.PROPOSED)
    assert candidates_for(offer) == []


def test_propose_match_by_the_giver_herself_is_refused(county: Place) -> None:
    benefactor, user = a_giver()
    need, offer = a_need(), a_job_offer(benefactor=benefactor)
    with pytest.raises(PermissionDenied):
        propose_match(offer, code=code_of(need.pk), by=actor_for(user))


def test_propose_match_twice_or_of_nobody_is_refused(county: Place, officer: Actor) -> None:
    need, offer = a_need(domain=Domain.JOB), a_job_offer()
    propose_match(offer, code=code_of(need.pk), by=officer)
    with pytest.raises(Refusal) as refused:
        propose_match(offer, code=code_of(need.pk), by=officer)
    assert refused.value.code == "no_candidate"


@pytest.mark.parametrize("fields", [{"moderation": Moderation.NEW}, {"state": CapacityState.OCCUPIED}])
def test_propose_match_for_what_may_not_be_used_is_refused(
    county: Place, officer: Actor, fields: dict[str, object]
) -> None:
    with pytest.raises(Refusal) as refused:
        propose_match(a_job_offer(**fields), code=code_of(a_need().pk), by=officer)
    assert refused.value.code == "not_matchable"


def test_match_from_proposal_to_done_meets_the_need_and_records_the_aid(county: Place, social_worker: Actor) -> None:
    match = a_match(a_job_offer(), a_need(domain=Domain.JOB, required=2))
    accept_match(match, by=social_worker)
    assert Need.objects.get().reserved == 1
    begin_match(match, by=social_worker)
    finish_match(match, by=social_worker)
    need = Need.objects.get()
    assert (need.reserved, need.delivered, need.state) == (0, 1, NeedState.PARTLY_MET)
    aid = AidRecord.objects.get()
    assert (aid.source_type, aid.source_id, aid.quantity) == ("capacitymatch", match.pk, 1)
    assert state_of(match) == MatchState.DONE


def test_match_of_what_another_source_gave_needs_a_reason_from_acceptance_on(
    county: Place, social_worker: Actor
) -> None:
    need = a_need(domain=Domain.JOB, item="دوره خیاطی")
    given_elsewhere(need)
    match = a_match(need=need)
    with pytest.raises(Refusal) as refused:
        accept_match(match, by=social_worker)
    assert (refused.value.field, Need.objects.get().reserved) == ("again_reason", 0)
    begin_match(accept_match(match, again_reason="دوره پیشرفته است", by=social_worker), by=social_worker)
    with pytest.raises(Refusal):
        finish_match(match, by=social_worker)
    finish_match(match, again_reason="دوره پیشرفته است", by=social_worker)
    assert AidRecord.objects.filter(override_reason="دوره پیشرفته است").count() == 1


def test_finish_page_asks_for_the_reason_when_it_is_wanted(signed_in: SignedIn) -> None:
    client, match = (
        signed_in(Role.SOCIAL_WORKER),
        a_match(state=MatchState.UNDER_WAY, need=a_need(item="یخچال", reserved=1)),
    )
    with counties([COUNTY]):
        given_elsewhere(match.need)
    url = reverse("giving:match-finish", args=[match.pk])
    asked = client.post(url)
    done = client.post(url, {"again_reason": "خانواده بزرگ است"})
    assert (asked.status_code, 'name="again_reason"' in asked.content.decode(), done.status_code) == (422, True, 302)


def given_elsewhere(need: Need) -> None:
    aid = Aid(domain=need.domain, on=clock.today(), source=("disbursement", uuid7()), item=need.item)
    record_aid(need.household, aid, need=None, by=system_actor("test"))


def test_finish_match_twice_is_refused_and_counts_once(county: Place, social_worker: Actor) -> None:
    match = a_match(state=MatchState.UNDER_WAY, need=a_need(reserved=1))
    finish_match(match, by=social_worker)
    with pytest.raises(Refusal):
        finish_match(match, by=social_worker)
    assert (AidRecord.objects.count(), Need.objects.get().delivered) == (1, 1)


def test_accept_match_of_more_than_is_needed_is_refused(county: Place, social_worker: Actor) -> None:
    match = a_match(need=a_need(required=1))
    with pytest.raises(Refusal):
        accept_match(match, units=2, by=social_worker)
    assert state_of(match) == MatchState.PROPOSED


def test_accept_match_by_the_giving_officer_is_refused(county: Place, officer: Actor) -> None:
    with pytest.raises(PermissionDenied):
        accept_match(a_match(), by=officer)


def test_job_offer_whose_places_are_taken_is_occupied_and_free_again(county: Place, social_worker: Actor) -> None:
    offer = a_job_offer(quantity=1)
    first, second = a_match(offer, a_need()), a_match(offer, a_need())
    accept_match(first, by=social_worker)
    assert Capacity.objects.get().state == CapacityState.OCCUPIED
    with pytest.raises(Refusal):
        accept_match(second, by=social_worker)
    decline_match(first, reason="مددجو نپذیرفت", by=social_worker)
    assert Capacity.objects.get().state == CapacityState.AVAILABLE
    assert {need.reserved for need in Need.objects.all()} == {0}


def test_decline_match_without_a_reason_is_refused(county: Place, officer: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        decline_match(a_match(), reason="", by=officer)
    assert refused.value.code == "no_reason"


def test_declined_match_may_be_proposed_again(county: Place, officer: Actor) -> None:
    match = a_match(a_capacity(domain=Domain.JOB))
    decline_match(match, reason="کارفرما منصرف شد", by=officer)
    assert propose_match(match.capacity, code=code_of(match.need_id), by=officer).pk != match.pk


def test_match_of_another_county_is_out_of_reach(county: Place, social_worker: Actor) -> None:
    far = a_match(
        a_capacity(a_benefactor(county=FAR_COUNTY)), a_need(a_head(county=a_county(FAR_COUNTY)), domain=Domain.JOB)
    )
    with pytest.raises(PermissionDenied):
        accept_match(far, by=social_worker)
