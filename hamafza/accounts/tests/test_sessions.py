"""Sessions: seen, ended one by one or all others; what is ended is refused at the next request (S-A6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hamafza.accounts.models import SignIn, User
from hamafza.accounts.tests.factories import PASSWORD, SignedIn, make_user
from hamafza.accounts.tests.queries import query_count

SESSIONS = reverse("accounts:sessions")


@pytest.fixture
def user(db: None) -> User:
    return make_user("m.rezaei", password=PASSWORD)


def sign_in(username: str = "m.rezaei") -> Client:
    client = Client()
    client.post(reverse("accounts:sign-in"), {"username": username, "password": PASSWORD})
    return client


def test_session_list_shows_own_sessions_and_marks_this_one(user: User) -> None:
    make_user("other", password=PASSWORD)
    here, _there, _others = sign_in(), sign_in(), sign_in("other")
    response = here.get(SESSIONS)
    assert [row.user for row in response.context["rows"]] == [user, user]
    assert response.context["this"] == here.session.session_key


def test_end_session_refuses_its_next_request_and_keeps_the_others(user: User) -> None:
    here, there = sign_in(), sign_in()
    ended = SignIn.objects.get(session_key=there.session.session_key)
    assert here.post(reverse("accounts:session-end", args=[ended.pk])).status_code == 302
    assert there.get(SESSIONS).status_code == 302
    assert here.get(SESSIONS).status_code == 200


def test_end_session_of_somebody_else_is_not_there(user: User) -> None:
    make_user("other", password=PASSWORD)
    here, other = sign_in(), sign_in("other")
    theirs = SignIn.objects.get(session_key=other.session.session_key)
    assert here.post(reverse("accounts:session-end", args=[theirs.pk])).status_code == 404
    assert other.get(SESSIONS).status_code == 200


def test_end_all_others_leaves_this_one(user: User) -> None:
    here, there, third = sign_in(), sign_in(), sign_in()
    here.post(reverse("accounts:session-end-others"))
    assert [client.get(SESSIONS).status_code for client in (here, there, third)] == [200, 302, 302]
    assert SignIn.objects.filter(user=user).count() == 1


def test_change_password_ends_the_others_and_keeps_this_one(user: User) -> None:
    here, there = sign_in(), sign_in()
    new = "yek jomle-ye boland"
    here.post(reverse("accounts:password-change"), {"old": PASSWORD, "new": new, "again": new})
    assert [client.get(SESSIONS).status_code for client in (here, there)] == [200, 302]
    assert SignIn.objects.get(user=user).session_key == here.session.session_key


@pytest.mark.parametrize("name", ["accounts:session-end-others"])
def test_ending_by_get_is_refused(signed_in: SignedIn, name: str) -> None:
    assert signed_in().get(reverse(name)).status_code == 405


def test_last_sign_of_life_is_written_once_a_minute(user: User) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        client = sign_in()
        clock.shift(59)
        client.get(SESSIONS)
        early = SignIn.objects.get().seen_at
        clock.shift(2)
        client.get(SESSIONS)
        late = SignIn.objects.get().seen_at
    assert (early, late) == (start, start + timedelta(seconds=61))


def test_expired_sessions_are_not_listed_and_forgotten_at_the_next_sign_in(user: User) -> None:
    SignIn.objects.create(user=user, session_key="old", seen_at=timezone.now() - timedelta(days=2))
    client = sign_in()
    assert len(client.get(SESSIONS).context["rows"]) == 1
    assert SignIn.objects.count() == 1


def test_session_list_asks_as_often_for_three_rows_as_for_one(user: User) -> None:
    client = sign_in()
    one = query_count(client, SESSIONS)
    sign_in()
    sign_in()
    assert query_count(client, SESSIONS) == one
