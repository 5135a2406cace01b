"""Triggers follow the migrations; names follow the people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.operations.base import Operation

from hamafza.accounts.tests.factories import make_user
from hamafza.audit import triggers
from hamafza.audit.commands import record_read
from hamafza.audit.models import ReadEntry
from hamafza.audit.queries.actors import labels_like, names_of
from hamafza.audit.queries.sentences import change_sentence
from hamafza.audit.receivers import clear_the_way, install_triggers
from hamafza.core.guards import is_last_of_ours
from hamafza.core.scope import everywhere
from hamafza.places.models import Place
from hamafza.registry.models import Household

LAST = next(config for config in apps.get_app_configs() if is_last_of_ours(config))
OF_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's triggers name no column")


def plan(app: str, *operations: Operation) -> list[tuple[migrations.Migration, bool]]:
    migration = migrations.Migration("0009_trial", app)
    migration.operations = list(operations)
    return [(migration, False)]


def prefixes(names: list[str]) -> set[str]:
    return {name.rpartition("_")[0].removeprefix("hamafza_audit_") for name in names}


@OF_SQLITE
def test_table_that_loses_a_column_loses_its_triggers_until_the_migration_is_done(db: None) -> None:
    clear_the_way(LAST, using="default", plan=plan("registry", migrations.RemoveField("Household", "tenure")))
    assert prefixes(triggers.faulty(connection)) == {"registry_household"}
    install_triggers(LAST, using="default")
    assert triggers.faulty(connection) == []


@OF_SQLITE
def test_migration_of_the_trail_itself_takes_all_triggers_off(db: None) -> None:
    clear_the_way(LAST, using="default", plan=plan("audit"))
    assert {"registry_person", "accounts_user", "audit_change_no"} <= prefixes(triggers.faulty(connection))
    install_triggers(LAST, using="default")
    assert triggers.faulty(connection) == []


QUIET: dict[str, Callable[[], None]] = {
    "no plan": lambda: clear_the_way(LAST, using="default", plan=[]),
    "another app": lambda: clear_the_way(apps.get_app_config("core"), using="default", plan=plan("audit")),
    "nothing taken away": lambda: clear_the_way(LAST, using="default", plan=plan("registry")),
    "installed already": lambda: install_triggers(LAST, using="default"),
    "not the last app": lambda: install_triggers(apps.get_app_config("core"), using="default"),
}


@pytest.mark.parametrize("act", QUIET.values(), ids=QUIET)
def test_other_migrations_leave_all_triggers_standing(db: None, act: Callable[[], None]) -> None:
    act()
    assert triggers.faulty(connection) == []


def test_nothing_is_installed_or_recorded_before_the_trail_is_made(
    places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    monkeypatch.setattr(record_read, "_standing", set())
    install_triggers(LAST, using="default")
    clear_the_way(LAST, using="default", plan=plan("audit"))
    with everywhere(reason="before the first migration"):
        assert not ReadEntry.objects.filter(reason="before the first migration").exists()


def test_actors_are_named_whoever_they_are(places: dict[str, Place]) -> None:
    user = make_user("narges", full_name="Narges Karimi")
    gone = "user:01900000-0000-7000-8000-000000000000"
    names = names_of([f"user:{user.pk}", gone, "user:no-key", "system:import", "database:root"])
    assert names[f"user:{user.pk}"] == "Narges Karimi"
    assert names[gone] == names["user:no-key"] != ""
    assert names["system:import"] == "سامانه (ورود فایل)"
    assert "root" in names["database:root"]
    assert names_of([]) == {}
    assert labels_like("karimi") == [f"user:{user.pk}", "system:karimi"]


def test_value_that_the_field_no_longer_understands_is_told_as_it_lies() -> None:
    said = change_sentence(Household, {"decile_on": "long ago"}, {"decile_on": None}, {})
    assert "long ago" in said
