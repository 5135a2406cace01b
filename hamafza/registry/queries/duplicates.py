"""Pairs of files that may be one person, for the page and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from hamafza.registry.models import DuplicateCandidate
from hamafza.registry.queries.keyset import cursor_of, rows_after
from hamafza.registry.similarity import REVIEW_THRESHOLD

PAGE = 10
COUNT_CAP = 1_000


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """A pair with its score (0..1000) and parts; ``a_row`` is the sheet row that created the person, if one did."""

    score: int
    parts: Mapping[str, object]
    a: UUID
    b: UUID
    a_row: int | None
    b_row: int | None


@dataclass(frozen=True)
class CandidatePage:
    """One page of candidates, highest score first; ``after`` is the cursor of the next. ``count`` stops at a cap."""

    rows: Sequence[DuplicateCandidate]
    after: str
    count: int
    capped: bool


def scored_pairs(county: str, *, below_threshold: bool = False) -> Iterator[ScoredPair]:
    """Pairs not decided to be two persons, highest score first; also the unlikely ones if asked."""
    pairs = DuplicateCandidate.objects.filter(county_id=county).exclude(decision=DuplicateCandidate.Decision.DIFFERENT)
    if not below_threshold:
        pairs = pairs.filter(score__gte=REVIEW_THRESHOLD)
    rows = pairs.order_by("-score", "pk").values_list(
        "score", "parts", "a_id", "b_id", "a__origin_row", "b__origin_row"
    )
    return (ScoredPair(*row) for row in rows.iterator(chunk_size=1_000))


def candidates(
    *, minimum: int = REVIEW_THRESHOLD, decision: str = DuplicateCandidate.Decision.OPEN, after: str = ""
) -> CandidatePage:
    """Pairs of the open counties from a score on, by decision; two queries."""
    found = DuplicateCandidate.objects.filter(decision=decision, score__gte=minimum)
    count = found.order_by()[: COUNT_CAP + 1].values("pk").count()
    ordered = rows_after(found, field="score", falling=True, cursor=after)
    page = list(ordered.select_related("a__household__head", "b__household__head", "decided_by")[: PAGE + 1])
    return CandidatePage(
        rows=page[:PAGE],
        after=cursor_of(page[PAGE - 1].score, page[PAGE - 1].pk) if len(page) > PAGE else "",
        count=min(count, COUNT_CAP),
        capped=count > COUNT_CAP,
    )


def undecided(county: str) -> int:
    """How many pairs wait for a decision in one county (capped), for boards."""
    return (
        DuplicateCandidate.objects.filter(
            county_id=county, decision=DuplicateCandidate.Decision.OPEN, score__gte=REVIEW_THRESHOLD
        )
        .order_by()[:COUNT_CAP]
        .count()
    )
