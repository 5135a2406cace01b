"""Persons (مددجو) and the claim on an identity number."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core.fields import BlindIndexField, NameKeyField, SealedTextField
from hamafza.core.persian import sort_key
from hamafza.core.versioned import Versioned
from hamafza.places.models import CountyOwned, Place
from hamafza.registry.choices import Education, JobStatus, PersonLeft, Relation, Sex
from hamafza.registry.models.household import Household

PHONE_TAIL_DIGITS = 4


def phone_tail(phone: str) -> str:
    """The last four digits, by which a clerk may search."""
    return phone[-PHONE_TAIL_DIGITS:]


class NameSortField(NameKeyField):
    """What lists are sorted by: the Persian alphabet in any collation (`core.persian.sort_key`)."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's signature
        value = sort_key(" ".join(getattr(model_instance, name) for name in self.of))[:200]
        setattr(model_instance, self.attname, value)
        return value


class Person(Versioned, CountyOwned):
    """One human being, one file. Identity number and contacts are sealed; names are plain so that they can be searched."""

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, verbose_name=_("Household"), related_name="persons", editable=False
    )
    relation = models.CharField(
        _("Relation to the head"), max_length=12, choices=Relation.choices, default=Relation.OTHER
    )
    identity_number = SealedTextField(_("National identity number"))
    identity_index = BlindIndexField(of="identity_number", purpose="identity")
    first_name = models.CharField(_("First name"), max_length=80, blank=True, default="")
    last_name = models.CharField(_("Last name"), max_length=80, blank=True, default="")
    father_name = models.CharField(_("Father's name"), max_length=80, blank=True, default="")
    name_key = NameKeyField(of=("first_name", "last_name"))
    name_sort = NameSortField(of=("last_name", "first_name"))
    father_key = NameKeyField(of=("father_name",))
    born_on = models.DateField(_("Date of birth"), null=True, blank=True)
    sex = models.CharField(_("Sex"), max_length=6, choices=Sex.choices, blank=True, default="")
    mobile = SealedTextField(_("Mobile"))
    mobile_index = BlindIndexField(of="mobile", purpose="mobile")
    mobile_tail_index = BlindIndexField(of="mobile", purpose="mobile-tail", form=phone_tail)
    iban = SealedTextField(_("Sheba number"))
    education = models.CharField(_("Education"), max_length=16, choices=Education.choices, blank=True, default="")
    job_status = models.CharField(_("Occupation"), max_length=12, choices=JobStatus.choices, blank=True, default="")
    skills = models.CharField(_("Skills"), max_length=200, blank=True, default="")
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("Merged into"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
    )
    left_on = models.DateField(_("Left on"), null=True, editable=False)
    left_reason = models.CharField(
        _("Reason for leaving"), max_length=20, choices=PersonLeft.choices, blank=True, default="", editable=False
    )
    #: Where a spreadsheet brought the person: its import and the row of the sheet.
    origin_batch = models.UUIDField(_("Import"), null=True, editable=False)
    origin_row = models.PositiveIntegerField(_("Row of the import"), null=True, editable=False)
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
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        indexes = [
            models.Index(fields=["county", "identity_index"], name="person_county_identity"),
            models.Index(fields=["county", "mobile_index"], name="person_county_mobile"),
            models.Index(fields=["county", "mobile_tail_index"], name="person_county_mobile_tail"),
            models.Index(fields=["county", "name_key"], name="person_county_name"),
            models.Index(fields=["county", "born_on"], name="person_county_born"),
            # Every scoped query names the county: without it in front, a planner reads the whole county.
            models.Index(fields=["county", "household"], name="person_county_household"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(first_name="") | ~Q(last_name=""), name="person_has_a_name"),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="person_not_merged_into_self"),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(relation=Relation.HEAD, left_on__isnull=True, merged_into__isnull=True),
                name="household_one_head",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class IdentityClaim(models.Model):
    """Who holds an identity number: unique in the whole country (invariant Q1).

    The one table of the registry without a county wall: it holds no data but the index, so a clash in another county
    can be noticed and shows nothing.
    """

    identity_index = models.CharField(max_length=32, primary_key=True)
    person = models.OneToOneField(
        Person, verbose_name=_("Client"), on_delete=models.CASCADE, related_name="identity_claim"
    )
    county = models.ForeignKey(Place, verbose_name=_("County"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("identity number on file")
        verbose_name_plural = _("identity numbers on file")

    def __str__(self) -> str:
        return self.identity_index[:6]
