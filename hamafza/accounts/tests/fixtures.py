"""Fixtures every app's tests may ask for (named as a plugin in the root conftest.py)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import SignedIn, signed_in_client
from hamafza.core import scope
from hamafza.places.models import Place
from hamafza.places.tests.factories import COUNTY, make_places


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    """The small country of `places.tests.factories`, by code."""
    return make_places()


@pytest.fixture
def county(places: dict[str, Place]) -> Iterator[Place]:
    """Pakdasht, open."""
    with scope.counties([COUNTY]):
        yield places[COUNTY]


@pytest.fixture
def signed_in(places: dict[str, Place]) -> SignedIn:
    """Makes signed-in clients: ``signed_in(Role.COUNTY_HEAD)``, ``signed_in(Role.SOCIAL_WORKER, "2306")``."""
    return signed_in_client


@pytest.fixture
def worker(signed_in: SignedIn) -> Client:
    """A signed-in social worker of Pakdasht."""
    return signed_in(Role.SOCIAL_WORKER)


@pytest.fixture
def head(signed_in: SignedIn) -> Client:
    """A signed-in head of the office of Pakdasht."""
    return signed_in(Role.COUNTY_HEAD)


@pytest.fixture
def administrator(signed_in: SignedIn) -> Client:
    """A signed-in national administrator."""
    return signed_in(Role.NATIONAL_ADMIN)
