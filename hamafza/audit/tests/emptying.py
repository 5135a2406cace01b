"""A pytest plugin: lets transactional tests empty the tables between them, which the trail's guards refuse.

Only tests may: ``manage.py flush`` of a real installation is refused by the database.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQLWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteWrapper

PostgreSQL, SQLite = PostgreSQLWrapper.ops_class, SQLiteWrapper.ops_class

GUARDS = """
DO $$ DECLARE guard record; BEGIN
  FOR guard IN SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE NOT t.tgisinternal AND t.tgname LIKE 'hamafza\\_%%' AND t.tgtype & 32 = 32 LOOP
    EXECUTE format('ALTER TABLE %%I %s TRIGGER %%I', guard.relname, guard.tgname);
  END LOOP;
END $$"""


def empty_sqlite(plain: Any) -> Any:
    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'hamafza\\_%' ESCAPE '\\'"
            )
            drops = [f'DROP TRIGGER "{name}"' for (name,) in cursor.fetchall()]
        return [
            *drops,
            *plain(self, style, tables, **options),
            "DELETE FROM sqlite_sequence WHERE name LIKE 'audit\\_%' ESCAPE '\\'",
        ]

    return sql_flush


def empty_postgresql(plain: Any) -> Any:
    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        return [GUARDS % "DISABLE", *plain(self, style, tables, **options), GUARDS % "ENABLE"]

    return sql_flush


SQLite.sql_flush = empty_sqlite(SQLite.sql_flush)  # type: ignore[method-assign]
PostgreSQL.sql_flush = empty_postgresql(PostgreSQL.sql_flush)  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _no_heads_of_other_tests() -> Iterator[None]:
    """Seals are rolled back with a test's database; the file of their heads goes too."""
    yield
    shutil.rmtree(settings.HAMAFZA_HOME / "seals", ignore_errors=True)
