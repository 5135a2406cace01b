"""Offices, agencies, charities: bodies that work in a place."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.choices import OrganizationKind
from hamafza.core.ids import uuid7
from hamafza.places.models import Place


class Organization(models.Model):
    """A body (دستگاه / نهاد) and the place it works in. Public reference data: no client stands in it."""

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("Kind"), max_length=20, choices=OrganizationKind.choices)
    name_fa = models.CharField(_("Persian name"), max_length=160)
    name_en = models.CharField(_("English name"), max_length=160, blank=True, default="")
    place = models.ForeignKey(Place, verbose_name=_("Place"), on_delete=models.PROTECT, related_name="organizations")
    national_org_id = models.CharField(_("National identifier"), max_length=11, blank=True, default="")
    parent = models.ForeignKey("self", verbose_name=_("Parent body"), on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        ordering = ["name_fa"]
        constraints = [models.UniqueConstraint(fields=["place", "name_fa"], name="organization_name_in_place")]

    def __str__(self) -> str:
        return self.name_fa
