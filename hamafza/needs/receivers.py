"""The registry says that households changed: their needs are scored anew in the same transaction."""

from __future__ import annotations

from uuid import UUID

from django.dispatch import receiver

from hamafza.needs.commands.score import score_needs
from hamafza.registry.events import households_changed


@receiver(households_changed, dispatch_uid="needs.score")
def score_changed_households(*, county: str, household_ids: list[UUID], **_: object) -> None:
    score_needs(county, household_ids)
