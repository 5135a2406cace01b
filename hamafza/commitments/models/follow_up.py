"""What happens to a commitment on its way: each a row that stays as it was written."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from hamafza.accounts.models import Organization, User
from hamafza.commitments.choices import ChangeState, Obstacle, Rung
from hamafza.commitments.models.commitment import Commitment
from hamafza.places.models import PlaceOwned

#: Papers of a report, as `documents` calls them.
PAPERS = "progressupdate"


class ProgressUpdate(PlaceOwned):
    """How far it is, told by the owner; ``for_owner`` when the secretary writes it down for a body without users (A6)."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="updates")
    at = models.DateTimeField(default=timezone.now)
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    for_owner = models.BooleanField(default=False)
    percent = models.PositiveSmallIntegerField(_("Done (percent)"))
    done_quantity = models.PositiveBigIntegerField(_("Done so far"), default=0)
    text = models.TextField(_("What was done"), blank=True, default="")
    obstacle = models.CharField(
        _("What is in the way"), max_length=11, choices=Obstacle.choices, blank=True, default=""
    )
    obstacle_text = models.CharField(_("In words"), max_length=300, blank=True, default="")
    #: The owner says that it is done.
    is_claim = models.BooleanField(default=False)
    key = models.UUIDField(unique=True, null=True)

    class Meta:
        indexes = [models.Index(fields=["commitment", "-id"], name="progress_newest_first")]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="progress_percent_to_100"),
            models.CheckConstraint(
                condition=Q(obstacle="") | Q(obstacle__in=Obstacle.values), name="progress_obstacle_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.percent}%"


class Verification(PlaceOwned):
    """Whether what was reported as done is, in the eyes of somebody else (A3)."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="verifications")
    claim = models.OneToOneField(ProgressUpdate, on_delete=models.PROTECT, related_name="verification")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    adequate = models.BooleanField()
    note = models.CharField(pgettext_lazy("verification", "What was found"), max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(adequate=True) | ~Q(note=""), name="verification_says_what_is_missing"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.adequate}"


class DueDateChange(PlaceOwned):
    """Another due date: asked for with a reason, decided on by whoever issued the commitment, never by who asked (A4)."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="date_changes")
    old_due_on = models.DateField()
    new_due_on = models.DateField(_("New date"))
    reason = models.CharField(_("Reason"), max_length=300)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=ChangeState.choices, default=ChangeState.ASKED)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(_("Answer"), max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(state=ChangeState.ASKED), name="datechange_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=ChangeState.values), name="datechange_state_known"),
            models.CheckConstraint(condition=~Q(old_due_on=F("new_due_on")), name="datechange_changes_the_date"),
            models.CheckConstraint(
                condition=Q(state=ChangeState.ASKED, decided_at__isnull=True)
                | (~Q(state=ChangeState.ASKED) & Q(decided_at__isnull=False)),
                name="datechange_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="datechange_two_hands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on} -> {self.new_due_on}"


class Reassignment(PlaceOwned):
    """From one owner to another, with the reason: taking it on begins anew, the clock does not (A8)."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="reassignments")
    from_owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    to_owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_owner=F("to_owner")), name="reassignment_goes_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.from_owner_id} -> {self.to_owner_id}"


class EscalationStep(PlaceOwned):
    """A rung that was reached: of one deadline each level once (A5). ``told`` is how many people heard of it there."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="escalations")
    due_on = models.DateField()
    level = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=9, choices=Rung.choices)
    #: The day on which it was reached, whenever the program came to it.
    falls_on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    told = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["place", "to", "-falls_on"], name="escalation_by_rung")]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "due_on", "level"], name="escalation_each_level_once"),
            models.CheckConstraint(condition=Q(to__in=Rung.values), name="escalation_rung_known"),
            models.CheckConstraint(condition=Q(falls_on__gt=F("due_on")), name="escalation_after_its_day"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.level}"
