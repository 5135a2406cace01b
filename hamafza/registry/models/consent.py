"""Consents of clients: to what, in which words, since when, until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core import clock
from hamafza.core.fields import SealedTextField
from hamafza.places.models import CountyOwned
from hamafza.registry.choices import ConsentPurpose
from hamafza.registry.models.household import Household
from hamafza.registry.models.person import Person


class Consent(CountyOwned):
    """A written consent (رضایت) of a client, or of a child's guardian; it may be withdrawn on any day.

    The signed paper is a document of the household; ``text_version`` says which wording was signed.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="consents", editable=False)
    person = models.ForeignKey(
        Person, verbose_name=_("Who consents"), on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.CharField(_("To what"), max_length=14, choices=ConsentPurpose.choices)
    text_version = models.PositiveSmallIntegerField(_("Version of the text"), default=1)
    given_on = models.DateField(_("Date of the consent"), default=clock.today)
    note = SealedTextField(_("Note"))
    witnessed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["county", "household", "purpose"], name="consent_by_purpose")]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=ConsentPurpose.values), name="consent_purpose_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose
