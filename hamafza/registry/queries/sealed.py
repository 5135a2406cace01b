"""Whether every sealed text of the registry opens, and every index is the index of what it stands for."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models

from hamafza.core.crypto import SealBroken
from hamafza.core.fields import BlindIndexField, SealedTextField
from hamafza.registry.models import Disability, HardshipCause, Household, Person

HOLDERS: tuple[type[models.Model], ...] = (Household, Person, Disability, HardshipCause)
AT_ONCE = 2_000


def sealed_faults() -> Iterator[str]:
    """One line for each text that does not open and each index that is another's; the counties must be open."""
    for model in HOLDERS:
        sealed = [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]
        indexes = [field for field in model._meta.concrete_fields if isinstance(field, BlindIndexField)]
        names = ["pk", *(field.name for field in (*sealed, *indexes))]
        for row in model._default_manager.only(*names).iterator(chunk_size=AT_ONCE):
            yield from _faults_of(row, sealed, indexes)


def _faults_of(row: models.Model, sealed: list[SealedTextField], indexes: list[BlindIndexField]) -> Iterator[str]:
    name = f"{row._meta.db_table} {row.pk}"
    broken = [field.name for field in sealed if not _opens(row, field.name)]
    yield from (f"{name}: {field} does not open" for field in broken)
    for index in indexes:
        if index.of not in broken and index.index_of(getattr(row, index.of)) != getattr(row, index.attname):
            yield f"{name}: {index.name} is not the index of {index.of}"


def _opens(row: models.Model, name: str) -> bool:
    try:
        getattr(row, name)
    except (SealBroken, UnicodeDecodeError):
        return False
    return True
