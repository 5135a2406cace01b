"""Matches between what benefactors can do and what clients need; and candidates without a name.

The officer who speaks with givers sees of a candidate a code, district, age band, education and priority. Words of a
need are chosen from those that five households or more share, so that no text about one of them can be felt out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, QuerySet

from hamafza.core import clock
from hamafza.core.crypto import blind_index
from hamafza.giving.choices import CapacityKind, MatchState
from hamafza.giving.models import Capacity, CapacityMatch
from hamafza.needs.choices import STANDING_STATES, Domain
from hamafza.needs.models import Need
from hamafza.needs.priority import score_on

#: Fewer households than this with one thing needed, and the thing is not named to who may not see clients.
ALIKE_AT_LEAST = 5
#: Characters of a candidate's code.
CODE_LENGTH = 8
AGE_BAND_YEARS = 10
SHOWN = 25
#: States in which a match takes up the capacity or waits to.
STANDING = frozenset({MatchState.PROPOSED, MatchState.ACCEPTED, MatchState.UNDER_WAY})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A client who may need what is offered, without name, number or file. ``age_from`` begins a band of ten years."""

    code: str
    domain: str
    item: str
    district: str
    age_from: int | None
    education: str
    score: int
    severity: int


@dataclass(frozen=True, slots=True)
class CandidateFilters:
    """Empty means any. ``words`` is one of `common_items`."""

    domain: str = ""
    words: str = ""
    district: str = ""


def domain_of(capacity: Capacity) -> str:
    """For which needs a capacity is meant; empty: any."""
    return capacity.domain or (Domain.JOB if capacity.kind == CapacityKind.JOB_OFFER else "")


def needs_for(capacity: Capacity, filters: CandidateFilters | None = None) -> QuerySet[Need]:
    """Standing needs (the county must be open) that the capacity could meet, the most urgent first."""
    asked = filters or CandidateFilters()
    domain = domain_of(capacity) or asked.domain
    found = Need.objects.filter(
        county_id=capacity.county_id,
        state__in=sorted(STANDING_STATES),
        required__gt=F("reserved") + F("delivered"),
        **({"domain": domain} if domain else {}),
        **({"item": asked.words} if asked.words else {}),
        **({"district_id": asked.district} if asked.district else {}),
    )
    matched = CapacityMatch.objects.filter(capacity=capacity).exclude(state=MatchState.DECLINED)
    return found.exclude(pk__in=matched.values("need_id")).order_by("-rank", "id")


def candidates_for(capacity: Capacity, filters: CandidateFilters | None = None) -> list[Candidate]:
    """The most urgent candidates, at most `SHOWN`."""
    needs = needs_for(capacity, filters).select_related("person", "household__head", "district")[:SHOWN]
    shown = set(common_items(capacity))
    on = clock.today()
    return [candidate_of(need, items=shown, on=on) for need in needs]


def candidate_of(need: Need, *, items: set[str], on: date) -> Candidate:
    """The need without its client; its thing is named only when it is one of ``items``."""
    owner = need.person or need.household.head
    born = owner.born_on if owner else None
    return Candidate(
        code=code_of(need.pk),
        domain=need.domain,
        item=need.item if need.item in items else "",
        district=need.district.name if need.district else "",
        age_from=age_band(born, on=on) if born else None,
        education=owner.education if owner else "",
        score=score_on(need.score_base, need.since, on),
        severity=need.severity,
    )


def age_band(born_on: date, *, on: date) -> int:
    """The first age of the band of ten years, such as 30."""
    years = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    return max(0, years) // AGE_BAND_YEARS * AGE_BAND_YEARS


def common_items(capacity: Capacity) -> list[str]:
    """Things that at least `ALIKE_AT_LEAST` households of the county need in the capacity's field, by name."""
    domain = domain_of(capacity)
    needs = Need.objects.filter(
        county_id=capacity.county_id,
        state__in=sorted(STANDING_STATES),
        **({"domain": domain} if domain else {}),
    ).exclude(item="")
    alike = needs.order_by("item").values("item").annotate(households=Count("household", distinct=True))
    return list(alike.filter(households__gte=ALIKE_AT_LEAST).values_list("item", flat=True))


def code_of(need: UUID) -> str:
    """The name of a candidate for those who may not know whose need it is: always the same, and nothing can be read from it."""
    return blind_index(str(need), purpose="candidate")[:CODE_LENGTH].upper()


def need_of_code(capacity: Capacity, code: str) -> Need | None:
    """The candidate's need, if the capacity could meet it."""
    ids = needs_for(capacity).values_list("pk", flat=True)
    found = next((pk for pk in ids.iterator(chunk_size=5000) if code_of(pk) == code), None)
    return Need.objects.get(county_id=capacity.county_id, pk=found) if found else None


def matches_in(county: str, *, state: str = "", capacity: Capacity | None = None) -> QuerySet[CapacityMatch]:
    """Matches of a county (which must be open), the newest first; ``state`` empty: those that stand."""
    states = [state] if state in MatchState.values else sorted(STANDING)
    found = CapacityMatch.objects.filter(county_id=county)
    found = found.filter(state__in=states) if capacity is None else found.filter(capacity=capacity)
    with_all = found.select_related("capacity__benefactor", "need__person", "need__household__head", "need__district")
    return with_all.order_by("-id")


def standing_matches(capacity: Capacity) -> QuerySet[CapacityMatch]:
    """Matches of a capacity that are neither done nor declined."""
    return CapacityMatch.objects.filter(county_id=capacity.county_id, capacity=capacity, state__in=sorted(STANDING))


def before(found: QuerySet[CapacityMatch], place: UUID | None) -> QuerySet[CapacityMatch]:
    """The rows after one of a list that runs from the newest to the oldest."""
    return found if place is None else found.filter(id__lt=place)


def anonymous_rows(matches: Sequence[CapacityMatch]) -> list[tuple[CapacityMatch, Candidate]]:
    """Each match with its candidate, who stays without a name."""
    on = clock.today()
    return [(match, candidate_of(match.need, items=set(), on=on)) for match in matches]
