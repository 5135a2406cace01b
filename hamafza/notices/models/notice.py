"""In-app messages to one user."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from hamafza.accounts.models import User
from hamafza.core.ids import uuid7


class Notice(models.Model):
    """A message; the text is made from ``code`` and ``params`` when it is shown, in the reader's language.

    Holds no data of a client: it goes to a user, not to a county.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "read_at", "-at"], name="notice_unread")]

    def __str__(self) -> str:
        return self.code
