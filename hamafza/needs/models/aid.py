"""The one record of aid received (کمک دریافتی), whoever gave it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization, User
from hamafza.needs.choices import Domain
from hamafza.needs.models.need import Need
from hamafza.places.models import CountyOwned
from hamafza.registry.models import Household


class AidRecord(CountyOwned):
    """A household received something: what, how much, when, from which body. Every app that gives writes it.

    ``source_type`` and ``source_id`` name the act itself (a delivery, a payment), which is recorded once. ``giver`` is
    the body that gave; empty means the office. What is taken back is marked, not removed.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="aid", editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, blank=True, related_name="aid")
    domain = models.CharField(_("Domain"), max_length=16, choices=Domain.choices)
    item = models.CharField(_("What"), max_length=120, blank=True, default="")
    item_key = models.CharField(max_length=120, editable=False, default="")
    quantity = models.PositiveIntegerField(_("Quantity"), default=1)
    unit = models.CharField(_("Unit"), max_length=30, blank=True, default="")
    value_rial = models.BigIntegerField(_("Value"), default=0)
    on = models.DateField(_("On"))
    giver = models.ForeignKey(
        Organization,
        verbose_name=_("From which body"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    source_type = models.CharField(max_length=40)
    source_id = models.UUIDField()
    #: Why the household may get the same thing from another source within its period (N7).
    override_reason = models.CharField(max_length=200, blank=True, default="")
    taken_back_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["county", "household", "-on"], name="aid_of_household"),
            models.Index(fields=["county", "domain", "-on"], name="aid_by_domain"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source_type", "source_id", "household"], name="aid_recorded_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="aid_of_something"),
            models.CheckConstraint(condition=Q(value_rial__gte=0), name="aid_value_not_negative"),
            models.CheckConstraint(condition=Q(domain__in=Domain.values), name="aid_domain_known"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.on}"
