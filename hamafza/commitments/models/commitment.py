"""A commitment: exactly one body owes a result by a date."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization, User
from hamafza.commitments.choices import CommitmentState, Confidentiality, Priority, Source
from hamafza.commitments.models.field import SupportField
from hamafza.core.versioned import Versioned
from hamafza.places.models import PlaceOwned


class Commitment(Versioned, PlaceOwned):
    """What one body (the owner) owes to another (the issuer), with a quantity, a date and whoever supports it.

    ``number`` is gapless in its place and Jalali year, given when it leaves the draft. ``original_due_on`` is the date of
    the first order and never changes after; ``due_on`` follows approved changes (A4). ``claim`` is the report by which the
    owner says that it is done, as long as it stands.
    """

    number = models.PositiveIntegerField(null=True, editable=False)
    jalali_year = models.PositiveSmallIntegerField(null=True, editable=False)
    title = models.CharField(_("What is to be done"), max_length=200)
    description = models.TextField(_("In more words"), blank=True, default="")
    source_type = models.CharField(_("Follows from"), max_length=13, choices=Source.choices, default=Source.MANUAL)
    source_id = models.UUIDField(null=True, editable=False)
    #: Its share of what it follows from, in percent; the shares of one source are all given, or none.
    weight = models.PositiveSmallIntegerField(_("Weight (percent)"), null=True, blank=True)
    field = models.ForeignKey(
        SupportField,
        verbose_name=_("Field of support"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    issuer = models.ForeignKey(
        Organization, verbose_name=_("Asked for by"), on_delete=models.PROTECT, related_name="commitments_asked"
    )
    owner = models.ForeignKey(
        Organization, verbose_name=_("Owner"), on_delete=models.PROTECT, related_name="commitments_owed"
    )
    owner_person = models.ForeignKey(
        User, verbose_name=_("In charge there"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    priority = models.CharField(_("Priority"), max_length=6, choices=Priority.choices, default=Priority.NORMAL)
    confidentiality = models.CharField(
        _("Who may know"), max_length=8, choices=Confidentiality.choices, default=Confidentiality.INTERNAL
    )
    quantity = models.PositiveBigIntegerField(_("How much"), null=True, blank=True)
    unit = models.CharField(_("Unit"), max_length=40, blank=True, default="")
    due_on = models.DateField(_("Due on"))
    original_due_on = models.DateField(_("First due on"), editable=False)
    review_on = models.DateField(_("To be looked at on"), null=True, blank=True)
    #: The day of looking at it that was told already.
    review_told_on = models.DateField(null=True, editable=False)

    state = models.CharField(
        _("State"), max_length=11, choices=CommitmentState.choices, default=CommitmentState.DRAFT, editable=False
    )
    state_reason = models.CharField(_("Reason"), max_length=300, blank=True, default="", editable=False)
    percent = models.PositiveSmallIntegerField(default=0, editable=False)
    done_quantity = models.PositiveBigIntegerField(default=0, editable=False)
    claim = models.ForeignKey(
        "ProgressUpdate", on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    reported_at = models.DateTimeField(null=True, editable=False)
    assigned_at = models.DateTimeField(null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    #: The day on which the owner had it done, as verified: measured against both dates.
    done_on = models.DateField(null=True, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Of the form that made it: sent again it makes no second one.
    key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["place", "state", "due_on"], name="commitment_by_due"),
            models.Index(fields=["owner", "state", "due_on"], name="commitment_by_owner"),
            models.Index(fields=["source_type", "source_id"], name="commitment_by_source"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["place", "jalali_year", "number"], name="commitment_number_once"),
            models.CheckConstraint(condition=Q(state__in=CommitmentState.values), name="commitment_state_known"),
            models.CheckConstraint(condition=Q(source_type__in=Source.values), name="commitment_source_known"),
            models.CheckConstraint(
                condition=Q(source_type=Source.MANUAL, source_id__isnull=True)
                | (~Q(source_type=Source.MANUAL) & Q(source_id__isnull=False)),
                name="commitment_source_named",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="commitment_percent_to_100"),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__range=(1, 100)), name="commitment_weight_1_to_100"
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | (Q(quantity__gt=0) & ~Q(unit="")),
                name="commitment_quantity_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CommitmentState.DRAFT, CommitmentState.CANCELLED])
                | Q(number__isnull=False, jalali_year__isnull=False, assigned_at__isnull=False),
                name="commitment_numbered_when_given",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CommitmentState.CLAIMED, CommitmentState.VERIFIED, CommitmentState.CLOSED])
                | Q(claim__isnull=False),
                name="commitment_done_by_a_report",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Supporter(PlaceOwned):
    """A body that helps the owner, and its share in words."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="supporters")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    share = models.CharField(_("Its share"), max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "organization"], name="supporter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}"
