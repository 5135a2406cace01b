"""Papers come and go. The right is the owner's: a `Record` comes only from `documents.owners.may_edit`."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.persian import normalize
from hamafza.documents import store
from hamafza.documents.models import Attachment
from hamafza.documents.owners import Record
from hamafza.documents.queries.attachments import attachments
from hamafza.documents.rules import MIB, MOST_BYTES, MOST_PAPERS, kind_of

TITLE_LENGTH = 120


def attach_file(
    record: Record, file: BinaryIO, *, name: str, title: str, source_type: str, source_id: UUID, by: Actor
) -> Attachment:
    """Seal a file and add it to the papers of a record; ``name`` is the file's own."""
    size = file.seek(0, 2)
    if not 0 < size <= MOST_BYTES:
        raise Refusal(
            _("The file is empty or larger than %(most)s megabytes. Make it smaller and try again.")
            % {"most": wording.number(MOST_BYTES // MIB)},
            code="size",
            field="file",
        )
    kind = kind_of(file, name=name)
    if kind is None:
        raise Refusal(
            _(
                "This file is no PDF, picture (JPG, PNG), Word (DOCX) or Excel (XLSX) file. Save it as one and try again."
            ),
            code="kind",
            field="file",
        )
    file.seek(0)
    digest = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    key = store.store(file)
    try:
        with transaction.atomic():
            if attachments(source_type=source_type, source_id=source_id).count() >= MOST_PAPERS:
                raise Refusal(_("This record has as many papers as it may have. Remove one first."), code="many")
            return Attachment.objects.create(
                county_id=record.county,
                source_type=source_type,
                source_id=source_id,
                title=(normalize(title) or normalize(PurePath(name).stem))[:TITLE_LENGTH],
                mime=kind.mime,
                size=size,
                sha256=digest,
                file_key=key,
                created_by_id=by.user_id,
            )
    except BaseException:
        store.remove(key)
        raise


def remove_attachment(attachment: Attachment) -> None:
    """Take a paper off its record; it can be put back."""
    with transaction.atomic():
        _locked(attachment, removed=False)
        Attachment.objects.filter(pk=attachment.pk).update(removed_at=timezone.now())


def restore_attachment(attachment: Attachment) -> None:
    """Put a paper back on its record."""
    with transaction.atomic():
        _locked(attachment, removed=True)
        Attachment.objects.filter(pk=attachment.pk).update(removed_at=None)


def _locked(attachment: Attachment, *, removed: bool) -> Attachment:
    locked = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if (locked.removed_at is not None) != removed:
        raise Refusal(_("Somebody else has just done this. Reload the page."), code="done")
    return locked
