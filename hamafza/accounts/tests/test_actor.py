"""Actors: duties of today, the counties they cover, and what they may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hamafza.accounts.actor import NOBODY
from hamafza.accounts.choices import Permission, Role
from hamafza.accounts.guard import admit, require, require_row
from hamafza.accounts.models import Duty
from hamafza.accounts.queries.actors import actor_for, actor_named, system_actor
from hamafza.accounts.rules import PERMISSIONS, PLATFORM, is_place_of_role
from hamafza.accounts.tests.factories import SignedIn, give, make_actor, make_user, make_worker
from hamafza.core.errors import Refusal
from hamafza.core.session import CLOSED, current_scope, scope_of
from hamafza.places.choices import PlaceKind
from hamafza.places.models import COUNTRY_CODE, Place
from hamafza.places.tests.factories import (
    CENTRAL,
    COUNTY,
    FAR_COUNTY,
    FAR_SISTER_COUNTY,
    PROVINCE,
    SHARIFABAD,
    SISTER_COUNTY,
)

pytestmark = pytest.mark.usefixtures("places")


@pytest.mark.parametrize(
    ("role", "place", "counties"),
    [
        (Role.SOCIAL_WORKER, COUNTY, {COUNTY}),
        (Role.DISTRICT_GOVERNOR, SHARIFABAD, {COUNTY}),
        (Role.PROVINCE_DIRECTOR, PROVINCE, {COUNTY, SISTER_COUNTY}),
        (Role.AUDITOR, COUNTRY_CODE, {COUNTY, SISTER_COUNTY, FAR_COUNTY, FAR_SISTER_COUNTY}),
    ],
)
def test_duty_covers_the_counties_of_its_place(role: Role, place: str, counties: set[str]) -> None:
    user = make_user()
    give(user, role, place)
    assert {duty.counties for duty in actor_for(user).duties} == {frozenset(counties)}


@pytest.mark.parametrize("permission", Permission)
def test_duty_at_a_district_opens_what_its_role_grants_in_its_county_and_nothing_else(permission: Permission) -> None:
    actor = make_actor(Role.DISTRICT_GOVERNOR, SHARIFABAD)
    granted = permission in PERMISSIONS[Role.DISTRICT_GOVERNOR]
    assert actor.counties_with(permission) == actor.places_with(permission) == ({COUNTY} if granted else set())
    assert actor.districts_with(permission, COUNTY) == frozenset({SHARIFABAD} if granted else ())
    assert actor.reaches(permission, COUNTY, SHARIFABAD) == actor.may(permission, COUNTY) == granted
    for elsewhere in (CENTRAL, None):
        assert not actor.reaches(permission, COUNTY, elsewhere)
    for place in (SISTER_COUNTY, SHARIFABAD, CENTRAL, PROVINCE, COUNTRY_CODE):
        assert not actor.may(permission, place)
        assert actor.districts_with(permission, place) == frozenset()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DISTRICT_GOVERNOR}))
def test_another_role_written_at_a_district_opens_no_county(role: Role) -> None:
    user = make_user()
    give(user, role, SHARIFABAD)
    actor = actor_for(user)
    for permission in PERMISSIONS[role]:
        assert actor.counties_with(permission) == frozenset()
        assert not actor.may(permission, COUNTY)
        assert actor.districts_with(permission, COUNTY) == frozenset()


def test_role_of_a_district_is_held_at_a_district_alone() -> None:
    held = {(role, kind) for role in Role for kind in PlaceKind if is_place_of_role(role, kind)}
    assert {role for role, kind in held if kind == PlaceKind.DISTRICT} == {Role.DISTRICT_GOVERNOR}
    assert {kind for role, kind in held if role == Role.DISTRICT_GOVERNOR} == {PlaceKind.DISTRICT}


def test_duties_at_two_districts_reach_both_and_one_at_the_county_reaches_all() -> None:
    user, ask = make_worker(Role.DISTRICT_GOVERNOR, SHARIFABAD), Permission.ASK_ABOUT_NEEDS
    give(user, Role.DISTRICT_GOVERNOR, CENTRAL)
    assert actor_for(user).districts_with(ask, COUNTY) == frozenset({SHARIFABAD, CENTRAL})
    give(user, Role.GOVERNOR_OFFICE, COUNTY)
    actor = actor_for(user)
    assert actor.districts_with(ask, COUNTY) is None
    assert actor.reaches(ask, COUNTY, None)


def test_row_of_another_district_is_refused_and_the_system_does_what_it_was_started_for() -> None:
    actor, ask = make_actor(Role.DISTRICT_GOVERNOR, SHARIFABAD), Permission.ASK_ABOUT_NEEDS
    require_row(actor, ask, county=COUNTY, district=SHARIFABAD)
    require_row(system_actor("test"), ask, county=COUNTY, district=None)
    for asker, district in ((actor, CENTRAL), (actor, None), (NOBODY, SHARIFABAD)):
        with pytest.raises(PermissionDenied):
            require_row(asker, ask, county=COUNTY, district=district)


def test_actor_holds_each_permission_only_where_a_duty_grants_it() -> None:
    user = make_worker(Role.SOCIAL_WORKER, COUNTY)
    give(user, Role.GOVERNOR_OFFICE, FAR_COUNTY)
    actor = actor_for(user)
    assert actor.counties_with(Permission.SEE_CLIENTS) == {COUNTY}
    assert actor.counties_with(Permission.SEE_BOARD) == {COUNTY, FAR_COUNTY}
    assert not actor.may(Permission.SEE_CLIENTS, FAR_COUNTY)


@pytest.mark.parametrize(("since", "until", "held"), [(-1, None, 1), (0, 0, 1), (1, None, 0), (-9, -1, 0)], ids=str)
def test_duty_counts_from_its_first_to_its_last_day(since: int, until: int | None, held: int) -> None:
    user, today = make_user(), timezone.localdate()
    last = None if until is None else today + timedelta(days=until)
    give(user, Role.SOCIAL_WORKER, COUNTY, since=today + timedelta(days=since), until=last)
    assert len(actor_for(user).duties) == held


@pytest.mark.parametrize(("places_of_duty", "asked"), [((COUNTY,), 1), ((COUNTY, SISTER_COUNTY, PROVINCE), 2)])
def test_actor_takes_at_most_two_queries(places_of_duty: tuple[str, ...], asked: int) -> None:
    user = make_user()
    for place in places_of_duty:
        give(user, Role.AUDITOR, place)
    with CaptureQueriesContext(connection) as found:
        actor_for(user)
    assert len(found) == asked


def test_every_role_has_its_permissions_and_the_administrator_sees_no_client() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert PERMISSIONS[Role.NATIONAL_ADMIN] == PLATFORM


def test_admit_to_keep_the_platform_opens_no_county() -> None:
    request = RequestFactory().get("/")
    request.actor = make_actor(Role.NATIONAL_ADMIN)
    with scope_of(CLOSED):
        admit(request, Permission.MANAGE_USERS)
        assert current_scope() == CLOSED


def test_require_without_a_county_is_refused_for_permissions_that_belong_to_one() -> None:
    with pytest.raises(PermissionDenied):
        require(make_actor(Role.COUNTY_HEAD), Permission.EDIT_CLIENTS, place=None)


def test_actor_named_finds_who_may_sign_in() -> None:
    user = make_worker(username="m.rezaei")
    assert actor_named(" M.Rezaei ").user_id == user.pk


@pytest.mark.parametrize("name", ["nobody", "off"])
def test_actor_named_nobody_is_refused(name: str) -> None:
    make_user("off", is_active=False)
    with pytest.raises(Refusal, match=name):
        actor_named(name)


def test_system_actor_is_shown_by_its_name() -> None:
    assert system_actor("import").label == "system:import"


def test_duty_given_to_oneself_is_refused_by_the_database() -> None:
    user = make_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(user=user, given_by=user, role=Role.AUDITOR, place_id=COUNTY, valid_from=date(2025, 1, 1))


def test_duty_of_an_unknown_role_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        give(make_user(), "boss", COUNTY)  # type: ignore[arg-type]


def test_duty_that_ends_before_it_begins_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        give(make_user(), Role.AUDITOR, COUNTY, since=date(2025, 1, 2), until=date(2025, 1, 1))


def test_duty_ended_in_one_session_is_gone_at_the_next_request_of_another(signed_in: SignedIn) -> None:
    administrator, colleague = signed_in(Role.NATIONAL_ADMIN), signed_in(Role.NATIONAL_ADMIN)
    users = reverse("accounts:user-list")
    assert colleague.get(users).status_code == 200
    duty = colleague.user.duties.get()
    administrator.post(reverse("accounts:duty-end", args=[colleague.user.pk, duty.pk]))
    assert colleague.get(users).status_code == 404


def test_user_switched_off_in_one_session_is_out_at_the_next_request_of_another(
    signed_in: SignedIn, places: dict[str, Place]
) -> None:
    administrator, worker = signed_in(Role.NATIONAL_ADMIN), signed_in(Role.SOCIAL_WORKER)
    sessions = reverse("accounts:sessions")
    assert worker.get(sessions).status_code == 200
    administrator.post(reverse("accounts:user-switch-off", args=[worker.user.pk]))
    assert worker.get(sessions).status_code == 302
    assert Client().get(sessions).status_code == 302
