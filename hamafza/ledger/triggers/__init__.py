"""The triggers that hold the ledger, for both databases: what they refuse stands in `rules`, as data, and is
written out by a file for each database.

Installed after every migration and checked by `hamafza verify`. Each of `sqlite` and `postgresql` offers ``faulty``,
``install`` and ``remove``.
"""

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from hamafza.ledger.triggers import postgresql, sqlite

#: Apps whose tables the triggers name: SQLite does not remake a table while a trigger names it.
NAMED_APPS = frozenset({"ledger", "places", "needs"})


def install(connection: BaseDatabaseWrapper) -> None:
    """Bring the triggers up to date; does nothing where they stand as they should."""
    _of(connection).install(connection)


def faulty(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are missing, disabled or not as they should be."""
    return sorted(_of(connection).faulty(connection))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off where a migration needs it (SQLite)."""
    _of(connection).remove(connection)


def _of(connection: BaseDatabaseWrapper) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
