"""The code on a receipt: the one way from outside to a gift, and thanks for what was done."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization, User
from hamafza.core.fields import SealedTextField
from hamafza.core.ids import uuid7
from hamafza.giving.models import Benefactor
from hamafza.places.models import CountyOwned, Place
from hamafza.trace.choices import LetterKind


class TraceCode(models.Model):
    """Which county and which gift a code belongs to, by its blind index: nothing else can be read from it.

    Behind no county's wall, so that somebody without any duty can follow a gift (as `registry.IdentityClaim`).
    """

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code_index = models.CharField(max_length=64, unique=True)
    county = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    donation = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return str(self.donation)


class PublishedTransfer(models.Model):
    """A transfer between counties as everybody may see it; written when it is done, never changed."""

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    from_county = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    to_county = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    transfer = models.UUIDField(unique=True)
    amount = models.BigIntegerField()
    purpose = models.CharField(max_length=16, blank=True, default="")
    reason = models.CharField(max_length=300)
    basis = models.CharField(max_length=200)
    on = models.DateField()

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.from_county_id} > {self.to_county_id}"


class Letter(CountyOwned):
    """A letter of thanks or a certificate, from what was really done; ``facts`` are the figures of its day."""

    kind = models.CharField(_("Kind"), max_length=11, choices=LetterKind.choices)
    number = models.PositiveIntegerField()
    jalali_year = models.PositiveSmallIntegerField()
    benefactor = models.ForeignKey(Benefactor, on_delete=models.PROTECT, null=True, related_name="letters")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"))
    facts = models.JSONField(default=dict)
    text = SealedTextField(_("Text"))
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["county", "-at"], name="letter_by_day")]
        constraints = [models.UniqueConstraint(fields=["county", "jalali_year", "number"], name="letter_number_once")]

    def __str__(self) -> str:
        return f"{self.jalali_year}-{self.number}"
