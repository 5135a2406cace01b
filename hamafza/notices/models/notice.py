"""In-app messages to one user."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils import timezone

from hamafza.accounts.models import User
from hamafza.core.ids import uuid7


class Notice(models.Model):
    """A message; the text is made from ``code`` and ``params`` when it is shown, in the reader's language.

    Holds no data of a client: it goes to a user, not to a county.
    """

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_by_user"),
            models.Index(fields=["user"], condition=models.Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.code
