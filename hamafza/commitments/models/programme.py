"""What a body plans to do in a period, told to the others before it begins."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization, User
from hamafza.commitments.models.field import SupportField
from hamafza.commitments.programme_choices import ProgrammeState
from hamafza.commitments.programme_periods import Period, period_named
from hamafza.core import wording
from hamafza.places.models import Place, PlaceOwned
from hamafza.registry.choices import TargetGroup


class Programme(PlaceOwned):
    """One version of what a body plans for a period (`programme_periods`) at a place.

    A draft is its body's own. Once published it is never rewritten and ``published_at`` never changes: what is different
    afterwards is the version with the next ``number``, which says why. The first version tells whether it came in time.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="programmes")
    period = models.CharField(_("Period"), max_length=8, editable=False)
    starts_on = models.DateField(editable=False)
    ends_on = models.DateField(editable=False)
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    reason = models.CharField(_("Why it changes"), max_length=300, blank=True, default="")
    state = models.CharField(
        _("State"), max_length=9, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT, editable=False
    )
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    #: Written down by the secretary for a body without users.
    for_owner = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Of the form that made it: sent again it makes no second one.
    key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["place", "state", "starts_on"], name="programme_by_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "organization", "period", "number"], name="programme_version_once"
            ),
            models.CheckConstraint(condition=Q(state__in=ProgrammeState.values), name="programme_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="programme_days_in_order"),
            models.CheckConstraint(
                condition=Q(state=ProgrammeState.DRAFT, published_at__isnull=True)
                | Q(state=ProgrammeState.PUBLISHED, published_at__isnull=False),
                name="programme_published_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="programme_change_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.period} {self.number}"

    @property
    def period_kept(self) -> Period:
        return period_named(self.period)

    @property
    def is_draft(self) -> bool:
        return self.state == ProgrammeState.DRAFT

    @property
    def published_on(self) -> date | None:
        """The day where the office is."""
        return wording.day_of(self.published_at) if self.published_at else None

    @property
    def is_late(self) -> bool:
        """Told to the others when its period had begun already."""
        return self.published_on is not None and self.published_on >= self.starts_on


class ProgrammeItem(PlaceOwned):
    """One thing a body plans: in which field, for whom, where, how much, when and together with whom.

    An empty ``target_group`` or ``district`` means all of them. ``since`` is the version in which it was last written.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="items")
    field = models.ForeignKey(
        SupportField, verbose_name=_("Field of support"), on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField(_("What will be done"), max_length=200)
    target_group = models.CharField(_("For whom"), max_length=20, choices=TargetGroup.choices, blank=True, default="")
    district = models.ForeignKey(
        Place, verbose_name=_("Where"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    quantity = models.PositiveBigIntegerField(_("How much"), null=True, blank=True)
    unit = models.CharField(_("Unit"), max_length=40, blank=True, default="")
    timing = models.CharField(_("When"), max_length=80, blank=True, default="")
    partner = models.ForeignKey(
        Organization,
        verbose_name=_("Together with"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    since = models.PositiveSmallIntegerField(default=1, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["programme", "id"], name="programmeitem_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__isnull=True, unit="") | (Q(quantity__gt=0) & ~Q(unit="")),
                name="programmeitem_quantity_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(target_group="") | Q(target_group__in=TargetGroup.values),
                name="programmeitem_group_known",
            ),
        ]

    def __str__(self) -> str:
        return self.what
