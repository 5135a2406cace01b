"""A question of the governor's office about a row without names, and the welfare office's answer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization, User
from hamafza.desk.choices import QuestionState
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.places.models import CountyOwned, Place


class Question(CountyOwned):
    """Asked about needs alike of five households or more; ``row`` is what they had in common, and how many they were.

    Its number is all by which both sides name it. Which needs it is about (`QuestionNeed`) only the office reads.
    """

    number = models.PositiveIntegerField()
    jalali_year = models.PositiveSmallIntegerField()
    domain = models.CharField(_("Need"), max_length=16, choices=Domain.choices)
    district = models.ForeignKey(
        Place, verbose_name=_("District"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    row = models.JSONField()
    text = models.TextField(_("Question"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_for = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(_("State"), max_length=8, choices=QuestionState.choices, default=QuestionState.ASKED)
    answer = models.TextField(_("Answer"), blank=True, default="")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["county", "state", "-id"], name="question_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["county", "jalali_year", "number"], name="question_number_once"),
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="question_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="question_asks"),
            models.CheckConstraint(
                condition=Q(state=QuestionState.ASKED, answer="", answered_at__isnull=True)
                | (~Q(state=QuestionState.ASKED) & ~Q(answer="") & Q(answered_at__isnull=False)),
                name="question_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.CLOSED) | Q(closed_at__isnull=False), name="question_closed_whole"
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")), name="question_two_hands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jalali_year}/{self.number}"


class QuestionNeed(CountyOwned):
    """A need that stood behind the row when it was asked about; for the eyes of the office alone."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="needs")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "need"], name="questionneed_once")]

    def __str__(self) -> str:
        return f"{self.question_id}"
