"""Many rows in one go, without ``bulk_create``'s compiling of an expression for each value.

The same values reach the database: ``pre_save`` of every field is called, so sealed fields, blind indexes and search
keys are right, and triggers see every row. Primary keys must be set; nothing is read back. Not ``COPY``: PostgreSQL
does not allow it where row-level security stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models, transaction

Getter = Callable[[models.Model], Any]


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert unsaved instances of one model; all or none. Raises ``IntegrityError`` as ``bulk_create`` does."""
    if not rows:
        return
    model = type(rows[0])
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    getters = [_getter(field) for field in fields]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, [[get(row) for get in getters] for row in rows])
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def _getter(field: models.Field[Any, Any]) -> Getter:
    """From an instance to the value the database gets."""
    prepare = field.get_db_prep_save
    if type(field).pre_save is models.Field.pre_save:
        read = attrgetter(field.attname)
        return lambda row: prepare(read(row), connection)
    return lambda row: prepare(field.pre_save(row, True), connection)
