"""Papers of a record. The counties are opened by the owner's rule (`documents.owners`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from hamafza.documents.models import Attachment


@dataclass(frozen=True, slots=True)
class Papers:
    """What `documents/_attachments.html` draws."""

    source_type: str
    source_id: UUID
    rows: tuple[Attachment, ...]
    may_edit: bool


def attachments(*, source_type: str, source_id: UUID) -> QuerySet[Attachment]:
    """Papers of one record that are not removed, the newest first."""
    return all_attachments(source_type=source_type, source_id=source_id).filter(removed_at__isnull=True)


def all_attachments(*, source_type: str, source_id: UUID) -> QuerySet[Attachment]:
    """Those removed too."""
    found = Attachment.objects.filter(source_type=source_type, source_id=source_id)
    return found.select_related("created_by").order_by("-created_at", "-id")


def papers(*, source_type: str, source_id: UUID, may_edit: bool) -> Papers:
    """The papers of a record for its page, in one query: ``{% include "documents/_attachments.html" %}``."""
    return Papers(source_type, source_id, tuple(attachments(source_type=source_type, source_id=source_id)), may_edit)


def papers_by_source(*, source_type: str, source_ids: Iterable[UUID]) -> dict[UUID, list[Attachment]]:
    """The papers of many records of one kind, in one query, the oldest first."""
    found = Attachment.objects.filter(source_type=source_type, source_id__in=list(source_ids), removed_at__isnull=True)
    papers: dict[UUID, list[Attachment]] = {}
    for one in found.order_by("created_at", "id"):
        papers.setdefault(one.source_id, []).append(one)
    return papers
