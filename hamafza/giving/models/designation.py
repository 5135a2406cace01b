"""What a giver wants: intention, purpose, time limit, surplus, dedication. The same fields for a promise and a gift."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hamafza.core.fields import SealedTextField
from hamafza.giving.choices import DedicationKind, Intention
from hamafza.ledger.choices import SurplusRule
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.registry.choices import TargetGroup


class Designated(models.Model):
    """Base of pledges and donations. The county is the row's own: what is given in a county is spent there."""

    intention = models.CharField(_("Intention"), max_length=10, choices=Intention.choices, default=Intention.GENERAL)
    purpose = models.CharField(_("Purpose"), max_length=16, choices=Domain.choices, blank=True, default="")
    target_group = models.CharField(
        _("Target group"), max_length=22, choices=TargetGroup.choices, blank=True, default=""
    )
    for_need = models.ForeignKey(
        Need, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    use_by = models.DateField(_("To be used until"), null=True, blank=True)
    surplus_rule = models.CharField(
        _("If something is left"), max_length=12, choices=SurplusRule.choices, default=SurplusRule.SAME_PURPOSE
    )
    dedication = models.CharField(
        _("Dedication"), max_length=9, choices=DedicationKind.choices, default=DedicationKind.NONE
    )
    dedicated_to = SealedTextField(_("Dedicated to"))
    own_words = SealedTextField(_("In the giver's own words"))

    class Meta:
        abstract = True
