"""A worker of the county at the pages of the import."""

from __future__ import annotations

import pytest
from django.test import Client

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import signed_in_client
from hamafza.places.tests.factories import make_places


@pytest.fixture
def division() -> None:
    make_places()


@pytest.fixture
def worker() -> Client:
    return signed_in_client(Role.SOCIAL_WORKER)
