"""The same thing from two bodies at the same moment: the household's aid is recorded one after the other (N7)."""

from __future__ import annotations

from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connections

from hamafza.accounts.queries.actors import system_actor
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.ids import uuid7
from hamafza.core.scope import counties
from hamafza.giving.tests.conftest import on_disk  # noqa: F401 - a fixture
from hamafza.needs.choices import Domain
from hamafza.needs.commands.aid import Aid, record_aid
from hamafza.needs.models import AidRecord
from hamafza.places.tests.factories import COUNTY
from hamafza.registry.models import Household
from hamafza.registry.tests.factories import a_county, a_head

pytestmark = pytest.mark.usefixtures("on_disk")
BODIES = 6


def given(household: Household, *, kind: str, ready: Barrier, got: list[UUID | str]) -> None:
    aid = Aid(domain=Domain.HOUSEHOLD_GOODS, on=clock.today(), source=(kind, uuid7()), item="یخچال")
    ready.wait()
    try:
        with counties([COUNTY]):
            got.append(record_aid(household, aid, need=None, by=system_actor("test")).pk)
    except Refusal as refusal:
        got.append(refusal.code)
    finally:
        connections.close_all()


def together(threads: list[Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_same_item_from_many_bodies_at_once_is_recorded_once() -> None:
    household = a_head(county=a_county(COUNTY)).household
    ready, got = Barrier(BODIES), list[UUID | str]()
    threads = [
        Thread(target=given, args=(household,), kwargs={"kind": f"body{number}", "ready": ready, "got": got})
        for number in range(BODIES)
    ]
    together(threads)
    with counties([COUNTY]):
        assert (AidRecord.objects.count(), got.count("aid_again")) == (1, BODIES - 1)
