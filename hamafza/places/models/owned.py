"""Bases of every row that belongs to a county, or to a place of any level."""

from __future__ import annotations

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from hamafza.core.ids import uuid7
from hamafza.core.scope import PlaceScopedManager, ScopedManager
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


class PlaceOwned(models.Model):
    """Lives at several levels: carries its place, a county, a province or the country, and answers while that one is open.

    A duty at a province opens the province and its counties; a row of a province is not a row of its counties.
    """

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    #: No index of its own: each model's indexes begin with the place.
    place = models.ForeignKey(
        Place, verbose_name=_("Place"), on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )

    objects: ClassVar[PlaceScopedManager[Self]] = PlaceScopedManager()

    class Meta:
        abstract = True
