"""Papers that belong to a record: sealed files on disk, their facts here."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import User
from hamafza.core.fields import SealedTextField
from hamafza.places.models import CountyOwned


class Attachment(CountyOwned):
    """A sealed file of a record that a higher app owns: ``source_type`` names the kind, ``source_id`` the record."""

    source_type = models.CharField(max_length=30)
    source_id = models.UUIDField()
    title = SealedTextField(_("Title"))
    mime = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file_key = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["county", "source_type", "source_id"], name="attachment_source")]

    def __str__(self) -> str:
        return self.file_key

    @property
    def kilobytes(self) -> int:
        """The size, rounded up: no file has none."""
        return -(-self.size // 1024)
