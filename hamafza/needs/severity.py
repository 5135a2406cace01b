"""How severe a need is when a spreadsheet names it without saying so: derived from what is on file, in one table.

The office corrects it with the first assessment. The first line that fits is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from hamafza.needs.choices import Domain, Severity
from hamafza.needs.priority import Situation
from hamafza.registry.choices import DisabilitySeverity, JobStatus, Tenure

#: What an importer writes into ``Need.severity`` when the sheet has none; `state_needs` fills it.
UNSTATED = 0

Fits = Callable[[Situation, str], bool]
_GRAVE = frozenset({DisabilitySeverity.SEVERE, DisabilitySeverity.VERY_SEVERE})


def _poorest(until: int) -> Fits:
    return lambda situation, _job: situation.decile is not None and situation.decile <= until


def _tenure(*tenures: str) -> Fits:
    return lambda situation, _job: situation.tenure in tenures


def _job(*statuses: str) -> Fits:
    return lambda _situation, job: job in statuses


def _gravely_disabled(situation: Situation, _job: str) -> bool:
    return situation.worst_disability in _GRAVE


def _without_earner(situation: Situation, _job: str) -> bool:
    return situation.lacks_earner


S = Severity
DEFAULT_SEVERITY: dict[str, tuple[tuple[Fits, Severity], ...]] = {
    Domain.HOUSING: ((_tenure(Tenure.HOMELESS), S.CRITICAL), (_tenure(Tenure.RENTED, Tenure.FREE), S.SEVERE)),
    Domain.JOB: ((_job(JobStatus.UNEMPLOYED), S.SEVERE), (_job(JobStatus.EMPLOYED), S.MODERATE)),
    Domain.LIVELIHOOD: ((_poorest(1), S.CRITICAL), (_without_earner, S.SEVERE), (_poorest(3), S.SEVERE)),
    Domain.HOUSEHOLD_GOODS: ((_poorest(2), S.SEVERE),),
    Domain.REHABILITATION: ((_gravely_disabled, S.SEVERE),),
    Domain.HEALTH: ((_gravely_disabled, S.SEVERE), (_poorest(1), S.SEVERE)),
    Domain.EDUCATION: ((_poorest(2), S.SEVERE),),
    Domain.SOCIAL: (),
}


def default_severity(domain: str, *, situation: Situation, person: UUID | None) -> int:
    """1 to 5; considerable (3) when no line fits."""
    member = situation.members.get(person) if person else None
    job = member.job_status if member else ""
    return next(
        (int(severity) for fits, severity in DEFAULT_SEVERITY[domain] if fits(situation, job)), int(S.CONSIDERABLE)
    )
