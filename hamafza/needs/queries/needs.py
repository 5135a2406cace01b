"""One need, one household: what their pages show."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When

from hamafza.needs.choices import HOUSEHOLD_DOMAINS, STANDING_STATES
from hamafza.needs.flow import APPROVAL_STATES, LIVE_STATES
from hamafza.needs.models import Assessment, Finding, Need, NeedStep, SavedList
from hamafza.needs.queries.lists import ROW_FIELDS
from hamafza.registry.models import Household, Person


def steps_of(need: Need) -> QuerySet[NeedStep]:
    """Changes of state, the latest first."""
    return NeedStep.objects.filter(need=need).select_related("by").order_by("-at", "-id")


def needs_of_household(household: Household) -> QuerySet[Need]:
    """All needs of a household and its persons: those still to be met first, each by priority."""
    return _with_owner(Need.objects.filter(household=household))


def standing_needs_of(household: Household) -> QuerySet[Need]:
    """Needs of a household and its persons that may be met, each by priority."""
    return needs_of_household(household).filter(state__in=sorted(STANDING_STATES))


def needs_of_person(person: Person) -> QuerySet[Need]:
    """A person's own needs, and those of the household she lives in."""
    return _with_owner(Need.objects.filter(Q(person=person) | Q(household_id=person.household_id, person=None)))


def live_needs(household_id: UUID, *, domain: str, person_id: UUID | None) -> QuerySet[Need]:
    """Needs of one owner and domain that may still be met."""
    owner = {"person_id": None if domain in HOUSEHOLD_DOMAINS else person_id}
    return Need.objects.filter(household_id=household_id, domain=domain, state__in=LIVE_STATES, **owner)


def households_in_need(household_ids: Collection[UUID]) -> list[UUID]:
    """Those of these households that have needs which may still be met."""
    live = Need.objects.filter(household__in=household_ids, state__in=LIVE_STATES)
    return list(live.values_list("household_id", flat=True).distinct())


def standing_twin(need: Need) -> Need | None:
    """Another standing need of the same owner, domain and item."""
    same = Need.objects.filter(domain=need.domain, item=need.item, state__in=STANDING_STATES).exclude(pk=need.pk)
    owner = {"person_id": need.person_id} if need.person_id else {"person_id": None, "household_id": need.household_id}
    return same.filter(**owner).first()


def assessments_of(household: Household) -> QuerySet[Assessment]:
    """Assessments of a household, the latest first."""
    return Assessment.objects.filter(household=household).select_related("assessor").order_by("-assessed_on", "-id")


def present_persons(household_id: UUID) -> QuerySet[Person]:
    """Persons who live in the household today."""
    return Person.objects.filter(household_id=household_id, left_on=None, merged_into=None).order_by("created_at")


def needs_to_approve(county: str) -> QuerySet[Need]:
    """Needs that wait for the head of the office, by priority."""
    waiting = Need.objects.filter(county_id=county, state__in=sorted(APPROVAL_STATES))
    return waiting.select_related("person", "household__head", "district").only(*ROW_FIELDS).order_by("-rank", "id")


def saved_lists(owner_id: UUID, county: str) -> QuerySet[SavedList]:
    """The lists a user keeps for a county, by name."""
    return SavedList.objects.filter(owner_id=owner_id, county_id=county).order_by("name")


def findings_of(assessment: Assessment) -> QuerySet[Finding]:
    """The lines of an assessment, the most severe first."""
    return Finding.objects.filter(assessment=assessment).select_related("person").order_by("-severity", "domain")


def _with_owner(needs: QuerySet[Need]) -> QuerySet[Need]:
    over = Case(When(state__in=sorted(LIVE_STATES), then=Value(0)), default=Value(1))
    found = needs.select_related("person", "household__head", "district").only(*ROW_FIELDS)
    return found.order_by(over, "-rank", "id")
