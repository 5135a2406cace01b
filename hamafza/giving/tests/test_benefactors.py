"""Benefactors: registered once, found however spelt, sealed where it matters, and their own sign-in."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Role
from hamafza.accounts.commands.giving_users import add_giver, renew_giver
from hamafza.accounts.models import Duty, User
from hamafza.accounts.queries.actors import actor_for
from hamafza.accounts.tests.factories import give, make_actor, make_worker
from hamafza.audit.models import ReadEntry
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.giving.choices import Attribution, BenefactorKind
from hamafza.giving.commands.benefactors import (
    BenefactorDetails,
    edit_benefactor,
    link_user,
    register_benefactor,
    renew_sign_in,
    reveal_field,
    switch_off_benefactor,
    switch_on_benefactor,
)
from hamafza.giving.commands.demo import make_demo_giving
from hamafza.giving.models import Benefactor
from hamafza.giving.queries.benefactors import find_benefactors, maybe_on_file
from hamafza.giving.tests.factories_benefactor import a_benefactor, a_giver
from hamafza.notices.models import Message
from hamafza.places.models import Place
from hamafza.places.tests.factories import FAR_COUNTY
from hamafza.registry.tests.factories import identity_number

pytestmark = pytest.mark.django_db

MOBILE = "09121234567"
NUMBER = identity_number(7)


@pytest.fixture
def officer(county: Place) -> Actor:
    return make_actor(Role.GIVING_OFFICER)


def details(**fields: object) -> BenefactorDetails:
    return BenefactorDetails(**{"name": "حاج علی‌اکبر کاظمی‌نژاد", **fields})  # type: ignore[arg-type]


def test_register_benefactor_is_anonymous_to_the_public_unless_said_otherwise(county: Place, officer: Actor) -> None:
    kept = register_benefactor(county.pk, details=details(mobile="۰۹۱۲ ۱۲۳ ۴۵۶۷"), by=officer)
    assert (kept.attribution, kept.mobile, kept.created_by_id) == (Attribution.ANONYMOUS, MOBILE, officer.user_id)


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.COUNTY_HEAD, Role.ACCOUNTANT, Role.BENEFACTOR])
def test_register_benefactor_by_another_role_is_refused(county: Place, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        register_benefactor(county.pk, details=details(), by=make_actor(role))


def test_register_benefactor_of_another_county_is_refused(county: Place) -> None:
    with pytest.raises(PermissionDenied):
        register_benefactor(FAR_COUNTY, details=details(), by=make_actor(Role.GIVING_OFFICER))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": "  "}, "no_name"),
        ({"kind": "king"}, "no_kind"),
        ({"identity_number": "1234567890"}, "bad_identity_number"),
        ({"identity_number": "10101010101"}, "bad_identity_number"),
        ({"mobile": "123"}, "bad_mobile"),
        ({"attribution": Attribution.NICKNAME}, "no_name"),
        ({"attribution": "loud"}, "no_attribution"),
        ({"may_message": True}, "no_address"),
    ],
)
def test_register_benefactor_with_a_wrong_field_is_refused(
    county: Place, officer: Actor, fields: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        register_benefactor(county.pk, details=details(**fields), by=officer)
    assert refused.value.code == code


def test_register_company_takes_the_number_of_a_body(county: Place, officer: Actor) -> None:
    said = details(kind=BenefactorKind.COMPANY, identity_number="۱۰۱۰۱۰۱۰۱۰۱")
    assert register_benefactor(county.pk, details=said, by=officer).identity_number == "10101010101"


def test_register_benefactor_of_an_identity_number_on_file_is_refused(county: Place, officer: Actor) -> None:
    a_benefactor(identity_number=NUMBER)
    with pytest.raises(Refusal) as refused:
        register_benefactor(county.pk, details=details(identity_number=NUMBER), by=officer, another=True)
    assert (refused.value.code, refused.value.field) == ("identity_on_file", "identity_number")


@pytest.mark.parametrize(
    ("on_file", "typed"),
    [
        ({"name": "علي اكبر كاظمي نژاد"}, {}),
        ({"name": "علی‌اکبر کاضمی‌نژاد"}, {}),
        ({"name": "زهرا صالحی", "mobile": MOBILE}, {"mobile": "+989121234567"}),
    ],
)
def test_register_benefactor_like_one_on_file_asks_first(
    county: Place, officer: Actor, on_file: dict[str, str], typed: dict[str, str]
) -> None:
    a_benefactor(**on_file)
    with pytest.raises(Refusal) as refused:
        register_benefactor(county.pk, details=details(**typed), by=officer)
    assert refused.value.code == "maybe_on_file"
    assert register_benefactor(county.pk, details=details(**typed), by=officer, another=True).pk


def test_maybe_on_file_in_another_county_shows_nothing(county: Place) -> None:
    a_benefactor("علی‌اکبر کاظمی‌نژاد", county=FAR_COUNTY, mobile=MOBILE, identity_number=NUMBER)
    found = maybe_on_file(county.pk, identity_number=NUMBER, mobile=MOBILE, name="علی‌اکبر کاظمی‌نژاد")
    assert not found


@pytest.mark.parametrize("text", ["كاظمي نژاد", "کاظمی‌نژاد", "علی اکبر", "09121234567", "۰۹۱۲۱۲۳۴۵۶۷", NUMBER])
def test_find_benefactors_however_spelt_or_by_number(county: Place, text: str) -> None:
    wanted = a_benefactor("علی‌اکبر کاظمی‌نژاد", mobile=MOBILE, identity_number=NUMBER)
    a_benefactor("زهرا صالحی", mobile="09351112233")
    assert find_benefactors(county.pk, text) == [wanted]


@pytest.mark.parametrize("text", ["", "!!!", "0912", "00000"])
def test_find_benefactors_by_nothing_or_half_a_number_finds_nobody(county: Place, text: str) -> None:
    a_benefactor(mobile=MOBILE)
    assert find_benefactors(county.pk, text) == []


def test_edit_benefactor_of_an_older_version_is_refused_and_overwrites_nothing(county: Place, officer: Actor) -> None:
    kept = a_benefactor("زهرا صالحی")
    edit_benefactor(kept, details=details(name="زهرا صالحی فرد"), by=officer, version=1)
    with pytest.raises(StaleVersion):
        edit_benefactor(kept, details=details(name="زهرا صالحیان"), by=officer, version=1)
    assert Benefactor.objects.get().name == "زهرا صالحی فرد"


def test_edit_benefactor_to_the_identity_number_of_another_is_refused(county: Place, officer: Actor) -> None:
    a_benefactor(identity_number=NUMBER)
    other = a_benefactor("زهرا صالحی")
    with pytest.raises(Refusal, match="نیکوکار"):
        edit_benefactor(other, details=details(identity_number=NUMBER), by=officer, version=1)


def test_reveal_field_with_a_reason_records_the_reading(county: Place, officer: Actor) -> None:
    kept = a_benefactor(mobile=MOBILE)
    assert reveal_field(kept, field="mobile", reason="تماس برای رسید", by=officer) == MOBILE
    [entry] = ReadEntry.objects.filter(subject_type="giving.benefactor")
    assert (entry.fields, entry.reason) == (["mobile"], "تماس برای رسید")


def test_reveal_field_without_a_reason_is_refused_and_records_nothing(county: Place, officer: Actor) -> None:
    kept = a_benefactor(mobile=MOBILE)
    with pytest.raises(Refusal):
        reveal_field(kept, field="mobile", reason=" ", by=officer)
    assert not ReadEntry.objects.filter(subject_type="giving.benefactor").exists()


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.COUNTY_HEAD, Role.SOCIAL_WORKER])
def test_reveal_field_by_another_role_is_refused(county: Place, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        reveal_field(a_benefactor(mobile=MOBILE), field="mobile", reason="چون", by=make_actor(role))


def test_link_user_gives_a_duty_and_a_password_that_must_be_changed(county: Place, officer: Actor) -> None:
    kept = a_benefactor("زهرا صالحی", mobile=MOBILE, may_message=True)
    user, password = link_user(kept, username="Zahra.S", by=officer)
    assert User.objects.get(pk=user.pk).check_password(password)
    assert (user.username, user.must_change_password, user.full_name) == ("zahra.s", True, "زهرا صالحی")
    duty = Duty.objects.get(user=user)
    assert (duty.role, duty.place_id, duty.given_by_id) == (Role.BENEFACTOR, county.pk, officer.user_id)
    message = Message.objects.get()
    assert (message.address, password in message.params) == (MOBILE, False)


@pytest.mark.parametrize(("username", "code"), [("ز", "bad_username"), ("taken.name", "username_taken")])
def test_link_user_of_a_wrong_or_taken_name_is_refused(county: Place, officer: Actor, username: str, code: str) -> None:
    make_worker(username="taken.name")
    with pytest.raises(Refusal) as refused:
        link_user(a_benefactor(), username=username, by=officer)
    assert refused.value.code == code
    assert not Duty.objects.filter(role=Role.BENEFACTOR).exists()


def test_link_user_of_one_who_has_a_sign_in_is_refused(county: Place, officer: Actor) -> None:
    kept, _user = a_giver()
    with pytest.raises(Refusal) as refused:
        link_user(kept, username="another", by=officer)
    assert refused.value.code == "has_user"


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.NATIONAL_ADMIN, Role.BENEFACTOR])
def test_link_user_by_another_role_is_refused(county: Place, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        link_user(a_benefactor(), username="zahra", by=make_actor(role))
    with pytest.raises(PermissionDenied):
        add_giver(username="zahra", full_name="زهرا", county=county.pk, by=make_actor(role))


def test_switch_off_ends_the_sign_in_and_renewing_gives_it_back(county: Place, officer: Actor) -> None:
    kept, user = a_giver()
    switch_off_benefactor(kept, by=officer)
    assert find_benefactors(county.pk, kept.name) == []
    assert actor_for(user).duties == ()
    switch_on_benefactor(kept, by=officer)
    _user, password = renew_sign_in(kept, by=officer)
    renewed = User.objects.get(pk=user.pk)
    assert (renewed.check_password(password), renewed.must_change_password) == (True, True)
    assert [duty.role for duty in actor_for(renewed).duties] == [Role.BENEFACTOR]


def test_renew_sign_in_of_a_colleague_who_gives_is_refused(county: Place, officer: Actor) -> None:
    kept, user = a_giver()
    give(user, Role.COUNTY_HEAD, county.pk)
    with pytest.raises(Refusal) as refused:
        renew_sign_in(kept, by=officer)
    assert refused.value.code == "other_duties"


def test_renew_giver_for_oneself_is_refused(county: Place) -> None:
    officer = make_worker(Role.GIVING_OFFICER)
    with pytest.raises(Refusal):
        renew_giver(officer, county=county.pk, by=actor_for(officer))


def test_benefactor_of_one_identity_number_twice_is_refused_by_the_database(county: Place) -> None:
    a_benefactor(identity_number=NUMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_benefactor(identity_number=NUMBER)


def test_demonstration_has_a_benefactor_for_its_user_once(county: Place) -> None:
    user = make_worker(Role.BENEFACTOR, username="khayyer", full_name="حسن نیکوکار")
    make_demo_giving(county.pk)
    make_demo_giving(county.pk)
    assert [one.name for one in Benefactor.objects.filter(user=user)] == ["حسن نیکوکار"]
