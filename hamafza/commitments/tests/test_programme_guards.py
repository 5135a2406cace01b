"""What the database itself refuses of programmes, on both: asked past all commands, in plain SQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hamafza.commitments.commands.programme import revise_programme
from hamafza.commitments.commands.programme_items import add_item
from hamafza.commitments.models import Programme, ProgrammeItem
from hamafza.commitments.programme_guards import PROGRAMMES, Refused
from hamafza.commitments.tests.factories import Table
from hamafza.commitments.tests.factories_programme import a_draft, a_programme, an_item, items_written
from hamafza.commitments.tests.test_guards import refused, run
from hamafza.core import clock
from hamafza.core.guards import drop_guards, faulty_guards, install_guards
from hamafza.core.ids import uuid7

ROW = "UPDATE commitments_programme SET {} WHERE id = %s"
ITEM = "UPDATE commitments_programmeitem SET {} WHERE id = %s"
PUBLISH = ROW.format("state = 'published', published_at = %s")


@pytest.fixture
def told(table: Table) -> Programme:
    return a_programme(table.county, table.agency, table.officer)


@pytest.fixture
def draft(table: Table) -> Programme:
    return a_draft(table.county, table.agency, table.officer)


def born(made: Programme, **changes: Any) -> None:
    """Written past the commands, like one that is there."""
    values = {field.attname: getattr(made, field.attname) for field in Programme._meta.concrete_fields}
    with transaction.atomic():
        Programme(**(values | {"id": uuid7(), "key": None} | changes)).save(force_insert=True)


def test_moment_of_publishing_is_never_changed(told: Programme) -> None:
    assert Refused.PUBLISHED in refused(ROW.format("published_at = %s"), clock.now() + timedelta(hours=1), told.pk)
    earlier = refused(ROW.format("published_at = %s"), clock.now() - timedelta(days=40), told.pk)
    assert earlier in {Refused.PUBLISHED, Refused.BACK_DATED}


@pytest.mark.parametrize("change", ["reason = 'x'", "number = 2", "for_owner = NOT for_owner", "period = '1420-s1'"])
def test_published_programme_is_not_rewritten(told: Programme, change: str) -> None:
    with pytest.raises(DatabaseError):
        run(ROW.format(change), told.pk)
    assert Refused.PUBLISHED in refused(ROW.format("created_by_id = NULL"), told.pk)


def test_published_programme_is_not_taken_back_to_a_draft(told: Programme) -> None:
    assert Refused.PUBLISHED in refused(ROW.format("state = 'draft', published_at = NULL"), told.pk)


def test_published_programme_is_not_removed(told: Programme) -> None:
    assert Refused.REMOVED in refused("DELETE FROM commitments_programme WHERE id = %s", told.pk)


def test_programme_is_not_born_published(draft: Programme) -> None:
    with pytest.raises(DatabaseError, match="begins as a draft"):
        born(draft, period="1406-s4", state="published", published_at=clock.now())


def test_nothing_is_published_before_it_was_written(draft: Programme) -> None:
    assert Refused.BACK_DATED in refused(PUBLISH, draft.created_at - timedelta(days=30), draft.pk)
    earlier = ROW.format("created_at = %s")
    assert Refused.IDENTITY in refused(earlier, draft.created_at - timedelta(days=60), draft.pk)


def test_nothing_is_published_before_its_last_item_was_written(table: Table, draft: Programme) -> None:
    moment = clock.now()
    add_item(draft, an_item("health"), by=table.officer)
    assert Refused.BACK_DATED in refused(PUBLISH, moment, draft.pk)


def test_nothing_is_published_empty(draft: Programme) -> None:
    run("DELETE FROM commitments_programmeitem WHERE programme_id = %s", draft.pk)
    assert Refused.EMPTY in refused(PUBLISH, clock.now(), draft.pk)


def test_published_needs_a_moment(draft: Programme) -> None:
    with pytest.raises(DatabaseError):
        run(ROW.format("state = 'published'"), draft.pk)


@pytest.mark.parametrize("change", ["number = 3", "period = '1420-s1'", "starts_on = '2030-01-01'"])
def test_body_period_and_version_of_a_draft_never_change(draft: Programme, change: str) -> None:
    with pytest.raises(DatabaseError):
        run(ROW.format(change), draft.pk)
    assert Refused.IDENTITY in refused(ROW.format("ends_on = '2031-01-01'"), draft.pk)


def test_version_follows_the_published_one_before_it(draft: Programme) -> None:
    with pytest.raises(DatabaseError, match="follows the published one"):
        born(draft, number=2, reason="x")
    with pytest.raises(DatabaseError, match="follows the published one"):
        born(draft, number=0)


def test_version_is_there_once_and_says_why(table: Table, told: Programme) -> None:
    with pytest.raises(DatabaseError):
        born(told, number=2, state="draft", published_at=None)
    second = revise_programme(told, reason="x", by=table.officer)
    with pytest.raises(DatabaseError):
        born(second)


def test_items_of_a_published_programme_stay(told: Programme) -> None:
    item = items_written(told)[0]
    assert Refused.ITEM in refused(ITEM.format("what = 'x'"), item.pk)
    assert Refused.ITEM in refused("DELETE FROM commitments_programmeitem WHERE id = %s", item.pk)
    values = {field.attname: getattr(item, field.attname) for field in ProgrammeItem._meta.concrete_fields}
    with pytest.raises(DatabaseError, match="only in a draft"), transaction.atomic():
        ProgrammeItem(**(values | {"id": uuid7()})).save(force_insert=True)


def test_item_does_not_move_between_programmes(table: Table, told: Programme) -> None:
    second = revise_programme(told, reason="x", by=table.officer)
    for item, programme in ((items_written(told)[0], second), (items_written(second)[0], told)):
        assert Refused.ITEM in refused(ITEM.format("programme_id = %s"), programme.pk, item.pk)


def test_item_of_a_draft_may_be_changed_and_removed(draft: Programme) -> None:
    item = items_written(draft)[0]
    run(ITEM.format("what = 'x'"), item.pk)
    run("DELETE FROM commitments_programmeitem WHERE id = %s", item.pk)
    assert items_written(draft) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="INSERT OR REPLACE is SQLite's own")
@pytest.mark.parametrize("table_name", ["commitments_programme", "commitments_programmeitem"])
def test_row_on_file_is_not_replaced(draft: Programme, table_name: str) -> None:
    assert "not replaced" in refused(f"INSERT OR REPLACE INTO {table_name} SELECT * FROM {table_name}")


def test_guards_stand_and_come_back(places: None) -> None:
    assert faulty_guards(connection, PROGRAMMES) == []
    drop_guards(connection, PROGRAMMES)
    assert len(faulty_guards(connection, PROGRAMMES)) == len(PROGRAMMES.of(connection))
    install_guards(connection, PROGRAMMES)
    assert faulty_guards(connection, PROGRAMMES) == []
