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
    present = Q(person__household__in=household_ids, person__left_on=None, person__merged_into=None)
    groups = _groups(present, on)
    disabilities = _disabilities(present)
    persons = Person.objects.filter(household__in=household_ids, left_on=None, merged_into=None)
    found: dict[UUID, dict[UUID, Member]] = defaultdict(dict)
    for pk, household, relation, sex, born_on, job in persons.values_list(
        "pk", "household_id", "relation", "sex", "born_on", "job_status"
    ):
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


def _groups(present: Q, on: date) -> dict[UUID, set[str]]:
    asked = (TargetGroup.WOMAN_HEAD, TargetGroup.DISABLED)
    in_force = Q(valid_to=None) | Q(valid_to__gte=on)
    groups: dict[UUID, set[str]] = defaultdict(set)
    for person, group in TargetGroupMembership.objects.filter(present, in_force, group__in=asked).values_list(
        "person_id", "group"
    ):
        groups[person].add(group)
    return groups


def _disabilities(present: Q) -> dict[UUID, str]:
    worst: dict[UUID, str] = {}
    for person, severity in Disability.objects.filter(present).values_list("person_id", "severity"):
        worst[person] = max(worst.get(person, ""), severity, key=_SEVERITIES.index)
    return worst
