"""Say what the columns mean: proposed by the program, corrected by a person, remembered for the office."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.core.persian import key
from hamafza.intake.choices import REASON_HEADING, BatchState
from hamafza.intake.models import ImportBatch, RememberedMapping
from hamafza.intake.sheets.columns import Mapping, faults_in, propose_mapping, signature
from hamafza.intake.sheets.workbook import ClientSheet

#: States in which the columns may still be corrected: nothing is in hand and nothing has been written.
CORRECTABLE = (BatchState.UPLOADED, BatchState.STAGED, BatchState.FAILED)


def propose_for(batch: ImportBatch, sheet: ClientSheet) -> Mapping:
    """The mapping to show: what was confirmed before, for this file or such a header, else the likeliest."""
    header = sheet.header.names
    known = mapping_of(batch) if batch.mapping else _remembered(batch.county_id, header)
    mapping = propose_mapping(header, sheet.sample(), known)
    return replace(
        mapping,
        columns=tuple(
            replace(use, meaning="", confidence=1.0) if _is_reason(use.header) else use for use in mapping.columns
        ),
    )


def confirm_mapping(
    batch: ImportBatch,
    mapping: Mapping,
    *,
    header_row: int,
    by: Actor,
    remember: bool,
    expected_rows: int | None = None,
) -> None:
    """Fix the meaning of the columns; raises `Refusal` naming what is wrong with it.

    Rows that were read with other meanings are forgotten. ``expected_rows`` is how many rows the sheet has at most.
    """
    require(by, Permission.IMPORT_CLIENTS, place=batch.county_id)
    faults = faults_in(mapping)
    if faults:
        raise Refusal(" ".join(faults), code="bad_mapping")
    with transaction.atomic():
        state = ImportBatch.objects.select_for_update().values_list("state", flat=True).get(pk=batch.pk)
        if state not in CORRECTABLE:
            raise Refusal(
                _("The columns of this import can no longer be changed. Reload the page and see its state."),
                code="not_correctable",
            )
        batch.rows.all().delete()
        batch.mapping = json.loads(mapping.to_json())
        batch.header_row, batch.expected_rows = header_row, expected_rows
        batch.staged_row = batch.row_count = batch.done_group = batch.done_count = 0
        batch.state, batch.failure = BatchState.MAPPED, ""
        batch.entered_at = batch.moved_at = timezone.now()
        batch.save()
        if remember:
            RememberedMapping.objects.update_or_create(
                county_id=batch.county_id,
                signature=signature(_own_headings([use.header for use in mapping.columns])),
                defaults={"mapping": batch.mapping, "saved_at": timezone.now(), "saved_by_id": by.user_id},
            )


def mapping_of(batch: ImportBatch) -> Mapping:
    """The confirmed mapping."""
    return Mapping.from_json(json.dumps(batch.mapping))


def _remembered(county: str, header: Sequence[str]) -> Mapping | None:
    found = RememberedMapping.objects.filter(signature=signature(_own_headings(header)), county_id=county).first()
    return Mapping.from_json(json.dumps(found.mapping)) if found else None


def _own_headings(header: Sequence[str]) -> list[str]:
    """The office's headings: corrected refused rows come back with one more."""
    return [name for name in header if not _is_reason(name)]


def _is_reason(name: str) -> bool:
    return key(name) == key(REASON_HEADING)
