"""State, assess, approve, edit, deliver, close, expire: what each does and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import make_actor
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.core.ids import uuid7
from hamafza.needs.choices import Domain, NeedState, Source
from hamafza.needs.commands.aid import Aid, deliver_units, release_units, reserve_units, take_back_units
from hamafza.needs.commands.assess import AssessmentDetails, DomainFinding, assess
from hamafza.needs.commands.details import NeedDetails
from hamafza.needs.commands.expire import HAS_LEFT, TIME_IS_OVER, expire_needs
from hamafza.needs.commands.need import (
    approve_need,
    approve_needs,
    close_need,
    edit_need,
    record_delivery,
    state_need,
)
from hamafza.needs.models import AidRecord, Need, NeedStep
from hamafza.needs.tests.factories import a_need, person_of
from hamafza.places.tests.factories import COUNTY, FAR_COUNTY
from hamafza.registry.choices import HouseholdLeft, HouseholdState, PersonLeft
from hamafza.registry.commands.change_state import leave_file, return_to_file
from hamafza.registry.commands.leave_household import leave_household, return_to_household
from hamafza.registry.commands.move_person import move_person
from hamafza.registry.events import households_changed
from hamafza.registry.tests.factories import a_head, a_household, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def steps(need: Need) -> list[tuple[str, str]]:
    return list(NeedStep.objects.filter(need=need).order_by("id").values_list("before", "after"))


def refused(code: str, act: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code


def stated(role: Role = Role.SOCIAL_WORKER, *, open_now: bool = False, **details: Any) -> Need:
    person = a_head()
    return state_need(
        person.household,
        domain=Domain.JOB,
        person=person,
        details=NeedDetails(**details),
        by=make_actor(role),
        open_now=open_now,
    )


def test_state_as_worker_is_a_draft_with_its_score() -> None:
    need = stated()
    assert (need.state, need.rule_version, steps(need)) == (NeedState.DRAFT, 1, [])
    assert need.score_base > 0


def test_state_and_open_as_worker_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        stated(open_now=True)


def test_state_and_open_as_head_stands_at_once() -> None:
    need = stated(Role.COUNTY_HEAD, open_now=True)
    assert (need.state, steps(need)) == (NeedState.OPEN, [("draft", "approved"), ("approved", "open")])
    assert need.valid_to == timezone.localdate() + timedelta(days=365)


@pytest.mark.parametrize("role", [Role.PROVINCE_DIRECTOR, Role.GOVERNOR_OFFICE, Role.AUDITOR, Role.NATIONAL_ADMIN])
def test_state_as_role_without_the_right_is_refused(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        stated(role)


def test_state_in_another_county_is_refused() -> None:
    person = a_head()
    with pytest.raises(PermissionDenied):
        state_need(
            person.household, domain=Domain.JOB, person=person, details=NeedDetails(), by=make_actor(county=FAR_COUNTY)
        )


def test_state_personal_need_without_person_is_refused() -> None:
    home = a_household()
    refused("no_person", lambda: state_need(home, domain="job", person=None, details=NeedDetails(), by=make_actor()))


def test_state_need_of_person_of_another_household_is_refused() -> None:
    home, stranger = a_household(), a_person()
    refused(
        "other_household",
        lambda: state_need(home, domain="job", person=stranger, details=NeedDetails(), by=make_actor()),
    )


def test_state_in_future_is_refused() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    refused("since_in_future", lambda: stated(since=tomorrow))


def test_approve_same_need_standing_is_refused() -> None:
    standing = a_need()
    draft = a_need(standing.person, state=NeedState.DRAFT)
    refused("stands_already", lambda: approve_need(draft, by=make_actor(Role.COUNTY_HEAD)))


def test_approve_many_opens_the_rest_and_leaves_twins() -> None:
    standing = a_need()
    drafts = [
        a_need(standing.person, state=NeedState.DRAFT),
        a_need(state=NeedState.ASSESSED),
        a_need(state=NeedState.DRAFT),
    ]
    done = approve_needs(COUNTY, [draft.pk for draft in drafts], by=make_actor(Role.COUNTY_HEAD))
    assert done == (2, 1)
    assert sorted(Need.objects.filter(pk__in=[draft.pk for draft in drafts]).values_list("state", flat=True)) == [
        "draft", "open", "open",
    ]  # fmt: skip


def test_approve_as_worker_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        approve_need(a_need(state=NeedState.DRAFT), by=make_actor())


def test_edit_with_old_version_is_stale_and_changes_nothing() -> None:
    need = a_need(severity=3)
    edit_need(need, details=NeedDetails(severity=4), by=make_actor(), version=need.version)
    with pytest.raises(StaleVersion):
        edit_need(need, details=NeedDetails(severity=5), by=make_actor(), version=need.version)
    assert Need.objects.get(pk=need.pk).severity == 4


def test_edit_severity_scores_anew() -> None:
    need = a_need(severity=1)
    after = edit_need(need, details=NeedDetails(severity=5, since=need.since), by=make_actor(), version=need.version)
    assert after.score_base == need.score_base + 24


def test_deliver_part_then_rest_is_partly_met_then_met() -> None:
    need = a_need(required=3)
    by = make_actor()
    assert [record_delivery(need, quantity=1, by=by).state, record_delivery(need, quantity=2, by=by).state] == [
        "partly_met",
        "met",
    ]
    assert steps(need) == [("open", "partly_met"), ("partly_met", "met")]


def test_deliver_more_than_needed_is_refused() -> None:
    need = a_need(required=2)
    refused("too_much", lambda: record_delivery(need, quantity=3, by=make_actor()))


def test_close_without_reason_is_refused() -> None:
    need = a_need()
    refused("no_reason", lambda: close_need(need, reason=" ", by=make_actor()))


def test_close_closed_need_is_refused() -> None:
    need = a_need(state=NeedState.CLOSED)
    refused("no_such_step", lambda: close_need(need, reason="twice", by=make_actor()))


def test_expire_needs_past_their_day_alone() -> None:
    today = timezone.localdate()
    over, ends_today = a_need(valid_to=today - timedelta(days=1)), a_need(valid_to=today)
    assert expire_needs(COUNTY, on=today) == 1
    assert [Need.objects.get(pk=need.pk).state for need in (over, ends_today)] == ["expired", "open"]
    assert NeedStep.objects.get().reason == TIME_IS_OVER


def test_expire_leaves_a_need_for_which_something_is_promised() -> None:
    today = timezone.localdate()
    need = reserve_units(a_need(valid_to=today - timedelta(days=1), required=2), 1)
    assert (expire_needs(COUNTY, on=today), Need.objects.get().state) == (0, "open")
    release_units(need, 1)
    assert expire_needs(COUNTY, on=today) == 1


@pytest.mark.parametrize("state", [NeedState.CLOSED, NeedState.EXPIRED])
def test_take_back_of_a_need_that_stands_no_more_leaves_its_state(state: NeedState) -> None:
    need, source = a_need(required=2), ("test", uuid7())
    aid = Aid(domain=need.domain, on=timezone.localdate(), source=source)
    deliver_units(need, 1, reserved=False, aid=aid, by=make_actor())
    Need.objects.update(state=state)
    take_back_units(need, 1, source=source, by=make_actor(), reason="came back")
    need.refresh_from_db()
    assert (need.state, need.delivered, need.reserved) == (state, 0, 0)
    assert AidRecord.objects.get().taken_back_at is not None


def test_household_left_closes_its_needs() -> None:
    need = a_need()
    home = need.household
    home.state, home.left_reason = HouseholdState.LEFT, "moved"
    home.save()
    households_changed.send(sender=None, county=COUNTY, household_ids=[home.pk])
    assert Need.objects.get(pk=need.pk).state == NeedState.CLOSED
    assert NeedStep.objects.get().reason == HAS_LEFT


def test_return_of_a_person_takes_up_the_needs_her_leaving_closed() -> None:
    need = a_need(domain=Domain.JOB)
    by_hand = a_need(need.person, domain=Domain.HEALTH)
    close_need(by_hand, reason="تأمین شد", by=make_actor(Role.SOCIAL_WORKER))
    worker = make_actor(Role.SOCIAL_WORKER)
    left = leave_household(person_of(need), why=PersonLeft.MOVED, on=timezone.localdate(), reason="رفت", by=worker)
    return_to_household(left, reason="اشتباه بود", by=worker)
    states = dict(Need.objects.values_list("domain", "state"))
    assert states == {Domain.JOB: NeedState.OPEN, Domain.HEALTH: NeedState.CLOSED}
    assert steps(need) == [("open", "closed"), ("closed", "open")]


def test_return_of_a_file_leaves_a_need_closed_that_stands_anew() -> None:
    need = a_need(domain=Domain.HOUSING)
    worker = make_actor(Role.SOCIAL_WORKER)
    home = leave_file(need.household, why=HouseholdLeft.SELF_RELIANT, reason="خودکفا شد", by=worker)
    a_need(home, domain=Domain.HOUSING)
    return_to_file(home, reason="اشتباه بود", by=worker)
    assert Need.objects.get(pk=need.pk).state == NeedState.CLOSED


def test_assess_of_a_closed_file_is_refused() -> None:
    person = a_head(household=a_household(state=HouseholdState.LEFT, left_on=timezone.localdate(), left_reason="moved"))
    by = make_actor(Role.SOCIAL_WORKER)
    refused(
        "household_left",
        lambda: assess(person.household, details=AssessmentDetails(), findings=[finding(person)], by=by),
    )


def test_person_moved_takes_her_needs_along() -> None:
    person, other = a_head(), a_household()
    need = a_need(person)
    move_person(person, to=other, reason="ازدواج", by=make_actor(Role.COUNTY_HEAD))
    assert Need.objects.get(pk=need.pk).household_id == other.pk


def finding(person: Any, severity: int = 4, domain: str = "job") -> DomainFinding:
    return DomainFinding(domain=domain, severity=severity, person=person)


def test_assess_as_worker_makes_assessed_need_with_its_source() -> None:
    person = a_head()
    details = AssessmentDetails(source=Source.HOME_VISIT, note="سقف خانه چکه می‌کند")
    done = assess(person.household, details=details, findings=[finding(person)], by=make_actor())
    need = Need.objects.get(assessment=done)
    assert (need.state, need.severity, need.source, need.person_id) == ("assessed", 4, "home_visit", person.pk)
    assert done.score == need.score_base
    assert done.note == "سقف خانه چکه می‌کند"


def test_assess_as_head_opens_at_once() -> None:
    person = a_head()
    assess(person.household, details=AssessmentDetails(), findings=[finding(person)], by=make_actor(Role.COUNTY_HEAD))
    assert Need.objects.get().state == NeedState.OPEN


def test_assess_standing_need_renews_it() -> None:
    need = a_need(severity=2, valid_to=timezone.localdate())
    assess(need.household, details=AssessmentDetails(), findings=[finding(need.person, 5)], by=make_actor())
    after = Need.objects.get()
    assert (after.pk, after.state, after.severity) == (need.pk, "open", 5)
    assert after.valid_to == timezone.localdate() + timedelta(days=365)


def test_assess_expired_need_takes_it_up_again() -> None:
    need = a_need(state=NeedState.EXPIRED, valid_to=timezone.localdate() - timedelta(days=3))
    assess(
        need.household, details=AssessmentDetails(), findings=[finding(need.person)], by=make_actor(Role.COUNTY_HEAD)
    )
    assert Need.objects.get().state == NeedState.OPEN
    assert steps(need) == [("expired", "assessed"), ("assessed", "approved"), ("approved", "open")]


def test_assess_draft_beside_standing_one_renews_the_standing_one() -> None:
    draft = a_need(state=NeedState.DRAFT)
    standing = a_need(draft.person)
    by = make_actor(Role.COUNTY_HEAD)
    assess(draft.household, details=AssessmentDetails(), findings=[finding(draft.person, 5)], by=by)
    assert Need.objects.get(pk=standing.pk).severity == 5
    assert Need.objects.get(pk=draft.pk).state == NeedState.DRAFT


def test_assess_nothing_is_refused() -> None:
    home = a_household()
    refused("nothing_found", lambda: assess(home, details=AssessmentDetails(), findings=[], by=make_actor()))
