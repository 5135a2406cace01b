"""Organisations, users and duties for tests, and clients that are signed in."""

from __future__ import annotations

import time
from datetime import date
from itertools import count
from typing import Protocol

from django.test import Client

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import OrganizationKind, Role
from hamafza.accounts.models import Duty, Organization, User
from hamafza.accounts.queries.actors import actor_for
from hamafza.places.models import COUNTRY_CODE
from hamafza.places.tests.factories import COUNTY, PROVINCE, first_district, is_district, make_places

PASSWORD = "parcham-sabz-1404"
SINCE = date(2020, 3, 20)
#: The code of the place where a duty of this role is given when the test names a county.
_NATIONAL = frozenset({Role.NATIONAL_ADMIN})
_PROVINCIAL = frozenset({Role.PROVINCE_DIRECTOR})
_numbers = count(1)


class SignedIn(Protocol):
    """``signed_in(Role.SOCIAL_WORKER)`` or ``signed_in(Role.COUNTY_HEAD, "2306")``: a client, its user as ``client.user``."""

    def __call__(self, role: Role | None = ..., county: str = ..., /) -> Client: ...


def place_of_role(role: Role, county: str = COUNTY) -> str:
    """Where a role is held by somebody who works for ``county``: there, in its province, or in the country."""
    if role in _NATIONAL:
        return COUNTRY_CODE
    if role in _PROVINCIAL:
        return county[:2]
    if role == Role.DISTRICT_GOVERNOR:
        return county if is_district(county) else first_district(county)
    return county


def make_organization(
    name: str = "اداره بهزیستی", *, place: str = COUNTY, kind: OrganizationKind = OrganizationKind.WELFARE_OFFICE
) -> Organization:
    """An organisation; the same name at the same place is the same one."""
    make_places()
    return Organization.objects.get_or_create(name_fa=name, place_id=place, defaults={"kind": kind})[0]


def make_user(
    username: str = "", *, full_name: str = "مریم رضایی", password: str | None = None, **fields: object
) -> User:
    """A user without a duty. No password is set unless given (hashing is slow)."""
    user = User(username=username or f"user{next(_numbers)}", full_name=full_name, **fields)
    user.set_password(password) if password else user.set_unusable_password()
    user.save()
    return user


def give(user: User, role: Role, place: str, *, since: date = SINCE, until: date | None = None) -> Duty:
    """A duty written straight into the table."""
    make_places()
    return Duty.objects.create(user=user, role=role, place_id=place, valid_from=since, valid_to=until)


def make_worker(role: Role = Role.SOCIAL_WORKER, county: str = COUNTY, **fields: object) -> User:
    """A user with one duty: at ``county``, its province, or the country, as the role asks."""
    user = make_user(**fields)  # type: ignore[arg-type]  # fields of the model
    give(user, role, place_of_role(role, county))
    return user


def make_actor(role: Role = Role.SOCIAL_WORKER, county: str = COUNTY) -> Actor:
    """The actor of a new user with that duty: for commands."""
    return actor_for(make_worker(role, county))


def signed_in_client(role: Role | None = Role.SOCIAL_WORKER, county: str = COUNTY) -> Client:
    """A test client whose session belongs to a new user with that duty (None: no duty); the user is ``client.user``."""
    user = make_user() if role is None else make_worker(role, county)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.user = user
    session = client.session
    # The first request then writes no sign of life: it has as many queries as the next.
    session["seen"] = int(time.time())
    session.save()
    return client


__all__ = [
    "COUNTY",
    "PASSWORD",
    "PROVINCE",
    "SignedIn",
    "give",
    "make_actor",
    "make_organization",
    "make_user",
    "make_worker",
    "place_of_role",
    "signed_in_client",
]
