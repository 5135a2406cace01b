"""The registry says that households changed: in the same transaction their needs follow, are closed, are scored anew."""

from __future__ import annotations

from uuid import UUID

from django.dispatch import receiver

from hamafza.core.scope import counties
from hamafza.needs.commands.expire import follow_person, settle_left, take_up_again
from hamafza.needs.commands.score import score_needs
from hamafza.needs.queries.needs import households_in_need
from hamafza.registry.events import files_returned, households_changed, person_moved


@receiver(person_moved, dispatch_uid="needs.follow_person")
def follow_moved_person(*, county: str, person_id: UUID, to_household_id: UUID, **_: object) -> None:
    with counties([county]):
        follow_person(person_id, household_id=to_household_id)


@receiver(households_changed, dispatch_uid="needs.follow")
def follow_households(*, county: str, household_ids: list[UUID], **_: object) -> None:
    with counties([county]):
        in_need = households_in_need(household_ids)
    settle_left(county, in_need)
    score_needs(county, in_need)


@receiver(files_returned, dispatch_uid="needs.take_up_again")
def take_up_needs(*, county: str, household_ids: list[UUID], **_: object) -> None:
    take_up_again(county, household_ids)
    score_needs(county, household_ids)
