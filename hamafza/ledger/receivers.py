"""Triggers after every migration, as the trail has them (`audit.receivers`)."""

from __future__ import annotations

from typing import Any

from django.db import connections

from hamafza.ledger import triggers


def install_triggers(sender: Any, *, using: str, **kwargs: Any) -> None:
    """After migrating (and after tests have emptied the tables): every trigger as it should be."""
    triggers.install(connections[using])


def clear_the_way(sender: Any, *, using: str, plan: Any = (), **kwargs: Any) -> None:
    """SQLite remakes no table that a trigger of another table names: they are off until post_migrate."""
    if any(migration.app_label in triggers.NAMED_APPS for migration, _ in plan):
        triggers.remove(connections[using])
