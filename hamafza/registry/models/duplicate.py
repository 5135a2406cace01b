"""Pairs of files that may be one person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.places.models import CountyOwned
from hamafza.registry.models.person import Person


class DuplicateCandidate(CountyOwned):
    """A scored pair; ``score`` is 0..1000, ``parts`` shows what it is made of and the version of the rule."""

    class Decision(models.TextChoices):
        OPEN = "open", _("Not yet decided")
        SAME = "same", _("The same person")
        DIFFERENT = "different", _("Different persons")

    a = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    b = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(_("Score"))
    parts = models.JSONField(default=dict)
    decision = models.CharField(max_length=9, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["county", "decision", "-score", "id"], name="duplicate_county_score")]
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="duplicate_pair_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} ~ {self.b_id}"
