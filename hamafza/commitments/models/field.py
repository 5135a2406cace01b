"""Fields of support, and the ladder by which what is late climbs: both as data."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy as _, pgettext_lazy

from hamafza.accounts.models import Organization
from hamafza.commitments.choices import Part, Rung
from hamafza.core.ids import uuid7
from hamafza.places.models import Place, PlaceOwned


class SupportField(models.Model):
    """A field of support (حوزه حمایت), such as housing or the treatment of addiction. Public reference data."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=30, unique=True)
    name_fa = models.CharField(_("Persian name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return (self.name_en if (get_language() or "fa").startswith("en") else "") or self.name_fa


class FieldPart(PlaceOwned):
    """The part of a body in a field of support at a place: a cell of the matrix of the division of labour."""

    field = models.ForeignKey(SupportField, on_delete=models.PROTECT, related_name="parts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="field_parts")
    part = models.CharField(pgettext_lazy("division", "Part"), max_length=8, choices=Part.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "field", "organization"], name="fieldpart_once"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="fieldpart_known"),
        ]

    def __str__(self) -> str:
        return f"{self.field_id} {self.organization_id} {self.part}"


class LadderStep(models.Model):
    """A rung of the ladder at a place: from so many days after the due date on, somebody is told.

    A place without rungs of its own takes those of the nearest place above, else the program's (`ladder.COUNTRY_LADDER`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("Rung"))
    days = models.PositiveSmallIntegerField(_("Days after the due date"))
    to = models.CharField(_("Who is told"), max_length=9, choices=Rung.choices)

    class Meta:
        ordering = ["place", "level"]
        constraints = [
            models.UniqueConstraint(fields=["place", "level"], name="ladderstep_once"),
            models.CheckConstraint(condition=Q(to__in=Rung.values), name="ladderstep_rung_known"),
            models.CheckConstraint(condition=Q(days__gt=0), name="ladderstep_after_its_day"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.level}"
