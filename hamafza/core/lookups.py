"""Long lists of keys, ``field__in=[...]``: on PostgreSQL one array, not hundreds of parameters.

Django writes a placeholder for each key, the driver quotes each, the server reads each as an expression of its own.
Short lists and what `core.arrays` does not know stay as Django writes them.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In

from hamafza.core.db import as_array

#: So many values stand in a statement one by one; above, writing an array is quicker.
SHORT = 20


class KeyIn(In):
    """``IN`` of a key or text column."""

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """``column = ANY(array)``, which is planned like ``IN``."""
        long = self.rhs_is_direct_value() and not self.bilateral_transforms and len(self.rhs) > SHORT
        # NULL equals nothing, and within an array would make every "not in" unknown.
        array = as_array([value for value in dict.fromkeys(self.rhs) if value is not None]) if long else None
        if array is None:
            return self.as_sql(compiler, connection)
        column, parameters = self.process_lhs(compiler, connection)
        # Without the length of the column: a cast to it would cut a longer text, which then might be found.
        kind = self.lhs.output_field.db_type(connection).partition("(")[0]
        return f"{column} = ANY (%s::{kind}[])", [*parameters, array]


class RelatedKeyIn(KeyIn, RelatedIn):
    """``IN`` of a foreign key."""


def register_lookups() -> None:
    """For every model, in Django's place."""
    models.UUIDField.register_lookup(KeyIn)
    models.CharField.register_lookup(KeyIn)
    models.ForeignKey.register_lookup(RelatedKeyIn)
