"""What a person lives with: target groups, disability, causes of hardship."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.core.fields import SealedTextField
from hamafza.places.models import CountyOwned
from hamafza.registry.choices import Cause, DisabilitySeverity, DisabilityType, TargetGroup
from hamafza.registry.models.household import Household
from hamafza.registry.models.person import Person


class TargetGroupMembership(CountyOwned):
    """A person belongs to a target group from one day until another; to many groups at once."""

    person = models.ForeignKey(
        Person, verbose_name=_("Client"), on_delete=models.CASCADE, related_name="memberships", editable=False
    )
    group = models.CharField(_("Target group"), max_length=22, choices=TargetGroup.choices)
    valid_from = models.DateField(_("From"), default=timezone.localdate)
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    basis = models.CharField(_("Basis"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("target group of a client")
        verbose_name_plural = _("target groups of clients")
        indexes = [models.Index(fields=["county", "group", "person"], name="membership_county_group")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "group"], condition=Q(valid_to__isnull=True), name="membership_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="membership_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.group


class Disability(CountyOwned):
    """Type and severity, as the commission decided; the certificate's text is clinical and sealed."""

    person = models.ForeignKey(
        Person, verbose_name=_("Client"), on_delete=models.CASCADE, related_name="disabilities", editable=False
    )
    type = models.CharField(_("Type of disability"), max_length=12, choices=DisabilityType.choices)
    severity = models.CharField(
        _("Severity"), max_length=12, choices=DisabilitySeverity.choices, blank=True, default=""
    )
    decision_number = models.CharField(_("Number of the commission's decision"), max_length=40, blank=True, default="")
    decided_on = models.DateField(_("Date of the decision"), null=True, blank=True)
    review_on = models.DateField(_("Review on"), null=True, blank=True)
    note = SealedTextField(_("Clinical note"))

    class Meta:
        verbose_name = _("disability")
        verbose_name_plural = _("disabilities")
        indexes = [
            models.Index(fields=["county", "type"], name="disability_county_type"),
            models.Index(fields=["county", "person"], name="disability_county_person"),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "type"], name="disability_type_once")]

    def __str__(self) -> str:
        return self.type


class HardshipCause(CountyOwned):
    """Why a household, or one person of it, fell into hardship (M-A4)."""

    household = models.ForeignKey(
        Household, verbose_name=_("Household"), on_delete=models.CASCADE, related_name="causes", editable=False
    )
    person = models.ForeignKey(
        Person, verbose_name=_("Client"), on_delete=models.CASCADE, null=True, related_name="causes", editable=False
    )
    cause = models.CharField(_("Cause of hardship"), max_length=14, choices=Cause.choices)
    note = SealedTextField(_("Note"))

    class Meta:
        verbose_name = _("cause of hardship")
        verbose_name_plural = _("causes of hardship")
        indexes = [models.Index(fields=["county", "cause"], name="cause_county_cause")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cause"], condition=Q(person__isnull=False), name="cause_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["household", "cause"], condition=Q(person__isnull=True), name="cause_once_a_household"
            ),
        ]

    def __str__(self) -> str:
        return self.cause
