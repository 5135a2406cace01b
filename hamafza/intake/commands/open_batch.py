"""Begin an import, or go on with the same one: the same file for the same county that has not come to its end."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.scope import counties
from hamafza.documents import store
from hamafza.intake.choices import BatchState
from hamafza.intake.models import ImportBatch

BLOCK_BYTES = 1 << 20
ENDED = (BatchState.DONE, BatchState.DROPPED, BatchState.FAILED)


def open_batch(county: str, *, path: Path, file_name: str, by: Actor) -> ImportBatch:
    """The import of this file: an unfinished one goes on, else a new one begins. Keeps a sealed copy of the file."""
    require(by, Permission.IMPORT_CLIENTS, place=county)
    digest = file_hash(path)
    with counties([county]):
        begun = unfinished(digest)
        if begun:
            return begun
        with path.open("rb") as file:
            file_key = store.store(file)
        with transaction.atomic():
            return ImportBatch.objects.create(
                county_id=county,
                file_name=file_name[:200],
                file_hash=digest,
                file_key=file_key,
                created_by_id=by.user_id,
            )


def unfinished(digest: str) -> ImportBatch | None:
    """The import of a file with this hash that has not come to its end."""
    return ImportBatch.objects.filter(file_hash=digest).exclude(state__in=ENDED).order_by("-created_at").first()


def file_hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
