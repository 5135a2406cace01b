"""Needs or households changed: the county's numbers are marked in the same transaction, and computed soon after."""

from __future__ import annotations

from django.dispatch import receiver

from hamafza.needs.events import needs_changed
from hamafza.registry.events import households_changed
from hamafza.reports.commands.mark import mark_changed
from hamafza.reports.tasks import refresh_county


@receiver([needs_changed, households_changed], dispatch_uid="reports.mark")
def mark_county(*, county: str, **_: object) -> None:
    # One task for all marks that wait: the first mark brings it. Should it be lost, the board computes when it opens.
    if mark_changed(county):
        refresh_county.enqueue(county)
