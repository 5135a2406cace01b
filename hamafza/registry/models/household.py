"""Households: the case file (پرونده) is the household's."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core.fields import NameKeyField, SealedTextField
from hamafza.core.versioned import Versioned
from hamafza.places.models import CountyOwned, Place
from hamafza.registry.choices import HouseholdLeft, HouseholdState, Tenure


class Household(Versioned, CountyOwned):
    """A household (خانوار) on file. Its size is counted, not stored. Amounts in rial."""

    file_number = models.CharField(_("File number"), max_length=40, blank=True, default="")
    file_key = NameKeyField(of=("file_number",))
    district = models.ForeignKey(
        Place, verbose_name=_("District"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = SealedTextField(_("Address"))
    postal_code = SealedTextField(_("Postal code"))
    tenure = models.CharField(_("Housing"), max_length=10, choices=Tenure.choices, blank=True, default="")
    head = models.ForeignKey(
        "registry.Person",
        verbose_name=_("Head of household"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    decile = models.PositiveSmallIntegerField(_("Income decile"), null=True, blank=True)
    decile_on = models.DateField(_("Date of the decile"), null=True, blank=True)
    decile_source = models.CharField(_("Source of the decile"), max_length=60, blank=True, default="")
    income_rial = models.BigIntegerField(_("Monthly income"), null=True, blank=True)
    state = models.CharField(
        _("State"), max_length=10, choices=HouseholdState.choices, default=HouseholdState.ACTIVE, editable=False
    )
    left_reason = models.CharField(
        _("Reason for leaving"),
        max_length=20,
        choices=HouseholdLeft.choices,
        blank=True,
        default="",
        editable=False,
    )
    left_on = models.DateField(_("Left on"), null=True, editable=False)
    created_at = models.DateTimeField(_("Registered at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User,
        db_index=False,
        verbose_name=_("Registered by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        indexes = [
            models.Index(fields=["county", "state", "created_at"], name="household_county_state"),
            models.Index(fields=["county", "district"], name="household_county_district"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "file_key"], condition=~Q(file_key=""), name="household_file_number"
            ),
            models.CheckConstraint(
                condition=Q(decile__isnull=True) | Q(decile__range=(1, 10)), name="household_decile_1_to_10"
            ),
            models.CheckConstraint(
                condition=Q(income_rial__isnull=True) | Q(income_rial__gte=0), name="household_income_not_negative"
            ),
            models.CheckConstraint(condition=Q(state__in=HouseholdState.values), name="household_state_known"),
            models.CheckConstraint(
                condition=~Q(state=HouseholdState.LEFT) | ~Q(left_reason=""), name="household_left_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.file_number or str(self.pk)
