"""What priority needs to know of many households at once: four queries for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from hamafza.needs.priority import Member, Situation
from hamafza.registry.choices import DisabilitySeverity, Relation, Sex, TargetGroup
from hamafza.registry.models import Disability, Household, Person, TargetGroupMembership

_SEVERITIES = ["", *DisabilitySeverity.values]


def situations_of(household_ids: Collection[UUID], *, on: date) -> dict[UUID, Situation]:
    """The situation of each household on a day. Persons who left or were merged into another file do not count."""
    members = _members(household_ids, on)
    rows = Household.objects.filter(pk__in=household_ids).values_list(
        "pk", "decile", "income_rial", "tenure", "district_id"
    )
    return {
        pk: Situation(decile=decile, income_rial=income, tenure=tenure, district=district, members=members[pk])
        for pk, decile, income, tenure, district in rows
    }


def _members(household_ids: Collection[UUID], on: date) -> dict[UUID, dict[UUID, Member]]:
    present = Person.objects.filter(household__in=household_ids, left_on=None, merged_into=None)
    persons = list(present.values_list("pk", "household_id", "relation", "sex", "born_on", "job_status"))
    # By the persons' own keys rather than over a join: on fresh tables PostgreSQL would read the whole of both.
    ids = [pk for pk, *_rest in persons]
    groups, disabilities = _groups(ids, on), _disabilities(ids)
    found: dict[UUID, dict[UUID, Member]] = defaultdict(dict)
    for pk, household, relation, sex, born_on, job in persons:
        disability = disabilities.get(pk)
        found[household][pk] = Member(
            id=pk,
            is_head=relation == Relation.HEAD,
            is_woman=sex == Sex.FEMALE,
            in_woman_head_group=TargetGroup.WOMAN_HEAD in groups[pk],
            born_on=born_on,
            job_status=job,
            disability="" if disability is None and TargetGroup.DISABLED in groups[pk] else disability,
        )
    return found


def _groups(persons: Collection[UUID], on: date) -> dict[UUID, set[str]]:
    asked = (TargetGroup.WOMAN_HEAD, TargetGroup.DISABLED)
    in_force = Q(valid_to=None) | Q(valid_to__gte=on)
    memberships = TargetGroupMembership.objects.filter(in_force, person__in=persons, group__in=asked)
    groups: dict[UUID, set[str]] = defaultdict(set)
    for person, group in memberships.values_list("person_id", "group"):
        groups[person].add(group)
    return groups


def _disabilities(persons: Collection[UUID]) -> dict[UUID, str]:
    worst: dict[UUID, str] = {}
    for person, severity in Disability.objects.filter(person__in=persons).values_list("person_id", "severity"):
        worst[person] = max(worst.get(person, ""), severity, key=_SEVERITIES.index)
    return worst
