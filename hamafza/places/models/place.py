"""Places with their official codes and names over time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext, gettext_lazy as _

from hamafza.core.persian import key
from hamafza.places.choices import PlaceKind

#: Code of the country, above all provinces.
COUNTRY_CODE = "IR"


class Place(models.Model):
    """A place; ``code`` is the official code (2 digits province, 4 county, 6 district, 10 city).

    The names stand here as they are today; `PlaceName` keeps those of before. ``valid_to`` is the first day on which
    the place is no more; rows that point at it stay.
    """

    code = models.CharField(_("Code"), max_length=10, primary_key=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=PlaceKind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    name_fa = models.CharField(_("Persian name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True, default="")
    name_key = models.CharField(max_length=80, editable=False, default="")
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        indexes = [
            models.Index(fields=["parent", "kind"], name="place_parent_kind"),
            models.Index(fields=["kind", "name_key"], name="place_kind_key"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=PlaceKind.COUNTRY) | Q(parent__isnull=False), name="place_has_parent"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="place_valid_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.name_key = key(self.name_fa)
        if update_fields is not None:
            update_fields = {*update_fields, "name_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which the place was one; None while it is."""
        return self.valid_to - datetime.timedelta(days=1) if self.valid_to else None

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return (self.name_en if (get_language() or "fa").startswith("en") else "") or self.name_fa

    @property
    def title(self) -> str:
        """The name with the kind before it: «شهرستان پاکدشت»."""
        if self.kind == PlaceKind.COUNTRY:
            return self.name
        return gettext("%(kind)s of %(name)s") % {"kind": self.get_kind_display(), "name": self.name}


class PlaceName(models.Model):
    """A name a place had from one day until another (on ``valid_to`` it had the next)."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="names")
    name_fa = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True, default="")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField()

    class Meta:
        ordering = ["place", "valid_to"]
        constraints = [models.UniqueConstraint(fields=["place", "valid_to"], name="place_name_once_a_day")]

    def __str__(self) -> str:
        return self.name_fa


class Population(models.Model):
    """Inhabitants of a place in a census year (Jalali)."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="populations")
    year = models.PositiveSmallIntegerField()
    count = models.PositiveBigIntegerField()
    source = models.CharField(max_length=120)

    class Meta:
        ordering = ["place", "-year"]
        constraints = [models.UniqueConstraint(fields=["place", "year"], name="population_once_a_year")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.year}"
