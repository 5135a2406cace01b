"""Offices, agencies, charities: bodies that work in a place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy as _

from hamafza.accounts.choices import OrganizationKind
from hamafza.core.ids import uuid7
from hamafza.core.persian import key, sort_key
from hamafza.places.models import Place


class Organization(models.Model):
    """A body (دستگاه / نهاد) and the place it works in. Public reference data: no client stands in it."""

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("Kind"), max_length=20, choices=OrganizationKind.choices)
    name_fa = models.CharField(_("Persian name"), max_length=160)
    name_en = models.CharField(_("English name"), max_length=160, blank=True, default="")
    place = models.ForeignKey(Place, verbose_name=_("Place"), on_delete=models.PROTECT, related_name="organizations")
    national_org_id = models.CharField(_("National identifier"), max_length=11, blank=True, default="")
    parent = models.ForeignKey(
        "self", verbose_name=_("Parent body"), on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    active = models.BooleanField(_("Active"), default=True)

    name_key = models.CharField(max_length=160, editable=False, default="")
    sort_key = models.CharField(max_length=340, editable=False, default="")

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [models.Index(fields=["sort_key", "id"], name="organization_by_name")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OrganizationKind.values), name="organization_kind_known"),
            models.UniqueConstraint(fields=["place", "name_key"], name="organization_name_in_place"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.name_key, self.sort_key = key(self.name_fa)[:160], sort_key(self.name_fa)[:340]
        if update_fields is not None and "name_fa" in update_fields:
            update_fields = {*update_fields, "name_key", "sort_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return (self.name_en if (get_language() or "fa").startswith("en") else "") or self.name_fa
