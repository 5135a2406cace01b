"""Which tables are recorded, append-only or walled: read from the models, so a new model is recorded from its birth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from hamafza.audit.models import Change, ReadEntry, Seal
from hamafza.audit.rules import REDACTED, UNTOLD, is_recorded
from hamafza.core.scope import ScopedManager


@dataclass(frozen=True, slots=True)
class Table:
    """A recorded table: its columns by how they are written into JSON."""

    name: str
    pk: str
    county: str
    columns: tuple[str, ...]
    binary: frozenset[str]
    json: frozenset[str]
    redacted: frozenset[str]
    untold: frozenset[str]


def our_models() -> Iterator[type[models.Model]]:
    """Every concrete model of the house."""
    for config in apps.get_app_configs():
        if config.name.startswith("hamafza."):
            yield from (
                model
                for model in config.get_models(include_auto_created=True)
                if model._meta.managed and not model._meta.proxy
            )


def county_column(model: type[models.Model]) -> str:
    """The column that holds the county, of what lives at several levels the place; or nothing."""
    manager = model._default_manager
    owner = manager.owner if isinstance(manager, ScopedManager) else "county"
    return next((str(field.column) for field in model._meta.concrete_fields if field.name == owner), "")


def described(model: type[models.Model]) -> Table:
    """The table of a model."""
    fields = model._meta.concrete_fields
    label = model._meta.label_lower
    return Table(
        name=model._meta.db_table,
        pk=str(model._meta.pk.column),
        county=county_column(model),
        columns=tuple(str(field.column) for field in fields),
        binary=frozenset(str(field.column) for field in fields if field.get_internal_type() == "BinaryField"),
        json=frozenset(str(field.column) for field in fields if isinstance(field, models.JSONField)),
        redacted=REDACTED.get(label, frozenset()),
        untold=UNTOLD.get(label, frozenset()),
    )


def recorded_models() -> list[type[models.Model]]:
    """The models whose changes are recorded."""
    return [model for model in our_models() if is_recorded(model._meta.label_lower)]


def recorded_tables() -> list[Table]:
    """Their tables."""
    return [described(model) for model in recorded_models()]


def append_only_tables() -> list[str]:
    """Tables whose rows are neither changed nor removed."""
    return [model._meta.db_table for model in (Change, ReadEntry, Seal)]


def walled_tables() -> list[tuple[str, str]]:
    """Tables behind row-level security with their county column: all whose manager is scoped, but the trail's own."""
    return [
        (model._meta.db_table, county_column(model))
        for model in our_models()
        if isinstance(model._default_manager, ScopedManager) and model not in {Change, ReadEntry}
    ]


def trail_tables() -> list[str]:
    """The trail's own tables: rows of any county are added, those of open counties and of the country are seen."""
    return [Change._meta.db_table, ReadEntry._meta.db_table]
