"""The county of an audit row: open counties are seen, and rows of the country by who may."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.db import models

from hamafza.core.scope import ScopedManager
from hamafza.places.models import Place

M = TypeVar("M", bound=models.Model)


class NationalManager(models.Manager[M]):
    """Rows that belong to no county: places, organisations, users, duties."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(county__isnull=True)


class TrailRow(models.Model):
    """A row of the trail. No foreign key in the database: a trail outlives what it speaks of, and triggers write it."""

    id: models.BigAutoField[int, int] = models.BigAutoField(primary_key=True)
    county = models.ForeignKey(
        Place, on_delete=models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    national: ClassVar[NationalManager[Self]] = NationalManager()

    class Meta:
        abstract = True
