"""Records as the trail names them, and what hangs on them."""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from hamafza.audit.triggers.tables import county_column, recorded_models

__all__ = ["children_of", "county_column", "stored_id"]


def stored_id(model: type[models.Model], pk: Any) -> str:
    """The key of a row as the database writes it."""
    return str(model._meta.pk.get_db_prep_value(pk, connection))


def children_of(instance: models.Model) -> list[tuple[type[models.Model], list[Any]]]:
    """The recorded rows that would be removed with ``instance``, by model; one query a model.

    What a county owns is no part of a national record (a user's saved lists are not of her history).
    """
    owned = bool(county_column(type(instance)))
    recorded = {model for model in recorded_models() if bool(county_column(model)) == owned}
    return [
        (
            relation.related_model,
            list(
                relation.related_model._default_manager.filter(**{relation.field.name: instance}).values_list(
                    "pk", flat=True
                )
            ),
        )
        for relation in type(instance)._meta.related_objects
        if relation.one_to_many and relation.on_delete is models.CASCADE and relation.related_model in recorded
    ]
