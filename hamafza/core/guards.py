"""Guards: triggers by which the database itself refuses what must never be, and keeps sums that follow from rows.

An app writes its guards down as literals, one list a database, and calls `keep_guards` in its ``AppConfig.ready()``:
they are taken off before a migration changes tables (SQLite refuses to remake one that a trigger elsewhere names), and
stand as written after it, and after tests have emptied the tables. ``faulty_guards`` says which do not.
Names of one app's guards begin with its prefix, ``hamafza_<app>_``; only objects with that prefix are touched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger of ``table``. ``sql`` creates it; on PostgreSQL ``body`` is the text of its function, of the same name."""

    name: str
    table: str
    sql: str
    body: str = ""

    @property
    def mark(self) -> str:
        return _hash(self.sql + self.body)


@dataclass(frozen=True, slots=True)
class Guards:
    """All guards of one app, by database."""

    prefix: str
    sqlite: tuple[Guard, ...]
    postgresql: tuple[Guard, ...]

    def of(self, on: BaseDatabaseWrapper) -> tuple[Guard, ...]:
        return self.sqlite if on.vendor == "sqlite" else self.postgresql


def is_last_of_ours(sender: Any) -> bool:
    """Signals of migration come once an app that has models: at the last of ours every table is made."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("hamafza.") and config.models_module]
    return bool(sender == ours[-1])


def keep_guards(guards: Guards) -> None:
    """Connect them to the signals of migration."""

    def clear_the_way(sender: Any, *, using: str, plan: Any = (), **_: Any) -> None:
        if is_last_of_ours(sender) and plan:
            drop_guards(connections[using], guards)

    def install(sender: Any, *, using: str, **_: Any) -> None:
        if is_last_of_ours(sender):
            install_guards(connections[using], guards)

    pre_migrate.connect(clear_the_way, weak=False, dispatch_uid=f"{guards.prefix}clear_the_way")
    post_migrate.connect(install, weak=False, dispatch_uid=f"{guards.prefix}install")


def faulty_guards(on: BaseDatabaseWrapper, guards: Guards) -> list[str]:
    """Names of guards that are missing, switched off or not as written, and of strangers under their prefix."""
    there = _standing(on, guards.prefix)
    wanted = {guard.name: _expected(on, guard) for guard in guards.of(on)}
    return sorted(name for name in wanted.keys() | there.keys() if not _is_as(wanted.get(name), there.get(name)))


def install_guards(on: BaseDatabaseWrapper, guards: Guards) -> None:
    """Every guard whose table has been made, as written; does nothing where they stand."""
    amiss = set(faulty_guards(on, guards))
    if not amiss:
        return
    made = set(on.introspection.table_names())
    with transaction.atomic(using=on.alias), on.cursor() as cursor:
        _take_off(on, guards.prefix, only=amiss)
        for guard in guards.of(on):
            if guard.name in amiss and guard.table in made:
                for statement in _making(on, guard):
                    cursor.execute(statement)
                if on.vendor == "postgresql":
                    _remember(on, guard)


def drop_guards(on: BaseDatabaseWrapper, guards: Guards) -> None:
    """Take every guard off: tables are about to be changed."""
    _take_off(on, guards.prefix, only=set(_standing(on, guards.prefix)))


def refusing(message: str) -> str:
    """The body of a PostgreSQL function that refuses, as the violation of a constraint."""
    return f"\nBEGIN\n  RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';\nEND\n"


def _hash(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _expected(on: BaseDatabaseWrapper, guard: Guard) -> str:
    return guard.sql if on.vendor == "sqlite" else guard.mark


def _is_as(wanted: str | None, found: str | None) -> bool:
    return wanted is not None and wanted == found


#: What stands: on PostgreSQL the mark of its making as long as the server still reads trigger and function as it did then.
SQLITE_STANDING = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s ESCAPE '!'"
POSTGRESQL_STANDING = """
SELECT t.tgname, c.relname, obj_description(t.oid, 'pg_trigger'), concat(t.tgenabled::text, pg_get_triggerdef(t.oid), f.prosrc)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc f ON f.oid = t.tgfoid
WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal AND t.tgname LIKE %s ESCAPE '!'
"""


def _rows(on: BaseDatabaseWrapper, prefix: str) -> list[Sequence[str]]:
    query = SQLITE_STANDING if on.vendor == "sqlite" else POSTGRESQL_STANDING
    with on.cursor() as cursor:
        cursor.execute(query, [prefix.replace("_", "!_") + "%"])
        return list(cursor.fetchall())


def _standing(on: BaseDatabaseWrapper, prefix: str) -> dict[str, str]:
    if on.vendor == "sqlite":
        return {name: sql for name, _table, sql in _rows(on, prefix)}
    marked = ((name, *str(comment or " ").split(" "), now) for name, _table, comment, now in _rows(on, prefix))
    return {name: mark if said == _hash(now) else "altered" for name, mark, said, now in marked}


def _take_off(on: BaseDatabaseWrapper, prefix: str, *, only: set[str]) -> None:
    with on.cursor() as cursor:
        for name, table, *_ in _rows(on, prefix):
            if name in only:
                cursor.execute(
                    f'DROP TRIGGER "{name}"' if on.vendor == "sqlite" else f'DROP TRIGGER "{name}" ON "{table}"'
                )


def _making(on: BaseDatabaseWrapper, guard: Guard) -> list[str]:
    if on.vendor == "sqlite":
        return [guard.sql]
    function = (
        f'CREATE OR REPLACE FUNCTION "{guard.name}"() RETURNS trigger LANGUAGE plpgsql AS $guard${guard.body}$guard$'
    )
    return [function, guard.sql]


def _remember(on: BaseDatabaseWrapper, guard: Guard) -> None:
    now = next(now for name, _table, _comment, now in _rows(on, guard.name) if name == guard.name)
    with on.cursor() as cursor:
        cursor.execute(f'COMMENT ON TRIGGER "{guard.name}" ON "{guard.table}" IS \'{guard.mark} {_hash(now)}\'')
