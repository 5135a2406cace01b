"""What a killed import must never leave behind: a row that is only half in the registry."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from hamafza.core.scope import counties
from hamafza.intake.choices import BatchState, Outcome
from hamafza.intake.models import ImportBatch
from hamafza.registry.choices import Relation
from hamafza.registry.models import Household, IdentityClaim, Person


def half_rows(county: str) -> list[str]:
    """Sentences for the tester; empty when everything is whole."""
    with counties([county]):
        return [*_persons_without_claim(), *_empty_households(), *_headless(), *_rows_and_persons()]


def _persons_without_claim() -> Iterator[str]:
    claims = IdentityClaim.objects.filter(person=OuterRef("pk"))
    for person in Person.objects.exclude(identity_index="").filter(~Exists(claims)):
        yield f"person of row {person.origin_row} without claim"


def _empty_households() -> Iterator[str]:
    for household in Household.objects.filter(~Exists(Person.objects.filter(household=OuterRef("pk")))):
        yield f"household {household.file_number} without persons"


def _headless() -> Iterator[str]:
    heads = Person.objects.filter(relation=Relation.HEAD, left_on__isnull=True, household_id__isnull=False)
    missing = heads.exclude(household__head_id__isnull=False)
    yield from (f"head of row {person.origin_row} is not her household's head" for person in missing)


def _rows_and_persons() -> Iterator[str]:
    """Up to the cursor every created row has its person, behind it none."""
    for batch in ImportBatch.objects.exclude(state=BatchState.DROPPED):
        persons = set(Person.objects.filter(origin_batch=batch.pk).values_list("origin_row", flat=True))
        if batch.state not in {BatchState.APPLYING, BatchState.DONE}:
            yield from (f"row {row} is written in state {batch.state}" for row in persons)
            continue
        done = batch.rows.filter(group_row__gt=0, group_row__lte=batch.done_group, outcome=Outcome.CREATED)
        created = set(done.values_list("row", flat=True))
        yield from (f"row {row} half written" for row in persons ^ created)
