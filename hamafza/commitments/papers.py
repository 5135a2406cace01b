"""Who may read the papers that show what a report says (`documents.owners` asks)."""

from __future__ import annotations

from typing import Never
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from hamafza.commitments.admission import load_update
from hamafza.commitments.models.follow_up import PAPERS
from hamafza.documents.owners import Owner, Record


def see_report(request: HttpRequest, pk: UUID) -> Record:
    """Whoever may see the commitment."""
    held = load_update(request, pk).commitment
    return Record(county=held.place_id, title=held.title, url=reverse("commitments:commitment-record", args=[held.pk]))


def edit_report(_request: HttpRequest, _pk: UUID) -> Never:
    """Nobody: a report and what shows it stay as they were told."""
    raise Http404


REPORTS = Owner(PAPERS, see=see_report, edit=edit_report)
