"""One import: the sealed workbook, its mapping, its staged rows, how far it has come."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization, User
from hamafza.core.fields import SealedTextField
from hamafza.intake.choices import BatchState, Outcome
from hamafza.places.models import CountyOwned


class ImportBatch(CountyOwned):
    """An import of one workbook into one county. Cursor and chunk are written in one transaction, so it resumes.

    ``staged_row`` is the last sheet row that was read, ``done_group`` the last group of rows that was compared
    (state planning) or written (state applying), ``done_count`` how many rows that were. ``entered_at`` is when the
    present state began, ``moved_at`` when the last chunk was done: how long it still takes, and whether anybody works.
    """

    file_name = models.CharField(_("File"), max_length=200)
    file_hash = models.CharField(max_length=64)
    file_key = models.CharField(max_length=80, blank=True, default="")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    mapping = models.JSONField(null=True)
    header_row = models.PositiveIntegerField(null=True)
    state = models.CharField(_("State"), max_length=8, choices=BatchState.choices, default=BatchState.UPLOADED)
    failure = models.CharField(max_length=300, blank=True, default="")
    row_count = models.PositiveIntegerField(default=0)
    expected_rows = models.PositiveIntegerField(null=True)
    staged_row = models.PositiveIntegerField(default=0)
    done_group = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    #: The counts of `queries.report.Counts`, kept when the import is done: its rows are removed later.
    result = models.JSONField(null=True)
    created_by = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    entered_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["county", "-created_at"], name="batch_county_latest"),
            models.Index(fields=["county", "file_hash"], name="batch_county_file"),
        ]
        constraints = [models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state_known")]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(CountyOwned):
    """A staged row. ``payload`` is the cleaned row as JSON, sealed, removed after 30 days.

    ``group_key`` is the blind index of the household's file number, ``identity_key`` that of the identity number,
    ``names_key`` that of file number, names and birth date. ``person_row`` is the first row of the same person.
    ``group_row`` is the first row of all that must be decided together: the household, and every other household of
    the sheet in which one of its persons is named too.
    """

    batch: models.ForeignKey[ImportBatch, ImportBatch] = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    row = models.PositiveIntegerField()
    group_key = models.CharField(max_length=32, blank=True, default="")
    identity_key = models.CharField(max_length=32, blank=True, default="")
    names_key = models.CharField(max_length=32, blank=True, default="")
    group_row = models.PositiveIntegerField(default=0)
    person_row = models.PositiveIntegerField(default=0)
    payload = SealedTextField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    faults = models.JSONField(default=list)
    fault_values = SealedTextField()

    class Meta:
        indexes = [
            models.Index(fields=["batch", "group_row", "row"], name="importrow_groups"),
            models.Index(fields=["batch", "group_key", "row"], name="importrow_group_key"),
            models.Index(fields=["batch", "identity_key", "row"], name="importrow_identity_key"),
            models.Index(fields=["batch", "names_key", "row"], name="importrow_names_key"),
            models.Index(fields=["batch", "outcome", "row"], name="importrow_outcome"),
        ]
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="importrow_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row}"


class RememberedMapping(CountyOwned):
    """A mapping an office has confirmed, by the signature of the header it belongs to."""

    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "signature"], name="mapping_once_an_office")]

    def __str__(self) -> str:
        return self.signature
