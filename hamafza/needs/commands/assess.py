"""Assess a household (نیازسنجی): findings by domain, and the needs that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core.errors import Refusal
from hamafza.needs.choices import HOUSEHOLD_DOMAINS, STANDING_STATES, NeedState, Source
from hamafza.needs.commands.details import rescore
from hamafza.needs.commands.need import approve_need, valid_until
from hamafza.needs.commands.steps import take_step
from hamafza.needs.events import needs_changed
from hamafza.needs.models import Assessment, Finding, Need
from hamafza.needs.priority import Score, score_of
from hamafza.needs.queries.needs import live_needs
from hamafza.needs.queries.situations import situations_of
from hamafza.registry.choices import HouseholdState
from hamafza.registry.models import Household, Person


@dataclass(frozen=True, slots=True)
class DomainFinding:
    """How severe a domain is (1 to 5), for the household or for one person of it."""

    domain: str
    severity: int
    person: Person | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentDetails:
    """What was seen, where from, and when to look again."""

    assessed_on: date = field(default_factory=timezone.localdate)
    source: str = Source.OFFICE
    note: str = ""
    next_due_on: date | None = None


@transaction.atomic
def assess(
    household: Household, *, details: AssessmentDetails, findings: Sequence[DomainFinding], by: Actor
) -> Assessment:
    """Record an assessment. Each finding renews the live need of its owner and domain, or states a new one.

    A draft becomes assessed; an open need gets the new severity and a new last day; an expired one is taken up again.
    Whoever may approve opens what she assesses.
    """
    require(by, Permission.EDIT_NEEDS, place=household.county_id)
    if household.state == HouseholdState.LEFT:
        raise Refusal(_("This household has left; register it again first."), code="household_left")
    _check(details, findings)
    score = _score(household, findings)
    assessment = Assessment.objects.create(
        county_id=household.county_id,
        household=household,
        assessor_id=by.user_id,
        assessed_on=details.assessed_on,
        source=details.source,
        note=details.note,
        next_due_on=details.next_due_on,
        score=score.base,
        score_parts=score.parts,
        rule_version=score.version,
    )
    for finding in findings:
        _record(assessment, finding, by=by)
    needs_changed.send(sender=None, county=household.county_id)
    return assessment


def _check(details: AssessmentDetails, findings: Sequence[DomainFinding]) -> None:
    if details.assessed_on > timezone.localdate():
        raise Refusal(_("An assessment cannot be in the future."), code="in_future", field="assessed_on")
    if details.next_due_on and details.next_due_on <= details.assessed_on:
        raise Refusal(_("The next assessment must be later than this one."), code="due_before", field="next_due_on")
    if not findings and not details.note:
        raise Refusal(_("Write down at least one finding, or your observations."), code="nothing_found")
    for finding in findings:
        if finding.domain not in HOUSEHOLD_DOMAINS and finding.person is None:
            raise Refusal(
                _("Say which person of the household needs it."), code="no_person", field=f"{finding.domain}_person"
            )


def _score(household: Household, findings: Sequence[DomainFinding]) -> Score:
    """That of the most urgent finding."""
    on = timezone.localdate()
    situation = situations_of([household.pk], on=on)[household.pk]
    scores = [
        score_of(
            situation, domain=one.domain, severity=one.severity, person=one.person.pk if one.person else None, on=on
        )
        for one in findings
    ]
    return max(scores, key=lambda score: score.base, default=Score(base=0, parts={}))


def _record(assessment: Assessment, finding: DomainFinding, *, by: Actor) -> None:
    person = None if finding.domain in HOUSEHOLD_DOMAINS else finding.person
    Finding.objects.create(
        county_id=assessment.county_id,
        assessment=assessment,
        domain=finding.domain,
        person=person,
        severity=finding.severity,
        note=finding.note,
    )
    need = _need_of(assessment, finding.domain, person)
    is_new = need._state.adding
    need.assessment, need.severity, need.source = assessment, finding.severity, assessment.source
    if is_new:
        need.since, need.created_by_id = assessment.assessed_on, by.user_id
    rescore(need)
    need.save(force_insert=is_new)
    _carry_on(need, by=by)


def _need_of(assessment: Assessment, domain: str, person: Person | None) -> Need:
    owner = person.pk if person else None
    found = live_needs(assessment.household_id, domain=domain, person_id=owner).select_for_update()
    live = min(found, key=lambda need: (need.state not in STANDING_STATES, need.item), default=None)
    expired = Need.objects.filter(
        household_id=assessment.household_id, person=person, domain=domain, state=NeedState.EXPIRED
    )
    return (
        live
        or expired.order_by("-valid_to").first()
        or Need(county_id=assessment.county_id, household_id=assessment.household_id, person=person, domain=domain)
    )


def _carry_on(need: Need, *, by: Actor) -> None:
    if need.state in STANDING_STATES:
        need.valid_to = valid_until(need.domain, on=timezone.localdate())
        need.save()
        return
    if need.state in (NeedState.DRAFT, NeedState.EXPIRED):
        need.valid_to = None
        take_step(need, after=NeedState.ASSESSED, by=by)
        need.save()
    if by.may(Permission.APPROVE_NEEDS, need.county_id):
        approve_need(need, by=by)
