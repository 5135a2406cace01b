"""What shows only when transactions are really committed."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from hamafza.audit import triggers
from hamafza.audit.commands.seal import seal_changes
from hamafza.audit.models import Change
from hamafza.audit.queries.integrity import verify_audit
from hamafza.core.scope import counties
from hamafza.places.tests.factories import COUNTY, make_places
from hamafza.registry.models import Household
from hamafza.registry.tests.factories import a_household

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("time", ["first", "second"])
def test_emptied_tables_have_their_triggers_and_a_sound_trail(time: str) -> None:
    assert triggers.faulty(connection) == []
    make_places()
    a_household()
    with counties([COUNTY]):
        assert Change.objects.filter(table="registry_household").count() == 1
    assert seal_changes() > 0
    assert verify_audit().findings == ()


def test_change_that_was_taken_back_leaves_no_row_and_no_fault() -> None:
    make_places()
    with pytest.raises(RuntimeError), transaction.atomic():
        a_household()
        raise RuntimeError
    a_household()
    seal_changes()
    with counties([COUNTY]):
        assert Change.objects.filter(table="registry_household").count() == Household.objects.count() == 1
    assert verify_audit().sound


def test_change_that_is_committed_late_waits_for_the_next_seal() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    make_places()
    seal_changes()
    written, sealed = Event(), Event()

    def write_and_linger() -> None:
        with transaction.atomic():
            a_household()
            written.set()
            sealed.wait(10)
        connection.close()

    writer = Thread(target=write_and_linger)
    writer.start()
    written.wait(10)
    early = seal_changes()
    sealed.set()
    writer.join()
    assert (early, seal_changes() > 0, verify_audit().sound) == (0, True, True)
