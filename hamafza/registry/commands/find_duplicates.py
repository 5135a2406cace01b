"""Find the files of a county that may be one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamafza.core.scope import counties
from hamafza.registry.models import DuplicateCandidate
from hamafza.registry.queries.comparing import CountyFiles, contacts_of, files_of
from hamafza.registry.similarity import REVIEW_THRESHOLD, Identified, Scored, is_worth_opening, score_pair
from hamafza.registry.similarity.blocking import Pair

PairIds = tuple[UUID, UUID]
_PORTION = 1_000


def find_duplicates(county: str, *, persons: Iterable[UUID] | None = None) -> int:
    """Compare everybody of the county (or ``persons`` with everybody) and keep what scores above the floor.

    Names and dates are those of its beginning; the sealed fields are opened portion by portion, of who is still on file.
    May be run again at any time: decisions stay, scores of undecided pairs are renewed, undecided pairs that no longer
    score are taken away, and what has not changed is not written. Each portion is one transaction. Gives the number of
    undecided pairs at or above the review threshold.
    """
    with counties([county]):
        files = files_of(county)
        among = files.ids.places_of(persons) if persons is not None else None
        unseen = _undecided(county, among={files.ids.at(place) for place in among} if among is not None else None)
        for portion in files.blocks.pairs(only=among):
            scored = _score(files, portion)
            if scored:
                _keep(county, scored)
            for pair in scored:
                unseen.pop(pair, None)
        _forget(county, list(unseen.values()))
        return DuplicateCandidate.objects.filter(
            county_id=county, decision=DuplicateCandidate.Decision.OPEN, score__gte=REVIEW_THRESHOLD
        ).count()


def _undecided(county: str, *, among: set[UUID] | None) -> dict[PairIds, UUID]:
    """Undecided pairs on file of the people compared."""
    rows = DuplicateCandidate.objects.filter(county_id=county, decision=DuplicateCandidate.Decision.OPEN)
    return {
        (a, b): pk
        for pk, a, b in rows.values_list("pk", "a_id", "b_id").iterator(chunk_size=_PORTION)
        if among is None or a in among or b in among
    }


def _score(files: CountyFiles, portion: Sequence[Pair]) -> dict[PairIds, Scored]:
    people = {place: files.person(place) for place in {place for pair in portion for place in pair}}
    promising = [
        (people[a], people[b])
        for a, b in portion
        if is_worth_opening(people[a], people[b], frequencies=files.frequencies)
    ]
    contacts = contacts_of(files.county, list({person.id for pair in promising for person in pair}))
    known = [(a, b) for a, b in promising if a.id in contacts and b.id in contacts]
    scores = (
        (_in_order(a, b), score_pair(a, b, frequencies=files.frequencies, contacts=lambda one: contacts[one.id]))
        for a, b in known
    )
    return {pair: score for pair, score in scores if score is not None}


def _in_order(a: Identified, b: Identified) -> PairIds:
    return (a.id, b.id) if a.id < b.id else (b.id, a.id)


@transaction.atomic
def _keep(county: str, scored: dict[PairIds, Scored]) -> None:
    on_file = {
        (row.a_id, row.b_id): row
        for row in DuplicateCandidate.objects.select_for_update().filter(county_id=county, a__in={a for a, _ in scored})
    }
    new, changed = [], []
    now = timezone.now()
    for pair, result in scored.items():
        row = on_file.get(pair)
        if row is None:
            new.append(
                DuplicateCandidate(
                    county_id=county,
                    a_id=pair[0],
                    b_id=pair[1],
                    score=result.score,
                    parts=result.as_parts(),
                    found_at=now,
                )
            )
        elif row.decision == DuplicateCandidate.Decision.OPEN and (row.score, row.parts) != (
            result.score,
            result.as_parts(),
        ):
            row.score, row.parts, row.found_at = result.score, result.as_parts(), now
            changed.append(row)
    DuplicateCandidate.objects.bulk_create(new, batch_size=_PORTION)
    DuplicateCandidate.objects.bulk_update(changed, ["score", "parts", "found_at"], batch_size=200)


def _forget(county: str, stale: Sequence[UUID]) -> None:
    """Undecided pairs that were not found again; one that was decided meanwhile stays."""
    undecided = DuplicateCandidate.objects.filter(county_id=county, decision=DuplicateCandidate.Decision.OPEN)
    for start in range(0, len(stale), _PORTION):
        with transaction.atomic():
            undecided.filter(pk__in=stale[start : start + _PORTION]).delete()
