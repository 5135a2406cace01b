"""Base of every row that belongs to a county."""

from __future__ import annotations

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from hamafza.core.ids import uuid7
from hamafza.core.scope import ScopedManager
from hamafza.places.models.place import Place


class CountyOwned(models.Model):
    """Carries its county, never empty, and answers only while that county is open (`core.scope`)."""

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    #: No index of its own: each model's indexes begin with the county.
    county = models.ForeignKey(
        Place, verbose_name=_("County"), on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True
