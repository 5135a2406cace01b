"""Sign-in: works, says the same to everybody who fails, locks out name and address together."""

from __future__ import annotations

import time
from statistics import median

import pytest
from django.conf import settings as house
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from hamafza.accounts.models import SignIn, User
from hamafza.accounts.tests.factories import PASSWORD, SignedIn, make_user

SIGN_IN = reverse("accounts:sign-in")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def user(db: None) -> User:
    return make_user("m.rezaei", password=PASSWORD)


def answer(client: Client, username: str, password: str, *, ip: str = "127.0.0.1") -> tuple[int, str]:
    response = client.post(SIGN_IN, {"username": username, "password": password}, REMOTE_ADDR=ip)
    return response.status_code, response.content.decode()


def test_sign_in_right_password_opens_a_listed_session(client: Client, user: User) -> None:
    response = client.post(SIGN_IN, {"username": " M.Rezaei", "password": PASSWORD}, headers={"User-Agent": FIREFOX})
    assert (response.status_code, response.url) == (302, "/")
    seen = SignIn.objects.get(user=user)
    assert (seen.session_key, seen.device, seen.ip) == (client.session.session_key, "Firefox, Windows", "127.0.0.1")
    assert response.cookies[house.LANGUAGE_COOKIE_NAME].value == "fa"


def test_sign_in_wrong_or_unknown_says_the_same(client: Client, user: User) -> None:
    make_user("kenar", password=PASSWORD, is_active=False)
    tries = [("m.rezaei", "wrong-wrong"), ("nobody", "wrong-wrong"), ("kenar", PASSWORD)]
    answers = [answer(client, name, password) for name, password in tries]
    texts = {text.replace(name, "") for (_status, text), (name, _password) in zip(answers, tries, strict=True)}
    assert {status for status, _text in answers} == {422}
    assert len({len(text) for text in texts}) == 1
    assert SignIn.objects.count() == 0


def test_sign_in_unknown_name_takes_about_as_long(
    real_passwords: None, client: Client, user: User, settings: Settings
) -> None:
    settings.AXES_ENABLED = False
    took: dict[str, list[float]] = {"m.rezaei": [], "nobody": []}
    for name in ["m.rezaei", "nobody"] * 6:
        start = time.perf_counter()
        answer(client, name, "wrong-wrong")
        took[name].append(time.perf_counter() - start)
    known, unknown = median(took["m.rezaei"]), median(took["nobody"])
    assert abs(known - unknown) < 0.5 * max(known, unknown)


def test_sign_in_five_wrong_tries_lock_name_and_address_only(client: Client, user: User) -> None:
    tries = [answer(client, "m.rezaei", "wrong-wrong")[0] for _ in range(5)]
    assert tries == [422, 422, 422, 422, 429]
    assert answer(client, "m.rezaei", PASSWORD)[0] == 429
    assert answer(client, "m.rezaei", PASSWORD, ip="10.0.0.9")[0] == 302


def test_lock_out_behind_the_proxy_is_of_the_visitor(client: Client, user: User, settings: Settings) -> None:
    settings.HAMAFZA_PROXIES = ("127.0.0.1",)
    tries = [_behind_proxy(client, "wrong-wrong", "203.0.113.9") for _ in range(5)]
    others = [_behind_proxy(client, PASSWORD, address) for address in ("203.0.113.9", "203.0.113.10")]
    assert (tries[-1], others) == (429, [429, 302])
    assert SignIn.objects.get().ip == "203.0.113.10"


def _behind_proxy(client: Client, password: str, address: str) -> int:
    form = {"username": "m.rezaei", "password": password}
    return client.post(SIGN_IN, form, headers={"x-forwarded-for": f"198.51.100.7, {address}"}).status_code


def test_lock_out_of_an_unknown_name_says_the_same(client: Client, user: User) -> None:
    known = [answer(client, "m.rezaei", "wrong-wrong") for _ in range(6)][-1]
    unknown = [answer(client, "zz.rezaei", "wrong-wrong") for _ in range(6)][-1]
    assert known[0] == unknown[0] == 429
    assert len(known[1]) + 1 == len(unknown[1])


@pytest.mark.parametrize(
    ("asked", "target"),
    [("/accounts/sessions/", "/accounts/sessions/"), ("//evil.example/", "/"), ("javascript:alert(1)", "/"), ("", "/")],
)
def test_sign_in_goes_on_only_to_our_own_pages(client: Client, user: User, asked: str, target: str) -> None:
    response = client.post(SIGN_IN, {"username": "m.rezaei", "password": PASSWORD, "next": asked})
    assert response.url == target


def test_sign_in_takes_a_new_session_key(client: Client, user: User) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    answer(client, "m.rezaei", PASSWORD)
    assert client.session.session_key != before


def test_sign_in_speaks_the_users_language(client: Client, db: None) -> None:
    make_user("john", password=PASSWORD, language="en")
    answer(client, "john", PASSWORD)
    assert 'lang="en"' in client.get(reverse("accounts:sessions")).content.decode()


def test_page_without_sign_in_leads_to_sign_in(client: Client, db: None) -> None:
    response = client.get(reverse("accounts:sessions"))
    assert (response.status_code, response.url) == (302, f"{SIGN_IN}?next=/accounts/sessions/")


def test_part_of_a_page_without_sign_in_reloads_the_whole(client: Client, db: None) -> None:
    response = client.get(reverse("accounts:sessions"), headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (204, SIGN_IN)


def test_language_switch_needs_no_sign_in(client: Client, db: None) -> None:
    response = client.post(reverse("set_language"), {"language": "en", "next": SIGN_IN})
    assert (response.status_code, response.url) == (302, SIGN_IN)


def test_sign_out_ends_the_session(client: Client, user: User) -> None:
    answer(client, "m.rezaei", PASSWORD)
    assert client.post(reverse("accounts:sign-out")).url == SIGN_IN
    assert client.get(reverse("accounts:sessions")).status_code == 302
    assert SignIn.objects.count() == 0


def test_sign_out_by_get_is_refused(signed_in: SignedIn) -> None:
    assert signed_in().get(reverse("accounts:sign-out")).status_code == 405


def test_temporary_password_must_be_changed_before_anything_else(client: Client, db: None) -> None:
    make_user("new", password=PASSWORD, must_change_password=True)
    change = reverse("accounts:password-change")
    response = client.post(SIGN_IN, {"username": "new", "password": PASSWORD})
    assert response.url == change
    assert client.get(reverse("accounts:sessions")).url == change
    new = "yek jomle-ye boland"
    assert client.post(change, {"old": PASSWORD, "new": new, "again": new}).url == "/"
    assert client.get(reverse("accounts:sessions")).status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong-wrong", "yek jomle-ye boland", "yek jomle-ye boland"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "yek jomle-ye boland", "yek jomle-ye digar"),
        (PASSWORD, PASSWORD, PASSWORD),
        (PASSWORD, "password123", "password123"),
    ],
)
def test_change_password_with_a_fault_changes_nothing(
    client: Client, user: User, old: str, new: str, again: str
) -> None:
    answer(client, "m.rezaei", PASSWORD)
    response = client.post(reverse("accounts:password-change"), {"old": old, "new": new, "again": again})
    user.refresh_from_db()
    assert response.status_code == 422
    assert user.check_password(PASSWORD)
