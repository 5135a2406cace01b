"""Work that waits for somebody, by cheap counts that stop at a cap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.intake.choices import BatchState
from hamafza.intake.models import ImportBatch
from hamafza.needs.choices import STANDING_STATES, Severity
from hamafza.needs.models import Need
from hamafza.needs.queries.due import due_households
from hamafza.needs.queries.lists import ROW_FIELDS, count_capped
from hamafza.needs.queries.needs import needs_to_approve
from hamafza.registry.models import DuplicateCandidate
from hamafza.registry.similarity import REVIEW_THRESHOLD

CAP = 999
NEWEST = 6
OVER = (BatchState.DONE, BatchState.FAILED, BatchState.DROPPED)


@dataclass(frozen=True)
class Work:
    """One kind of work: how much (``more``: than that), and where it is done."""

    label: str
    icon: str
    url: str
    count: int
    more: bool


def work_for(actor: Actor, county: str, *, on: date) -> list[Work]:
    """What waits for the actor in a county (which must be open); kinds of which nothing waits are left out."""
    kinds: list[tuple[Permission, str, str, str, QuerySet[Any]]] = [
        (Permission.APPROVE_NEEDS, _("Needs to approve"), "checks", "needs:approval-list", needs_to_approve(county)),
        (
            Permission.EDIT_NEEDS,
            _("Households due for assessment"),
            "clipboard-check",
            "needs:due-list",
            due_households(county, on=on),
        ),
        (
            Permission.REVIEW_DUPLICATES,
            _("Possible duplicates to review"),
            "users",
            "registry:duplicate-list",
            _duplicates(county),
        ),
        (
            Permission.IMPORT_CLIENTS,
            _("Spreadsheets not yet finished"),
            "file-spreadsheet",
            "intake:batch-list",
            _imports(county),
        ),
    ]
    work = []
    for permission, label, icon, url_name, waiting in kinds:
        if not actor.may(permission, county):
            continue
        count, more = count_capped(waiting, cap=CAP)
        if count:
            work.append(Work(label, icon, f"{reverse(url_name)}?{urlencode({'county': county})}", count, more))
    return work


def newest_urgent(county: str) -> QuerySet[Need]:
    """Severe and critical needs that were stated last."""
    urgent = Need.objects.filter(county_id=county, severity__gte=Severity.SEVERE, state__in=sorted(STANDING_STATES))
    return (
        urgent.select_related("person", "household__head", "district")
        .only(*ROW_FIELDS)
        .order_by("-created_at", "-id")[:NEWEST]
    )


def _duplicates(county: str) -> QuerySet[DuplicateCandidate]:
    return DuplicateCandidate.objects.filter(
        county_id=county, decision=DuplicateCandidate.Decision.OPEN, score__gte=REVIEW_THRESHOLD
    )


def _imports(county: str) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.filter(county_id=county).exclude(state__in=OVER)
