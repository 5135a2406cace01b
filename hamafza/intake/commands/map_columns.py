"""Say what the columns mean: proposed by the program, corrected by a person, remembered for the office."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.intake.choices import BatchState
from hamafza.intake.models import ImportBatch, RememberedMapping
from hamafza.intake.sheets.columns import Mapping, faults_in, propose_mapping, signature
from hamafza.intake.sheets.workbook import ClientSheet


def propose_for(batch: ImportBatch, sheet: ClientSheet) -> Mapping:
    """The mapping to show: what this office confirmed for such a header before, else the likeliest."""
    header = sheet.header.names
    remembered = RememberedMapping.objects.filter(signature=signature(header), county_id=batch.county_id).first()
    known = Mapping.from_json(json.dumps(remembered.mapping)) if remembered else None
    return propose_mapping(header, sheet.sample(), known)


def confirm_mapping(batch: ImportBatch, mapping: Mapping, *, header_row: int, by: Actor, remember: bool) -> None:
    """Fix the meaning of the columns; raises `Refusal` naming what is wrong with it."""
    require(by, Permission.IMPORT_CLIENTS, county=batch.county_id)
    faults = faults_in(mapping)
    if faults:
        raise Refusal(" ".join(faults), code="bad_mapping")
    with transaction.atomic():
        batch.mapping = json.loads(mapping.to_json())
        batch.header_row = header_row
        batch.state = BatchState.MAPPED
        batch.save(update_fields=["mapping", "header_row", "state"])
        if remember:
            RememberedMapping.objects.update_or_create(
                county_id=batch.county_id,
                signature=signature([use.header for use in mapping.columns]),
                defaults={"mapping": batch.mapping, "saved_at": timezone.now(), "saved_by_id": by.user_id},
            )


def mapping_of(batch: ImportBatch) -> Mapping:
    """The confirmed mapping."""
    return Mapping.from_json(json.dumps(batch.mapping))
