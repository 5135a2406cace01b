"""Capacities, candidates and matches as rows, in words. Nobody is named in any of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from hamafza.core import clock, wording
from hamafza.giving.choices import CapacityKind, CapacityState, MatchState, Moderation
from hamafza.giving.models import Capacity, CapacityMatch
from hamafza.giving.queries.capacities import is_expired
from hamafza.giving.queries.matches import AGE_BAND_YEARS, Candidate, candidate_of
from hamafza.needs.choices import Domain, Severity
from hamafza.registry.choices import Education

CAPACITY_ICONS = {
    CapacityKind.MONEY: "wallet",
    CapacityKind.GOODS: "package",
    CapacityKind.SKILL: "tool",
    CapacityKind.VOLUNTEER_TIME: "clock",
    CapacityKind.PREMISES: "building",
    CapacityKind.TRANSPORT: "car",
    CapacityKind.JOB_OFFER: "briefcase",
}
MATCH_TONES = {
    MatchState.PROPOSED: "orange",
    MatchState.ACCEPTED: "blue",
    MatchState.UNDER_WAY: "teal",
    MatchState.DONE: "green",
    MatchState.DECLINED: "grey",
}


@dataclass(frozen=True, slots=True)
class CapacityRow:
    pk: UUID
    url: str
    icon: str
    kind: str
    description: str
    giver: str
    domain: str
    when: str
    state: str
    tone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CandidateRow:
    code: str
    domain: str
    item: str
    district: str
    age: str
    education: str
    level: int
    severity: str
    score: int


@dataclass(frozen=True, slots=True)
class MatchRow:
    pk: UUID
    url: str
    capacity: CapacityRow
    candidate: CandidateRow
    state: str
    tone: str
    at: datetime


def capacity_row(capacity: Capacity) -> CapacityRow:
    """The row of a capacity; its moderation comes before its state."""
    state, tone = _state_of(capacity)
    return CapacityRow(
        pk=capacity.pk,
        url=reverse("giving:capacity-record", args=[capacity.pk]),
        icon=CAPACITY_ICONS[CapacityKind(capacity.kind)],
        kind=str(CapacityKind(capacity.kind).label),
        description=capacity.description,
        giver=capacity.benefactor.name,
        domain=str(Domain(capacity.domain).label) if capacity.domain else _("Any field"),
        when=capacity.when,
        state=state,
        tone=tone,
        at=capacity.created_at,
    )


def candidate_row(one: Candidate) -> CandidateRow:
    """A candidate in words."""
    return CandidateRow(
        code=one.code,
        domain=str(Domain(one.domain).label),
        item=one.item,
        district=one.district,
        age=_age(one.age_from),
        education=str(Education(one.education).label) if one.education else "",
        level=one.severity,
        severity=str(Severity(one.severity).label),
        score=one.score,
    )


def match_row(match: CapacityMatch) -> MatchRow:
    """A match, its candidate without a name."""
    return MatchRow(
        pk=match.pk,
        url=reverse("giving:match-record", args=[match.pk]),
        capacity=capacity_row(match.capacity),
        candidate=candidate_row(candidate_of(match.need, items=set(), on=clock.today())),
        state=str(MatchState(match.state).label),
        tone=MATCH_TONES[MatchState(match.state)],
        at=match.at,
    )


def _state_of(capacity: Capacity) -> tuple[str, str]:
    if capacity.moderation == Moderation.NEW:
        return _("To be read"), "orange"
    if capacity.moderation == Moderation.BLOCKED:
        return str(Moderation.BLOCKED.label), "red"
    if is_expired(capacity):
        return _("Over"), "grey"
    tones = {CapacityState.AVAILABLE: "green", CapacityState.OCCUPIED: "blue", CapacityState.WITHDRAWN: "grey"}
    state = CapacityState(capacity.state)
    return str(state.label), tones[state]


def _age(first: int | None) -> str:
    if first is None:
        return ""
    band = {"first": wording.number(first), "last": wording.number(first + AGE_BAND_YEARS - 1)}
    return _("%(first)s to %(last)s years") % band
