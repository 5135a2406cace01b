"""The catalogue of things that can be given, stocked and handed out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hamafza.core.fields import NameKeyField
from hamafza.needs.choices import Domain
from hamafza.places.models import CountyOwned


class Item(CountyOwned):
    """A kind of goods (قلم کالا), or a kit (بسته) packed of others; counted in whole units."""

    name = models.CharField(_("Name"), max_length=120)
    name_key = NameKeyField(of=("name",))
    unit = models.CharField(_("Unit"), max_length=30)
    domain = models.CharField(_("For which need"), max_length=16, choices=Domain.choices, default=Domain.LIVELIHOOD)
    is_kit = models.BooleanField(_("Is a kit packed of other items"), default=False)
    perishable = models.BooleanField(_("Has an expiry date"), default=False)
    unit_value_rial = models.BigIntegerField(_("Estimated value of one"), default=0)
    active = models.BooleanField(_("In use"), default=True)

    class Meta:
        ordering = ["name_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["county", "name_key"], name="item_name_once"),
            models.CheckConstraint(condition=Q(unit_value_rial__gte=0), name="item_value_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name
