"""Assessments (نیازسنجی): what a household lacks, by domain, with severity."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core.fields import SealedTextField
from hamafza.needs.choices import Domain, Severity, Source
from hamafza.places.models import CountyOwned
from hamafza.registry.models import Household, Person


class Assessment(CountyOwned):
    """One assessment of a household on a day; its findings are the lines."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="assessments", editable=False)
    assessed_on = models.DateField(_("Date"), default=timezone.localdate)
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    source = models.CharField(_("Source"), max_length=10, choices=Source.choices, default=Source.OFFICE)
    note = SealedTextField(_("Observations"))
    next_due_on = models.DateField(_("Next assessment due"), null=True, blank=True)
    score = models.PositiveSmallIntegerField(default=0, editable=False)
    score_parts = models.JSONField(default=dict, editable=False)
    rule_version = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["county", "household", "-assessed_on", "-id"], name="assessment_latest"),
            models.Index(fields=["county", "next_due_on"], name="assessment_due"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.assessed_on}"


class Finding(CountyOwned):
    """One domain of an assessment: how severe it is, for the household or one person."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="findings", editable=False)
    domain = models.CharField(_("Domain"), max_length=16, choices=Domain.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    severity = models.PositiveSmallIntegerField(_("Severity"), choices=Severity.choices)
    note = SealedTextField(_("Note"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(severity__range=(1, 5)), name="finding_severity_1_to_5")]

    def __str__(self) -> str:
        return f"{self.domain} {self.severity}"
