"""Users and duties: what an administrator does, and what nobody may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.commands.demo import PASSWORD as DEMO_PASSWORD, make_demo_users
from hamafza.accounts.commands.duties import end_duty, give_duty
from hamafza.accounts.commands.organizations import OrganizationFacts, add_organization, edit_organization
from hamafza.accounts.commands.passwords import reset_password
from hamafza.accounts.commands.users import NewUser, add_user, edit_user, switch_off_user, switch_on_user
from hamafza.accounts.models import Duty, Organization, User
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.queries.people import organizations, users
from hamafza.accounts.tests.factories import (
    PASSWORD,
    SINCE,
    SignedIn,
    give,
    make_actor,
    make_organization,
    make_user,
    make_worker,
)
from hamafza.accounts.tests.queries import query_count
from hamafza.core.errors import Refusal
from hamafza.places.models import COUNTRY_CODE
from hamafza.places.tests.factories import COUNTY, PROVINCE, SHARIFABAD, SISTER_COUNTY

pytestmark = pytest.mark.usefixtures("places")
USERS = reverse("accounts:user-list")


def record(user: User) -> str:
    return reverse("accounts:user-record", args=[user.pk])


# --- commands ---


def test_add_user_may_do_nothing_and_gets_a_temporary_password() -> None:
    user, password = add_user(NewUser(" M.Rezaei ", "مريم رضايي"), by=make_actor(Role.NATIONAL_ADMIN))
    assert (user.username, user.full_name, user.must_change_password) == ("m.rezaei", "مریم رضایی", True)
    assert user.check_password(password)
    assert actor_for(user).duties == ()


@pytest.mark.parametrize(
    ("username", "name", "code"),
    [
        ("ab", "مریم", "bad_username"),
        ("مریم", "مریم", "bad_username"),
        ("9maryam", "مریم", "bad_username"),
        ("taken", "مریم", "username_taken"),
        ("TAKEN", "مریم", "username_taken"),
        ("maryam", " ", "no_name"),
    ],
)
def test_add_user_with_a_fault_is_refused(username: str, name: str, code: str) -> None:
    make_user("taken")
    with pytest.raises(Refusal) as refusal:
        add_user(NewUser(username, name), by=make_actor(Role.NATIONAL_ADMIN))
    assert refusal.value.code == code


def test_mobile_is_kept_in_one_form_or_refused() -> None:
    by = make_actor(Role.NATIONAL_ADMIN)
    user, _password = add_user(NewUser("maryam", "مریم", mobile="+98 912 111 2233"), by=by)
    assert User.objects.get(pk=user.pk).mobile == "09121112233"
    said: dict[str, Any] = {"full_name": "مریم", "organization": None, "language": "fa"}
    assert edit_user(user, **said, mobile="۰۹۱۲۱۱۱۲۲۴۴", by=by).mobile == "09121112244"
    assert edit_user(user, **said, mobile="", by=by).mobile == ""
    with pytest.raises(Refusal) as refusal:
        edit_user(user, **said, mobile="۱۲۳", by=by)
    assert (refusal.value.code, refusal.value.field) == ("bad_mobile", "mobile")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.NATIONAL_ADMIN}))
def test_every_other_role_may_not_keep_users(role: Role) -> None:
    user, actor = make_worker(), make_actor(role)
    refused: list[Callable[[], object]] = [
        lambda: add_user(NewUser("maryam", "مریم"), by=actor),
        lambda: edit_user(user, full_name="x", organization=None, language="fa", by=actor),
        lambda: switch_off_user(user, by=actor),
        lambda: switch_on_user(user, by=actor),
        lambda: reset_password(user, by=actor),
        lambda: give_duty(user, role=Role.AUDITOR, place=COUNTY, valid_from=timezone.localdate(), by=actor),
        lambda: end_duty(user.duties.get(), by=actor),
        lambda: add_organization(OrganizationFacts(OrganizationKind.CHARITY, "x", COUNTY), by=actor),
    ]
    for act in refused:
        with pytest.raises(PermissionDenied):
            act()


def test_nobody_gives_herself_a_duty_ends_her_own_or_switches_herself_off() -> None:
    user = make_worker(Role.NATIONAL_ADMIN)
    actor = actor_for(user)
    acts: list[Callable[[], object]] = [
        lambda: give_duty(user, role=Role.COUNTY_HEAD, place=COUNTY, valid_from=timezone.localdate(), by=actor),
        lambda: give_duty(user, role=Role.DISTRICT_GOVERNOR, place=SHARIFABAD, valid_from=SINCE, by=actor),
        lambda: end_duty(user.duties.get(), by=actor),
        lambda: switch_off_user(user, by=actor),
        lambda: reset_password(user, by=actor),
    ]
    codes = []
    for act in acts:
        with pytest.raises(Refusal) as refusal:
            act()
        codes.append(refusal.value.code)
    assert codes == ["self", "self", "self", "self", "own_password"]
    assert Duty.objects.filter(user=user).count() == 1


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.NATIONAL_ADMIN, COUNTY),
        (Role.PROVINCE_DIRECTOR, COUNTY),
        (Role.SOCIAL_WORKER, PROVINCE),
        (Role.COUNTY_HEAD, COUNTRY_CODE),
        (Role.SOCIAL_WORKER, SHARIFABAD),
        (Role.DISTRICT_GOVERNOR, COUNTY),
        (Role.DISTRICT_GOVERNOR, PROVINCE),
        (Role.DISTRICT_GOVERNOR, "2313012490"),
        (Role.SOCIAL_WORKER, "9999"),
        ("boss", COUNTY),
    ],
)
def test_give_duty_at_a_place_the_role_is_not_held_is_refused(role: str, place: str) -> None:
    with pytest.raises(Refusal) as refusal:
        give_duty(
            make_user(),
            role=role,
            place=place,
            valid_from=timezone.localdate(),
            by=make_actor(Role.NATIONAL_ADMIN),
        )
    assert refusal.value.code == "wrong_place"


def test_give_duty_twice_at_once_is_refused_and_after_its_end_is_not() -> None:
    user, by, today = make_user(), make_actor(Role.NATIONAL_ADMIN), timezone.localdate()
    duty = give_duty(user, role=Role.SOCIAL_WORKER, place=COUNTY, valid_from=today, by=by)
    with pytest.raises(Refusal) as refusal:
        give_duty(user, role=Role.SOCIAL_WORKER, place=COUNTY, valid_from=today, by=by)
    end_duty(duty, by=by)
    give_duty(user, role=Role.SOCIAL_WORKER, place=COUNTY, valid_from=today, by=by)
    assert refusal.value.code == "held"
    assert [held.place for held in actor_for(user).duties] == [COUNTY]
    assert duty.given_by_id == by.user_id


def test_make_demo_users_gives_one_for_each_role_and_again_adds_nothing() -> None:
    people = make_demo_users(COUNTY)
    again = make_demo_users(COUNTY)
    assert people == again
    assert set(Duty.objects.values_list("role", flat=True)) == set(Role)
    assert User.objects.count() == len(Role)
    assert User.objects.get(username="madadkar").check_password(DEMO_PASSWORD)
    assert Organization.objects.count() == 6


def test_edit_organization_to_a_name_taken_at_the_place_is_refused_elsewhere_not() -> None:
    by = make_actor(Role.NATIONAL_ADMIN)
    first = add_organization(OrganizationFacts(OrganizationKind.CHARITY, "خیریه مهر", COUNTY), by=by)
    add_organization(OrganizationFacts(OrganizationKind.CHARITY, "خيريه‌ مهر", SISTER_COUNTY), by=by)
    second = add_organization(OrganizationFacts(OrganizationKind.CHARITY, "خیریه نور", COUNTY), by=by)
    with pytest.raises(Refusal) as refusal:
        edit_organization(second, OrganizationFacts(OrganizationKind.CHARITY, "خيريه مهر", COUNTY), by=by)
    same = edit_organization(first, OrganizationFacts(OrganizationKind.GROUP, "خیریه مهر", COUNTY), by=by)
    assert (refusal.value.code, same.kind) == ("name_taken", OrganizationKind.GROUP)


# --- queries ---


def test_users_are_found_however_the_name_is_spelt_and_sorted_in_persian_order() -> None:
    for username, name in (("p", "پروین کاظمی"), ("b", "بابک عليزاده"), ("a", "آرش علی‌زاده")):
        make_user(username, full_name=name)
    assert [user.username for user in users(text="علی زاده")] == ["a", "b"]
    assert [user.username for user in users(text="كاظمي")] == ["p"]
    assert [user.username for user in users()] == ["a", "b", "p"]


def test_users_by_role_leave_out_duties_that_ended() -> None:
    kept, ended = make_worker(), make_worker()
    Duty.objects.filter(user=ended).update(ended_at=timezone.now())
    assert list(users(role=Role.SOCIAL_WORKER)) == [kept]


def test_organizations_are_found_by_kind_and_name() -> None:
    make_organization("خیریه مهر", kind=OrganizationKind.CHARITY)
    office = make_organization("اداره بهزیستی")
    assert list(organizations(text="بهزيستي")) == [office]
    assert list(organizations(kind=OrganizationKind.WELFARE_OFFICE)) == [office]


# --- pages ---


def test_user_pages_work_for_the_administrator(administrator: Client) -> None:
    user = make_worker(full_name="لیلا محمدی")
    give(user, Role.COUNTY_HEAD, SISTER_COUNTY)
    pages = [
        USERS,
        record(user),
        f"{record(user)}edit/",
        f"{record(user)}duties/give/",
        reverse("accounts:user-create"),
    ]
    answers = [administrator.get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [200] * len(pages)
    assert "لیلا محمدی" in answers[0].content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.NATIONAL_ADMIN}))
def test_user_pages_are_not_there_for_another_role(signed_in: SignedIn, role: Role) -> None:
    client, user = signed_in(role), make_worker()
    pages = [
        USERS,
        record(user),
        f"{record(user)}edit/",
        f"{record(user)}duties/give/",
        reverse("accounts:user-create"),
        reverse("accounts:organization-list"),
        reverse("accounts:organization-create"),
        reverse("accounts:organization-edit", args=[make_organization().pk]),
        reverse("accounts:place-list"),
        reverse("accounts:place-record", args=[COUNTY]),
        reverse("accounts:place-create", args=[COUNTY]),
        reverse("accounts:place-rename", args=[COUNTY]),
        reverse("accounts:place-end", args=[COUNTY]),
    ]
    assert [client.get(page).status_code for page in pages] == [404] * len(pages)
    acts = ["password/", "switch-off/", "switch-on/", f"duties/{user.duties.get().pk}/end/"]
    assert [client.post(record(user) + act).status_code for act in acts] == [404] * len(acts)


def test_user_actions_by_get_are_refused(administrator: Client) -> None:
    user = make_worker()
    acts = ["password/", "switch-off/", "switch-on/", f"duties/{user.duties.get().pk}/end/"]
    assert [administrator.get(record(user) + act).status_code for act in acts] == [405] * len(acts)


def test_user_of_no_such_id_is_not_there(administrator: Client) -> None:
    assert administrator.get(reverse("accounts:user-record", args=[uuid4()])).status_code == 404


def test_user_list_asks_as_often_for_three_users_as_for_one(administrator: Client) -> None:
    one = query_count(administrator, USERS)
    make_worker(organization=make_organization())
    make_worker(Role.PROVINCE_DIRECTOR)
    assert query_count(administrator, USERS) == one
    assert one <= 15


def test_user_record_asks_as_often_for_three_duties_as_for_one(administrator: Client) -> None:
    user = make_worker()
    one = query_count(administrator, record(user))
    give(user, Role.AUDITOR, PROVINCE)
    give(user, Role.GOVERNOR_OFFICE, SISTER_COUNTY)
    assert query_count(administrator, record(user)) == one


def test_user_list_goes_on_after_fifty(administrator: Client) -> None:
    User.objects.bulk_create(
        User(username=f"u{number}", full_name="x", sort_key=f"k{number:03} 1") for number in range(60)
    )
    first = administrator.get(USERS)
    second = administrator.get(USERS + first.context["more_url"])
    shown = [*first.context["rows"], *second.context["rows"]]
    assert (len(first.context["rows"]), len(shown), second.context["more_url"]) == (50, 61, "")
    assert len({user.pk for user in shown}) == 61


def test_add_user_page_shows_the_password_once(administrator: Client) -> None:
    response = administrator.post(
        reverse("accounts:user-create"), {"full_name": "لیلا محمدی", "username": "leila", "language": "fa"}
    )
    user, password = User.objects.get(username="leila"), response.context["password"]
    assert user.check_password(password)
    assert password in response.content.decode()
    assert password not in administrator.get(record(user)).content.decode()


def test_add_user_page_with_a_fault_keeps_what_was_typed(administrator: Client) -> None:
    make_user("leila")
    response = administrator.post(
        reverse("accounts:user-create"), {"full_name": "لیلا محمدی", "username": "leila", "language": "fa"}
    )
    assert response.status_code == 422
    assert "لیلا محمدی" in response.content.decode()
    assert set(response.context["form"].errors) == {"username"}


def test_edit_user_page_changes_name_and_organisation(administrator: Client) -> None:
    user, body = make_user(), make_organization()
    administrator.post(
        f"{record(user)}edit/", {"full_name": "زهره نادری", "organization": str(body.pk), "language": "en"}
    )
    user.refresh_from_db()
    assert (user.full_name, user.organization, user.language) == ("زهره نادری", body, "en")


def test_reset_password_page_ends_sessions_and_asks_for_a_new_one(administrator: Client) -> None:
    user = make_user("leila", password=PASSWORD)
    theirs = Client()
    theirs.post(reverse("accounts:sign-in"), {"username": "leila", "password": PASSWORD})
    password = administrator.post(f"{record(user)}password/").context["password"]
    assert theirs.get(reverse("accounts:sessions")).status_code == 302
    response = theirs.post(reverse("accounts:sign-in"), {"username": "leila", "password": password})
    assert response.url == reverse("accounts:password-change")


def test_switch_on_page_lets_the_user_in_again(administrator: Client) -> None:
    user = make_user("leila", password=PASSWORD, is_active=False)
    administrator.post(f"{record(user)}switch-on/")
    response = Client().post(reverse("accounts:sign-in"), {"username": "leila", "password": PASSWORD})
    assert response.status_code == 302


def test_give_duty_page_gives_it(administrator: Client) -> None:
    user = make_user()
    response = administrator.post(
        f"{record(user)}duties/give/", {"role": Role.SOCIAL_WORKER, "place": COUNTY, "valid_from": "۱۴۰۴/۱/۱"}
    )
    duty = user.duties.get()
    assert (response.status_code, duty.given_by) == (302, administrator.user)


def test_give_duty_page_with_a_wrong_place_says_so(administrator: Client) -> None:
    user = make_user()
    response = administrator.post(
        f"{record(user)}duties/give/", {"role": Role.SOCIAL_WORKER, "place": PROVINCE, "valid_from": "1404/1/1"}
    )
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"place"})


def test_duty_of_a_district_governor_is_given_at_a_district_and_shown_with_it(administrator: Client) -> None:
    user = make_user()
    url, said = f"{record(user)}duties/give/", {"role": Role.DISTRICT_GOVERNOR, "valid_from": "۱۴۰۴/۱/۱"}
    assert "پاکدشت - بخش شریف‌آباد" in administrator.get(url).text
    wrong = administrator.post(url, {**said, "place": COUNTY})
    assert (wrong.status_code, "محلی از این گونه انتخاب کنید: بخش." in wrong.text) == (422, True)
    assert administrator.post(url, {**said, "place": SHARIFABAD}).status_code == 302
    for page in (record(user), USERS):
        shown = administrator.get(page).text
        assert "بخشدار" in shown
        assert "بخش شریف‌آباد" in shown


def test_own_duties_are_not_offered_to_oneself(administrator: Client) -> None:
    own = administrator.user
    page = administrator.get(record(own)).content.decode()
    assert reverse("accounts:duty-give", args=[own.pk]) not in page
    assert reverse("accounts:duty-end", args=[own.pk, own.duties.get().pk]) not in page
    assert administrator.get(f"{record(own)}duties/give/").status_code == 404


def test_organization_pages_add_and_edit(administrator: Client) -> None:
    facts = {"name_fa": "خیریه مهر", "kind": "charity", "place": COUNTY, "active": "on"}
    administrator.post(reverse("accounts:organization-create"), facts)
    body = Organization.objects.get()
    edit = reverse("accounts:organization-edit", args=[body.pk])
    assert administrator.get(edit).status_code == 200
    bad = administrator.post(edit, {**facts, "national_org_id": "123"})
    administrator.post(edit, {**facts, "name_fa": "خیریه مهر پاکدشت", "national_org_id": "۱۰۱۰۰۰۰۰۰۰۱"})
    body.refresh_from_db()
    assert bad.status_code == 422
    assert (body.name_fa, body.national_org_id) == ("خیریه مهر پاکدشت", "10100000001")


def test_organization_list_asks_as_often_for_three_as_for_one(administrator: Client) -> None:
    bodies = reverse("accounts:organization-list")
    make_organization("یک")
    one = query_count(administrator, bodies)
    make_organization("دو")
    make_organization("سه", place=SISTER_COUNTY)
    assert query_count(administrator, bodies) == one
