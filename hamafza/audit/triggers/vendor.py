"""One door to the two databases."""

from __future__ import annotations

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from hamafza.audit.triggers import postgresql, sqlite


def _of(connection: BaseDatabaseWrapper) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def install(connection: BaseDatabaseWrapper) -> None:
    """Bring triggers and walls up to date; does nothing where they stand as they should."""
    _of(connection).install(connection)


def faulty(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers and walls that are missing, disabled or not as they should be."""
    return sorted(_of(connection).faulty(connection))


def drop_for(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Take the triggers off ``tables`` (a migration is about to take a column away)."""
    _of(connection).drop_for(connection, tables)
