"""Triggers after every migration, and the record of scopes opened everywhere."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections, migrations

from hamafza.audit import triggers
from hamafza.audit.commands.record_read import record_opening
from hamafza.audit.models import Change
from hamafza.core.guards import is_last_of_ours


def install_triggers(sender: Any, *, using: str, verbosity: int = 1, **kwargs: Any) -> None:
    """After migrating (and after tests have emptied the tables): every trigger and wall as it should be."""
    if is_last_of_ours(sender) and trail_stands(using):
        triggers.install(connections[using])


def trail_stands(using: str) -> bool:
    """Whether the trail has been made (a migration of one lower app alone comes before it)."""
    return Change._meta.db_table in connections[using].introspection.table_names()


def clear_the_way(sender: Any, *, using: str, plan: Any = (), **kwargs: Any) -> None:
    """SQLite refuses to take away a column that a trigger names: such tables lose their triggers until post_migrate."""
    if not is_last_of_ours(sender) or not plan:
        return
    losing = {
        (migration.app_label, operation.model_name_lower)
        for migration, backwards in plan
        for operation in migration.operations
        if isinstance(operation, migrations.RemoveField)
    }
    remade = trail_stands(using) and any(migration.app_label == "audit" for migration, _ in plan)
    named = [model._meta.db_table for model in triggers.tables.our_models()]
    tables = [
        model._meta.db_table for model in apps.get_models() if (model._meta.app_label, model._meta.model_name) in losing
    ]
    # A remade audit_change would leave every trigger pointing at nothing while it is away.
    triggers.drop_for(connections[using], named if remade else tables)


def record_everywhere(sender: Any, *, reason: str, **kwargs: Any) -> None:
    """All counties are being opened: the trail says by whom and why."""
    record_opening(reason)
