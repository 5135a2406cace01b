"""A worker of the county at the pages of the registry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from hamafza.accounts.choices import Role
from hamafza.accounts.tests.factories import signed_in_client
from hamafza.core.scope import counties
from hamafza.places.tests.factories import COUNTY, make_county


@pytest.fixture
def open_county() -> Iterator[None]:
    make_county()
    with counties([COUNTY]):
        yield


@pytest.fixture
def worker() -> Client:
    return signed_in_client(Role.SOCIAL_WORKER)
